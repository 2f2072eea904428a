// Runs `encrypt`.

import { EXIT_CODE } from '../../command/exit-codes.ts';
import { secretIO } from '../../invoke/secret-input.ts';
import type { Runner } from '../index.ts';
import { encrypt as encryptText, requireSharedKey } from '../password.ts';
import type { encrypt } from './command.ts';

/** Prints the ciphertext. Throws InputError, Refusal, Interrupted, and RpcError if a master was named that cannot be reached. */
export const runEncrypt: Runner<typeof encrypt> = async (parsed, context) => {
  await requireSharedKey('encrypt', context);
  await encryptText(parsed.args[0] ?? '-', secretIO('encrypt', context));
  return EXIT_CODE.ok;
};
