// Runs `decrypt`.

import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { Runner } from '../index.ts';
import { decrypt as decryptText, secretIO } from '../password.ts';
import type { decrypt } from './command.ts';

/** Prints the password. Throws InputError, Refusal, Interrupted. */
export const runDecrypt: Runner<typeof decrypt> = async (parsed, context) => {
  await decryptText(parsed.args[0] ?? '-', secretIO('decrypt', context));
  return EXIT_CODE.ok;
};
