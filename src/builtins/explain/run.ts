// Explains error codes and copied error texts: from an answer, from its JSON, or from our own output.

import { suggestSimilar } from '../../args/suggest.ts';
import { Refusal } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { Dialect } from '../../command/spec.ts';
import { readDmError } from '../../domain/dm-error.ts';
import type { CodeEntry, ErrorCatalog } from '../../domain/error-catalog.ts';
import type { RunContext } from '../../invoke/context.ts';
import { readAll } from '../../io/text-file.ts';
import { writeSafe } from '../../io/write-safe.ts';
import { renderValue } from '../../output/renderer.ts';
import { type DescribedDetail, describeError } from '../../presenters/describe-error.ts';
import type { View } from '../../presenters/view.ts';
import { count } from '../../text/quantity.ts';
import { goQuote } from '../../text/quote.ts';
import { type Place, suggest, type Values } from '../../text/suggested-command.ts';
import type { Runner } from '../index.ts';
import type { explain } from './command.ts';
import { errorsInJson } from './errors-in-json.ts';

const LABEL_WIDTH = 9;
const MAX_NEAR = 3;
/** How many distinct errors of one answer to explain. */
const MAX_TEXTS = 20;
const HOW = "Use explain 10006, explain '<text of an error>', or explain without arguments for all codes";

/** Explains the input, or lists the codes. Throws Refusal. */
export const runExplain: Runner<typeof explain> = async ({ args }, context) => {
  const catalogs = await catalogsFor(context);
  const words = args.map((word) => /^\[?code=(\d{1,9})\]?$/.exec(word)?.[1] ?? word);
  if (words.length === 0) {
    const codes = mergedCodes(catalogs);
    const view: View = {
      columns: [{ title: 'CODE' }, { title: 'MEANS', cut: true }],
      rows: codes.map(({ code: of, title }) => ({ key: String(of), name: String(of), cells: [String(of), title] })),
      footer: "Use explain 10006 for advice, or explain '<text of an error>' for a whole error",
    };
    await renderValue(context, codes, view, () => [allCodes(catalogs, codes)]);
    return EXIT_CODE.ok;
  }
  const place: Place = context.session.mode === 'one-shot' ? 'shell' : 'prompt';
  const found = words.every((w) => /^\d+$/.test(w))
    ? words.flatMap((word) => codeIn(word, catalogs, place))
    : textsIn(await textFrom(words, context), catalogs, place);
  const view: View = { columns: [], rows: [], notes: found.map((e) => ({ tone: 'none', ...e })) };
  await renderValue(context, found, view, () => [found.map(({ line, details }) => `${line}\n${rows(details)}`).join('\n')]);
  return EXIT_CODE.ok;
};

/** The errors of one generation. */
interface NamedCatalog {
  /** Such as `DM 1.0`. */
  readonly name: string;
  readonly catalog: ErrorCatalog;
}

/** Never empty. */
type Catalogs = readonly [NamedCatalog, ...NamedCatalog[]];

/** The catalog of the master. Without a master, that of every generation, DM 1.0's first. */
async function catalogsFor({ session, registry }: RunContext): Promise<Catalogs> {
  const named = async ({ name, errors }: Dialect): Promise<NamedCatalog> => ({ name, catalog: await errors() });
  if (session.address !== '') return [await named(registry.dialect)];
  const { initial, of } = session.registries;
  const newest = await of({ generation: 'v2', release: undefined });
  return [await named(initial.dialect), await named(newest.dialect)];
}

/** The codes of all catalogs in ascending order, each once. */
function mergedCodes(catalogs: Catalogs): CodeEntry[] {
  const byCode = new Map(catalogs.toReversed().flatMap(({ catalog }) => catalog.codes.map((entry) => [entry.code, entry])));
  return [...byCode.values()].sort((a, b) => a.code - b.code);
}

/** A code, in each generation that has it. */
function codeIn(word: string, catalogs: Catalogs, place: Place): Explained[] {
  const having = catalogs.filter(({ catalog }) => catalog.entryOf(Number(word)));
  if (having.length > 1) {
    return having.map(({ name, catalog }) => {
      const { line, details } = code(word, catalog, place);
      return { line: line.replace(':', ` in ${name}:`), details };
    });
  }
  const covering = catalogs.find(({ catalog }) => catalog.rangeOf(Number(word)));
  return [code(word, (having[0] ?? covering ?? catalogs[0]).catalog, place)];
}

/** How DM 2.0 and later write their errors. DM 1.0 has none of these words. */
const LATER = /\], Message: |, (?:RawCause|Workaround): /;

/** Each error of a text, with the advice of the generation that wrote it. */
function textsIn(text: string, catalogs: Catalogs, place: Place): Explained[] {
  const { catalog } = (LATER.test(text) ? catalogs.at(-1) : undefined) ?? catalogs[0];
  return texts(text, catalog, place);
}

interface Explained {
  readonly line: string;
  readonly details: readonly DescribedDetail[];
}

