// The configuration files that commands of DM 2.0 and later send. The text stays the user's. Only the certificates that it
// names are inserted, because the files are on this machine and not on the master's.

import path from 'node:path';
import { InputError } from '../../command/errors.ts';
import type { CommandContext, ParsedArgs } from '../../command/spec.ts';
import { goQuote } from '../../text/quote.ts';
import { isTable, type Table } from '../../text/table.ts';
import type { Has } from './define-command.ts';

/** The text of the task file of start-task, with its certificates. Throws InputError. */
export async function taskFile(parsed: ParsedArgs<unknown>, context: CommandContext, has: Has): Promise<string> {
  const file = parsed.args[0] ?? '';
  const text = await checkedFile(parsed, context, has);
  if (!has('5.4')) return text;
  const { decodeTask } = await import('./decode-config.ts');
  const { value, problem } = decodeTask(text);
  if (problem) throw new InputError(`cannot read the task file ${goQuote(file)}: ${problem}. Nothing was sent`);
  return await withCertificates(text, 'target-database', value, context);
}

/** The text of the task file of check-task. Throws InputError for settings that contradict each other. */
export async function checkedFile(parsed: ParsedArgs<unknown>, context: CommandContext, has: Has): Promise<string> {
  const text = await context.readText(parsed.args[0] ?? '', !has('5.4')); // before 5.4 the master checks an empty file
  if (has('6.0') && hasConflict(text)) {
    throw new InputError(
      'The behaviour of `is-sharding` and `shard-mode` is conflicting. `is-sharding` is deprecated, please use `shard-mode` only.',
    );
  }
  return text;
}

/** Whether is-sharding denies what shard-mode sets. */
function hasConflict(text: string): boolean {
  const value = (key: string): string | undefined =>
    new RegExp(`^${key}:[ \\t]*(["']?)([^"'#\\r\\n]*?)\\1[ \\t]*(?:#.*)?\\r?$`, 'm').exec(text)?.[2]?.trim();
  const mode = value('shard-mode');
  return value('is-sharding') === 'false' && mode !== undefined && mode !== '';
}

/**
 * The text of a source file, with its certificates. For stop and show, an argument that is no readable file is the name of a
 * source: undefined. Throws InputError.
 */
export async function sourceFile(file: string, context: CommandContext, op: string, has: Has): Promise<string | undefined> {
  let text: string;
  try {
    text = await context.readText(file);
  } catch (error) {
    if (op === 'StopSource' && error instanceof InputError) return undefined;
    throw error;
  }
  if (!has('5.4')) return text;
  const { decodeSource } = await import('./decode-config.ts');
  const { value, problem } = decodeSource(text);
  if (problem) throw new InputError(`cannot read the source file ${goQuote(file)}: ${problem}. Nothing was sent`);
  if (has('6.0') && value?.['relay-dir'] !== undefined) {
    await context.printRemark('`relay-dir` in source config will be deprecated soon, please use `relay-dir` in worker config instead');
  }
  return await withCertificates(text, 'from', value, context);
}

/** The keys of certificate files, and the keys of their contents as lists of byte values. */
const CERTIFICATES = [
  ['ssl-ca', 'ssl-ca-bytes'],
  ['ssl-cert', 'ssl-cert-bytes'],
  ['ssl-key', 'ssl-key-bytes'],
] as const;

/** The text with the contents of the certificate files that `security` of a section names. */
async function withCertificates(text: string, section: string, value: Table | undefined, context: CommandContext): Promise<string> {
  const inSection = value ? value[section] : undefined;
  const security = isTable(inSection) ? inSection.security : undefined;
  if (!isTable(security)) return text;
  const lines: string[] = [];
  for (const [key, bytesKey] of CERTIFICATES) {
    const file = security[key];
    if (typeof file !== 'string' || file === '' || security[bytesKey] !== undefined) continue;
    lines.push(`${bytesKey}: [${[...(await certificate(key, file, context))].join(', ')}]`);
  }
  return lines.length === 0 ? text : insertInto(text, section, lines);
}

/** The bytes of a certificate file. Throws InputError. */
async function certificate(key: string, file: string, context: CommandContext): Promise<Buffer> {
  try {
    return Buffer.from(await context.readText(path.normalize(file)));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${error.message}. The file that you send names it as ${key}. Nothing was sent`);
  }
}

/** Inserts lines at the start of the block `security` of a section. Throws InputError if it is not a block. */
function insertInto(text: string, section: string, added: readonly string[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const top = lines.findIndex((line) => new RegExp(`^${section}:[ \\t]*(?:#.*)?$`).test(line));
  const at = lines.findIndex((line, i) => i > top && top >= 0 && /^[ \t]+security:[ \t]*(?:#.*)?$/.test(line));
  const next = lines.slice(at + 1).find((line) => /^[ \t]*[^#\s]/.test(line));
  const indent = next === undefined ? '' : (/^[ \t]*/.exec(next) as RegExpExecArray)[0];
  if (at < 0 || indent.length <= (/^[ \t]*/.exec(lines[at] as string) as RegExpExecArray)[0].length) {
    throw new InputError(`cannot insert the certificates: write security in ${section} as a block with one key per line. Nothing was sent`);
  }
  return [...lines.slice(0, at + 1), ...added.map((line) => `${indent}${line}`), ...lines.slice(at + 1)].join(newline);
}
