// Finds the password of a configuration file, and replaces it without changing any other byte.

import { isDeepStrictEqual } from 'node:util';
import { decryptPassword } from '../domain/password-cipher.ts';
import { type ConfigNode, childOf, entryOf, type Span } from './document.ts';
import type { FileKind } from './file-kind.ts';
import { isEncrypted } from './lint/check-common.ts';
import { lintFile } from './lint/lint.ts';

/** The password of a file. */
export interface PasswordPlace {
  /** Such as `target-database.password`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly span: Span;
  readonly password: string;
  readonly form: 'plain' | 'encrypted';
}

/** What is in a file. */
export type PasswordSearch =
  | { readonly kind: FileKind; readonly place: PasswordPlace | undefined }
  /** Why the password cannot be replaced: the end of a sentence that begins with the file. */
  | { readonly problem: string };

const BLOCKS: Readonly<Record<FileKind, string | undefined>> = {
  task: 'target-database',
  source: 'from',
  worker: 'from',
  master: undefined,
};

/** Looks for the password of a text. `path`: the name of the file, for its extension. */
export async function findPassword(text: string, path: string): Promise<PasswordSearch> {
  const { kind, root, findings, lines } = await lintFile(Buffer.from(text), { path });
  if (kind === undefined) return { problem: 'is not a configuration file of DM' };
  const broken = findings.find((f) => f.rule === 'syntax-error' || f.rule === 'wrong-file-kind' || f.rule === 'duplicate-key');
  if (broken) return { problem: `has a mistake in line ${broken.line}: ${broken.message}` };
  const block = BLOCKS[kind];
  const entry = block === undefined ? undefined : entryOf(childOf(root, block), 'password');
  if (!entry || !block) return { kind, place: undefined };
  const { value, nameSpan } = entry;
  const { line } = lines.at(nameSpan.start);
  if (value.kind !== 'scalar') return { problem: `has a ${block}.password in line ${line} that is not a text` };
  if (value.text === '') return { kind, place: undefined };
  const body = text.replace(/^\ufeff/, '');
  const between = body.slice(nameSpan.end, value.span.start);
  const written = body.slice(value.span.start, value.span.end);
  if (entry.merged || !/^["']?[ \t]*[:=][ \t]*$/.test(between) || /[\r\n]/.test(written) || written === '') {
    return {
      problem: `has a ${block}.password in line ${line} that is an alias, or is not written in one line. Use dmctl encrypt instead`,
    };
  }
  const form = isEncrypted(value.text) ? 'encrypted' : 'plain';
  return { kind, place: { path: `${block}.password`, line, span: value.span, password: value.text, form } };
}

/**
 * The text with another password.
 * @throws Error if anything else would change
 */
export async function withPassword(text: string, path: string, { span, path: key }: PasswordPlace, cipherText: string): Promise<string> {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const changed = `${text.slice(0, span.start + mark)}"${cipherText}"${text.slice(span.end + mark)}`;
  const [before, after] = await Promise.all([text, changed].map(async (t) => (await lintFile(Buffer.from(t), { path })).root));
  const found = childOf(after, ...key.split('.'));
  if (found?.kind !== 'scalar' || found.text !== cipherText || !isDeepStrictEqual(values(before, key), values(after, key))) {
    throw new Error('the password is not in a simple form');
  }
  return changed;
}

/** All values without their places, except that of one key. */
function values(node: ConfigNode | undefined, except: string, path = ''): unknown {
  if (node?.kind === 'map') {
    return node.entries.flatMap(({ name, value }) => {
      const at = path === '' ? name : `${path}.${name}`;
      return at === except ? [] : [[name, values(value, except, at)]];
    });
  }
  if (node?.kind === 'list') return node.items.map((item) => values(item, except, `${path}[]`));
  return node === undefined ? undefined : [node.text, node.resolved];
}

/** The password of a ciphertext with the key of DM 1.0 to 7.x. Undefined if the text was probably encrypted with another key. */
export function decryptedByShared(cipherText: string): Buffer | undefined {
  try {
    const plain = decryptPassword(cipherText);
    return /^[\x20-\x7e]+$/.test(plain.toString('latin1')) ? plain : undefined;
  } catch {
    return undefined;
  }
}
