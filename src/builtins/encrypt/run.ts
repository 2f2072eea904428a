// Runs `encrypt`.

import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { Runner } from '../index.ts';
import { encrypt as encryptText, secretIO } from '../password.ts';
import type { encrypt } from './command.ts';

/** Prints the ciphertext. Throws InputError, Refusal, Interrupted. */
export const runEncrypt: Runner<typeof encrypt> = async (parsed, context) => {
  await encryptText(parsed.args[0] ?? '-', secretIO('encrypt', context));
  return EXIT_CODE.ok;
};