/** The text to explain: the arguments, or standard input. */
async function textFrom(words: readonly string[], { io, session, options, signal }: RunContext): Promise<string> {
  if (words.length !== 1 || words[0] !== '-') return words.join(' ');
  if (session.mode === 'lines')
    throw new Refusal('explain - cannot be used here: the commands come from standard input. Use the text itself as argument');
  if (io.stdin.isTTY && io.stderr.isTTY && !options.quiet)
    await writeSafe(io.stderr, 'Paste the text of an error, then press Enter and Ctrl-D.\n');
  return (await readAll(io.stdin, signal)).toString('utf8');
}

function allCodes(catalogs: Catalogs, codes: readonly CodeEntry[]): string {
  const ranges = catalogs.flatMap(({ catalog }) => catalog.ranges);
  const distinct = ranges.filter((range, i) => ranges.findIndex((r) => r.from <= range.from && range.from <= r.to) === i);
  const groups = distinct.map(({ from, to, name }) => {
    const rows = codes.filter((e) => from <= e.code && e.code <= to).map((e) => `  ${e.code}  ${e.title}\n`);
    return rows.length === 0 ? '' : `${name}\n${rows.join('')}\n`;
  });
  return `${groups.join('')}Use explain 10006 for advice, or explain '<text of an error>' for a whole error\n`;
}

function code(word: string, catalog: ErrorCatalog, place: Place): Explained {
  const number = Number(word);
  const entry = catalog.entryOf(number);
  if (entry) {
    const { title, next, commands = [] } = entry;
    const lines = commands.map((template) => suggest(template, {}, place));
    return { line: `${number}: ${title}`, details: [...labelled('try', next), ...labelled('type', lines)] };
  }
  const near = nearCodes(word, catalog).map((e) => `${e.code}  ${e.title}`);
  const range = catalog.rangeOf(number);
  if (!range) {
    const meant = near.length > 0 ? ` Did you mean ${near.map((n) => n.slice(0, 5)).join(', ')}?` : '';
    throw new Refusal(`${goQuote(word)} is not a DM error code: codes have five digits, from 10001 on.${meant} List them with explain`);
  }
  const line = `${number}: not in the table. This is true of all codes from ${range.from} to ${range.to}:`;
  return { line, details: [...labelled('means', [range.title]), ...labelled('try', range.next), ...labelled('near', near)] };
}

/** Suggestions for an unknown code: typing mistakes first, then neighbours. */
function nearCodes(word: string, catalog: ErrorCatalog): CodeEntry[] {
  const number = Number(word);
  const slips = suggestSimilar(
    word,
    catalog.codes.map((e) => String(e.code)),
  ).map(Number);
  const away = (of: number): number => Math.abs(of - number);
  const range = catalog.rangeOf(number);
  const inRange = catalog.codes.map((e) => e.code).filter((c) => range && range.from <= c && c <= range.to);
  const sorted = [...new Set([...inRange.sort((a, b) => away(a) - away(b)), ...slips.sort((a, b) => away(a) - away(b))])];
  return sorted.slice(0, MAX_NEAR).flatMap((c) => catalog.entryOf(c) ?? []);
}

/** Each error of a text, parsed. */
function texts(text: string, catalog: ErrorCatalog, place: Place): Explained[] {
  const trimmed = text.trim();
  const found = [...(errorsInJson(trimmed, catalog) ?? new Map([[trimmed, [{}]]]))];
  if (found.length === 0) return [{ line: 'this answer contains no DM error', details: [] }];
  const explained = found.slice(0, MAX_TEXTS).map(([error, known]) => textOf(error, catalog, known, place));
  return found.length > MAX_TEXTS ? [...explained, { line: `and ${found.length - MAX_TEXTS} more`, details: [] }] : explained;
}

/** Our own line: `10006 database (downstream): execute statement failed`. */
const OURS = /^(\d{5}) ([a-z-]{2,30})(?: \((upstream|downstream)\))?: /;

function textOf(text: string, catalog: ErrorCatalog, known: readonly Values[], place: Place): Explained {
  const dm = text.replace(OURS, (_, number, of, scope = 'internal') => `[code=${number}:class=${of}:scope=${scope}] `);
  const error = readDmError(dm);
  const advice = catalog.adviceOf(error);
  if (!advice && error.code === undefined && !/\s/.test(text)) {
    throw new Refusal(`${goQuote(text)} is neither an error code nor the text of an error. ${HOW}`);
  }
  const { line, details } = describeError(error, { advice, known, place });
  const notes = [
    ...(error.checkDetail === undefined ? [] : labelled('detail', ['the text contains the items of the pre-check. Find "state": "fail"'])),
    ...(error.stack.length === 0 ? [] : labelled('stack', [`${count(error.stack.length, 'frame')} of the Go stack not shown`])),
    ...(advice ? [] : labelled('note', ['the text has no DM error code, and there is no advice about it'])),
    ...(advice?.of === 'range'
      ? labelled('note', [`${error.code ?? 'this error'} is not in the table. This advice is for all codes of its range`])
      : []),
  ];
  return { line, details: [...details, ...notes] };
}

const labelled = (label: string, found: readonly string[]): DescribedDetail[] => found.map((text) => ({ label, text }));

/** Rows after their label, which is printed once. */
function rows(details: readonly DescribedDetail[]): string {
  return details.map(({ label, text }, i) => `  ${(details[i - 1]?.label === label ? '' : label).padEnd(LABEL_WIDTH)} ${text}\n`).join('');
}
