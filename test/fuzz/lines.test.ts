// Random lines and words through everything that reads input of people and scripts.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFlags, parseProgramFlags } from '../../src/args/command-tree.ts';
import { readCsv } from '../../src/args/csv.ts';
import { parse } from '../../src/args/parse.ts';
import { FlagError, normalizeFlags } from '../../src/args/pflag.ts';
import { ProgramFlagError, splitCommandLine } from '../../src/args/program-flags.ts';
import { topics } from '../../src/builtins/help-topics.ts';
import { builtinsFor } from '../../src/builtins/index.ts';
import { InputError, UsageError } from '../../src/command/errors.ts';
import type { CommandRegistry } from '../../src/command/registry.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { fileLine, readEntries, textOf } from '../../src/repl/history/format.ts';
import { redact } from '../../src/repl/history/redact.ts';
import { lineWords } from '../../src/repl/line.ts';
import { OpenRows } from '../../src/repl/open-line.ts';
import { LineReader } from '../../src/repl/tokenizer.ts';
import { isPlaceholder, quoteWord, suggest } from '../../src/text/suggested-command.ts';
import { fuzz, mayThrow } from './fuzz.ts';
import { texts, wellFormed } from './texts.ts';

const registry: CommandRegistry = { dialect: v1, builtins: builtinsFor('lines'), topics };
const flags = [...v1.globalFlags, ...v1.commands.flatMap((command) => command.flags)];

const NAMES = [...v1.commands, ...registry.builtins].map((command) => command.name);
const WORDS = [...NAMES, ...flags.map((flag) => `--${flag.name}`), '-w', '-w=', '-w=a,b', '-b', '--', '-', '-h', '--help', 'help', 'test'];
const LINES = [...WORDS, ' ', ' ', ' ', "'", '"', '\\', '/*', '*/', '-- ', 'ALTER TABLE `a` ADD c INT;', '#'];

const words = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: texts() }), { maxLength: 8 });

fuzz('words of any kind are a command, or an error that says what is wrong', [words], (line) => {
  mayThrow([UsageError, InputError], () => parse(line, registry));
  mayThrow([FlagError], () => normalizeFlags(line, flags));
  mayThrow([FlagError, UsageError], () => parseFlags(line, v1.globalFlags));
});

fuzz('words of any kind after dmctl are split, or refused', [words], (line) => {
  mayThrow([ProgramFlagError], () => parseProgramFlags(splitCommandLine(line, registry).flags, registry));
});

fuzz('a line of any kind has words, or is refused', [texts(LINES)], (line) => {
  const found = mayThrow([UsageError, InputError], () => lineWords(line, registry));
  if (found) mayThrow([UsageError, InputError], () => parse(found, registry));
});

fuzz('words that are quoted are read as they were', [fc.array(texts(), { minLength: 1, maxLength: 5 })], (given) => {
  const reader = new LineReader(given.map(quoteWord).join(' '));
  assert.deepEqual(
    given.map(() => reader.next()?.text),
    given,
  );
  assert.equal(reader.next(), undefined);
});

const TEMPLATE = ['sql-skip', '-w', '<worker>', '-b', '<position>', '<task>'];

fuzz('a suggested command has one word for each of its template', [texts(), texts(), texts()], (worker, position, task) => {
  const values = { worker, position, task };
  const line = suggest(TEMPLATE.join(' '), values);
  const reader = new LineReader(line);
  for (const word of TEMPLATE) {
    let text = reader.next()?.text ?? '';
    if (word === '<task>' && text === '--') text = reader.next()?.text ?? ''; // before a name that starts with a dash
    if (!isPlaceholder(word)) assert.equal(text, word);
    else assert.ok(text === word || text === values[word.slice(1, -1) as 'task'], line);
  }
  assert.equal(reader.next(), undefined);
});

fuzz('rows of any kind are a line that goes on or ends', [fc.array(texts(LINES, 8), { maxLength: 8 })], (rows) => {
  const open = new OpenRows(registry);
  for (const [i, row] of rows.entries()) {
    open.add(row);
    assert.ok(open.openRow <= i, `row ${open.openRow} of ${i + 1}`);
  }
});

const inOneLine = wellFormed().map((text) => text.replaceAll(/[\r\n]/g, ''));
const asCsv = (fields: readonly string[]): string => fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',');

fuzz(
  'a list of a flag is read as it was written, or is an error',
  [fc.array(inOneLine, { minLength: 1 }), texts([',', '"'])],
  (fields, text) => {
    assert.deepEqual(readCsv(asCsv(fields)), fields);
    mayThrow([Error], () => readCsv(text));
  },
);

fuzz('an entry of the history is read as it was written', [wellFormed(LINES), texts()], (line, rest) => {
  const visible = line.replaceAll(/(?!\n|\t)\p{Cc}/gu, (c) => (c >= '\u0080' ? c : ''));
  const stored = fileLine('a1', visible);
  if (stored === undefined) return;
  assert.deepEqual(readEntries(stored).map(textOf), [visible]);
  // Data of a crash or another program before an entry does not hide it.
  assert.equal(readEntries(`${rest}\n${stored}`).map(textOf).at(-1) ?? '', rest.startsWith('a1 ') ? undefined : visible);
  readEntries(rest).map(textOf);
});

fuzz('what the history keeps of a line holds no text of SQL', [texts(LINES), fc.constantFrom('all', 'redacted', 'none')], (line, mode) => {
  const kept = redact(line, mode, registry);
  if (mode === 'none') assert.equal(kept, undefined);
  if (mode === 'all' && kept !== undefined) assert.equal(kept, line);
  if (kept !== undefined) assert.equal(redact(kept, mode, registry), kept, 'what is kept is kept the same way again');
});

/** Places of a password. */
const SECRET: readonly ((secret: string) => string)[] = [
  (secret) => `mysql -uroot -p${secret}`,
  (secret) => `dmctl -encrypt ${secret}`,
  (secret) => `-decrypt ${secret}`,
  (secret) => `sql-inject -w a t SET PASSWORD FOR u = '${secret}'`,
  (secret) => `sql-replace -w a -b f|000001.000003:4 t CREATE USER u IDENTIFIED BY '${secret}'`,
  (secret) => `sql-inject t CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (PASSWORD '${secret}')`,
  (secret) => `password: "${secret}"`,
];

const secrets = fc.stringMatching(/^[A-Za-z0-9_]{6,20}$/).map((text) => `Zz${text}`);

fuzz('no password is kept', [fc.constantFrom(...SECRET), secrets, fc.constantFrom('all', 'redacted')], (lineOf, secret, mode) => {
  assert.doesNotMatch(redact(lineOf(secret), mode, registry) ?? '', new RegExp(secret));
});
