// The report of `npm run coverage`: which lines and functions of src/ ran in the tests, from V8's counts ($NODE_V8_COVERAGE) in
// each test process. Node's own report (--experimental-test-coverage) is not used: in Node 20 it fails on source maps of some
// packages, and it counts types as code that did not run.

import fs from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The start of each line, and the offsets of its text without the surrounding white space. */
function linesOf(text) {
  let offset = 0;
  return text.split('\n').map((line) => {
    const start = offset;
    offset += line.length + 1;
    return { start, from: start + line.search(/\S|$/), to: start + line.trimEnd().length };
  });
}

/** For each line of a compiled file, the source lines (from 1) that it was compiled from. Types have no compiled line. */
function sourceLines(compiled, text) {
  const map = new SourceMap(JSON.parse(fs.readFileSync(`${compiled}.map`, 'utf8')));
  return text.split('\n').map((line, number) => {
    const entries = [...line].map((_, column) => map.findEntry(number, column));
    return new Set(entries.filter((entry) => entry.generatedLine === number).map((entry) => entry.originalLine + 1));
  });
}

/** How often each line of a file ran in one process. V8 names outer ranges before the ranges inside them. */
export function countLines(text, functions) {
  const lines = linesOf(text);
  const counts = lines.map(() => 0);
  for (const { startOffset, endOffset, count } of functions.flatMap((f) => f.ranges)) {
    for (const [index, { from, to }] of lines.entries()) if (from >= startOffset && to <= endOffset) counts[index] = count;
  }
  return counts;
}

/** The functions of each compiled file, with one list for each process that loaded it. */
function readProcesses(folder) {
  const found = new Map();
  for (const name of fs.readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    for (const { url, functions } of JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')).result) {
      if (!url.startsWith('file:')) continue;
      const file = fileURLToPath(url);
      found.set(file, [...(found.get(file) ?? []), functions]);
    }
  }
  return found;
}

/** Counts of one file by source line. `processes` has the functions that each process counted. */
function measure(compiled, name, processes) {
  const text = fs.readFileSync(compiled, 'utf8');
  const sources = sourceLines(compiled, text);
  const lines = new Map(sources.flatMap((numbers) => [...numbers].map((number) => [number, 0])));
  const functions = new Map();
  const starts = linesOf(text).map(({ start }) => start);
  for (const counted of processes) {
    for (const [index, count] of countLines(text, counted).entries()) {
      for (const number of sources[index]) lines.set(number, lines.get(number) + count);
    }
    for (const {
      functionName,
      ranges: [whole],
    } of counted.slice(1)) {
      const at = starts.findLastIndex((start) => start <= whole.startOffset);
      const [line = 1] = sources[at];
      const before = functions.get(whole.startOffset)?.count ?? 0;
      functions.set(whole.startOffset, { name: functionName || `anonymous_${whole.startOffset}`, line, count: before + whole.count });
    }
  }
  const sorted = [...lines].map(([line, count]) => ({ line, count })).sort((a, b) => a.line - b.line);
  return { name, lines: sorted, functions: [...functions.values()] };
}

/** Every file with code in src/, including those that no test loads. `compiled` is the folder of the compiled project. */
export function readCoverage(folder, compiled) {
  const processes = readProcesses(folder);
  const files = fs.readdirSync(path.join(compiled, 'src'), { recursive: true }).filter((file) => file.endsWith('.js'));
  return files
    .map((file) => `src/${file.replaceAll(path.sep, '/')}`)
    .filter((name) => !name.startsWith('src/wire/generated/'))
    .sort()
    .map((name) => measure(path.join(compiled, name), name.replace(/\.js$/, '.ts'), processes.get(path.join(compiled, name)) ?? []))
    .filter(({ lines }) => lines.length > 0);
}

/** Line numbers as ranges: `3-5 9`. */
export function ranges(numbers) {
  const found = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(' ');
}

const ran = (parts) => parts.filter(({ count }) => count > 0);
const percent = (parts) => (parts.length === 0 ? '-' : ((100 * ran(parts).length) / parts.length).toFixed(1)).padStart(6);

/** A row for each file and a total: percentages of the lines and functions that ran, and the lines that did not run. */
export function table(files) {
  const width = Math.max(12, ...files.map(({ name }) => name.length));
  const row = (name, lines, functions, rest = '') => `${name.padEnd(width)}  ${percent(lines)}  ${percent(functions)}  ${rest}`.trimEnd();
  const rows = files.map(({ name, lines, functions }) =>
    row(name, lines, functions, ranges(lines.filter(({ count }) => count === 0).map(({ line }) => line))),
  );
  const all = (part) => files.flatMap((file) => file[part]);
  const head = `${'% that ran'.padEnd(width)}   lines   funcs  lines that did not run`;
  return `${[head, ...rows, row('all files', all('lines'), all('functions'))].join('\n')}\n`;
}

/** The report in lcov format, for other tools. */
export function lcov(files) {
  const record = ({ name, lines, functions }) => [
    `SF:${name}`,
    ...functions.map((f) => `FN:${f.line},${f.name}`),
    ...functions.map((f) => `FNDA:${f.count},${f.name}`),
    `FNF:${functions.length}`,
    `FNH:${ran(functions).length}`,
    ...lines.map(({ line, count }) => `DA:${line},${count}`),
    `LF:${lines.length}`,
    `LH:${ran(lines).length}`,
    'end_of_record\n',
  ];
  return files.map((file) => record(file).join('\n')).join('');
}
