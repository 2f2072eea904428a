// Checks that several kinds of files share: connections and passwords.

import { decryptPassword } from '../../domain/password-cipher.ts';
import { childOf, entryOf, isNull, numberOf, textOf } from '../document.ts';
import type { LintContext } from './finding.ts';

/** Checks host, port and user of a connection that a master uses to check a file. */
export function checkConnection(context: LintContext, block: string): void {
  const entry = entryOf(context.root, block);
  if (entry?.value.kind !== 'map') return;
  const port = entryOf(entry.value, 'port');
  const number = port && numberOf(port.value);
  const code = context.since('2.0') ? '10001' : '26002';
  if (!port || isNull(port.value)) {
    context.error('missing-key', port?.nameSpan ?? entry.nameSpan, `${block}.port`, `${block} has no port, so the connection fails`, {
      fix: 'add port, such as port: 3306',
      code,
    });
  } else if (number !== undefined && (number < 1 || number > 65535)) {
    context.error('invalid-value', port.value.span, `${block}.port`, `port must be from 1 to 65535, not ${number}`, { code });
  }
  for (const name of ['host', 'user']) {
    if (textOf(entry.value, name) !== '' || entryOf(entry.value, name)?.value.kind === 'map') continue;
    context.warn('missing-key', entryOf(entry.value, name)?.nameSpan ?? entry.nameSpan, `${block}.${name}`, `${block} has no ${name}`, {
      fix: `add ${name}`,
    });
  }
}

/** Whether a text has the form of an encrypted password. The key may be unknown. */
export function isEncrypted(text: string): boolean {
  try {
    decryptPassword(text);
    return true;
  } catch {
    return false;
  }
}

/** Reports a password that is not encrypted: an error until 1.0.5. */
export function checkPasswords(context: LintContext, block: string): void {
  const node = childOf(context.root, block, 'password');
  if (node?.kind !== 'scalar' || node.text === '' || isEncrypted(node.text)) return;
  const path = `${block}.password`;
  if (context.before('1.0.6')) {
    const code = context.kind === 'task' ? '20010' : '11050';
    const message = 'DM 1.0.5 and earlier accept only encrypted passwords';
    context.error('plain-password', node.span, path, message, { fix: 'encrypt it with dmctl encrypt', code });
  } else {
    const message = 'the password is not encrypted: everyone who can read the file knows it';
    context.warn('plain-password', node.span, path, message, { fix: 'encrypt it with dmctl encrypt' });
  }
}
