// Encrypts the passwords of configuration files as a release requires: with the key that DM 1.0 to 7.x share, or by the master.

import { Rejected, RpcError } from '../command/errors.ts';
import { atLeast, type Release } from '../command/release.ts';
import { encryptPassword } from '../domain/password-cipher.ts';
import { type RunContext, withRegistry } from '../invoke/context.ts';
import { encryptByMaster } from '../invoke/encrypt-by-master.ts';
import { writeMessage } from '../io/write-safe.ts';
import type { FoundMaster } from './file-release.ts';

/** Encrypts one password after another. Throws InputError, Interrupted, and CannotEncrypt. */
export type Encrypt = (plain: Buffer) => Promise<string>;

/** No password can be encrypted for the release. The message says why, and what would help. */
export class CannotEncrypt extends Error {}

/** Whether passwords of that release are encrypted by the master, because each cluster has its own key. */
export const isEncryptedByMaster = (release: Release): boolean => atLeast(release, '8.0');

/** How to encrypt for a release. `master` is the one of the session, or why there is none. */
export function encryptFor(release: Release, master: FoundMaster | string | undefined, context: RunContext): Encrypt {
  if (!isEncryptedByMaster(release)) return async (plain) => encryptPassword(plain);
  let noted = false;
  return async (plain) => {
    if (master === undefined)
      throw new CannotEncrypt('from DM 8.0 on only the DM-master can encrypt a password. Name it with -master-addr');
    if (typeof master === 'string') throw new CannotEncrypt(`from DM 8.0 on only the DM-master can encrypt a password, and ${master}`);
    const { dialect } = master.registry;
    if (dialect.passwordKey === 'shared') {
      throw new CannotEncrypt(`the DM-master is ${dialect.name}, and cannot encrypt a password for DM 8.0 and later`);
    }
    if (!noted)
      await writeMessage(context.io.stderr, 'note: the DM-master encrypts with its own key, and writes the password into its log\n');
    noted = true;
    try {
      return await encryptByMaster(plain, withRegistry(context, master.registry));
    } catch (error) {
      if (error instanceof Rejected || error instanceof RpcError) {
        throw new CannotEncrypt(`the DM-master cannot encrypt the password: ${error.message}`);
      }
      throw error;
    }
  };
}
