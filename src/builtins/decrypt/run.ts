// Runs `decrypt`.

import { EXIT_CODE } from '../../command/exit-codes.ts';
import { secretIO } from '../../invoke/secret-input.ts';
import type { Runner } from '../index.ts';
import { decrypt as decryptPassword, requireSharedKey } from '../password.ts';
import type { decrypt } from './command.ts';

/** Prints the password. Throws InputError, Refusal, Interrupted, and RpcError if a master was named that cannot be reached. */
export const runDecrypt: Runner<typeof decrypt> = async (parsed, context) => {
  await requireSharedKey('decrypt', context);
  await decryptPassword(parsed.args[0] ?? '-', secretIO('decrypt', context));
  return EXIT_CODE.ok;
};
