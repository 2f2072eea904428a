// Encrypts passwords with the key of a DM-master of 8.0 or later, which never leaves it.

import { InputError, NOT_SENT, Rejected } from '../command/errors.ts';
import { decode } from '../wire/decode.ts';
import { send } from './call.ts';
import type { RunContext } from './context.ts';
import { mapDecodeErrors } from './invoke.ts';

/** The ciphertext. Throws InputError, RpcError, Interrupted, and Rejected if the master has no key. */
export async function encryptByMaster(plain: Buffer, context: RunContext): Promise<string> {
  const plaintext = plain.toString('utf8');
  if (!Buffer.from(plaintext).equals(plain)) throw new InputError(`the password is not valid UTF-8. ${NOT_SENT}`);
  const { type, answer } = await send(context, 'Encrypt', { plaintext }, false);
  const { result, msg, ciphertext } = await mapDecodeErrors(type, () => decode(type, answer) as unknown as EncryptAnswer);
  if (!result) throw new Rejected(msg || 'the DM-master returned no reason');
  return ciphertext;
}

interface EncryptAnswer {
  readonly result: boolean;
  readonly msg: string;
  readonly ciphertext: string;
}
