// The reporter of `npm run coverage`: the tests as the spec reporter shows them, then a table of the files in src/ with the
// lines that did not run, and coverage/lcov.info for editors and services. Node counts by the lines of the compiled files;
// its own way to the source (by sourceMappingURL) counts types as code that did not run, and fails on some files in Node 20.

import fs from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { Readable } from 'node:stream';
import { spec } from 'node:test/reporters';

const ROOT = process.cwd();
const COMPILED = path.join(ROOT, '.build');
const SRC = path.join(COMPILED, 'src') + path.sep;
const GENERATED = path.join(SRC, 'wire', 'generated') + path.sep;
const LCOV = path.join(ROOT, 'coverage', 'lcov.info');

/**
 * For each line of a compiled file (from 1) the lines of its TypeScript source from which the compiler made it. A line of
 * types is in none of them, so it counts neither way.
 */
function sourceLines(compiled) {
  const map = new SourceMap(JSON.parse(fs.readFileSync(`${compiled}.map`, 'utf8')));
  const lines = fs.readFileSync(compiled, 'utf8').split('\n');
  return lines.map((text, number) => {
    const entries = [...text].map((_, column) => map.findEntry(number, column));
    return new Set(entries.filter((entry) => entry.generatedLine === number).map((entry) => entry.originalLine + 1));
  });
}

/** A file of the summary by the lines of its source. */
function atSource(file) {
  const sources = sourceLines(file.path);
  const counts = new Map();
  for (const { line, count } of file.lines) {
    for (const source of sources[line - 1] ?? []) counts.set(source, Math.max(count, counts.get(source) ?? 0));
  }
  const lines = [...counts].map(([line, count]) => ({ line, count })).sort((a, b) => a.line - b.line);
  const move = (part) => ({ ...part, line: [...(sources[part.line - 1] ?? [])][0] ?? part.line });
  return {
    ...file,
    path: path.join(ROOT, path.relative(COMPILED, file.path)).replace(/\.js$/, '.ts'),
    lines,
    functions: file.functions.map(move),
    branches: file.branches.map(move),
    totalLineCount: lines.length,
    coveredLineCount: lines.filter(({ count }) => count > 0).length,
  };
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

const percent = (part, whole) => (whole === 0 ? 100 : (100 * part) / whole).toFixed(1).padStart(6);

function row(name, files, rest = '') {
  const sum = (field) => files.reduce((total, file) => total + file[field], 0);
  const lines = percent(sum('coveredLineCount'), sum('totalLineCount'));
  const branches = percent(sum('coveredBranchCount'), sum('totalBranchCount'));
  const functions = percent(sum('coveredFunctionCount'), sum('totalFunctionCount'));
  return `${name.padEnd(44)} ${lines}  ${branches}  ${functions}  ${rest}`.trimEnd();
}

/** The table: a row for each file, and one for all. Percentages of lines, branches and functions that ran. */
export function table(files) {
  const rows = files.map((file) => {
    const missed = file.lines.filter(({ count }) => count === 0).map(({ line }) => line);
    return row(path.relative(ROOT, file.path).replaceAll(path.sep, '/'), [file], ranges(missed));
  });
  const head = `${'% that ran'.padEnd(44)}  lines  branch  funcs  lines that did not run`;
  return `${[head, ...rows, row('all files', files)].join('\n')}\n`;
}

/** The same as lcov tools read it. */
export function lcovOf(files) {
  const record = (file) => [
    `SF:${path.relative(ROOT, file.path).replaceAll(path.sep, '/')}`,
    ...file.functions.map(({ line, name }, index) => `FN:${line},${name || `anonymous_${index}`}`),
    ...file.functions.map(({ name, count }, index) => `FNDA:${count},${name || `anonymous_${index}`}`),
    `FNF:${file.totalFunctionCount}`,
    `FNH:${file.coveredFunctionCount}`,
    ...file.branches.map(({ line, count }, index) => `BRDA:${line},${index},0,${count}`),
    `BRF:${file.totalBranchCount}`,
    `BRH:${file.coveredBranchCount}`,
    ...file.lines.map(({ line, count }) => `DA:${line},${count}`),
    `LF:${file.totalLineCount}`,
    `LH:${file.coveredLineCount}`,
    'end_of_record\n',
  ];
  return files.map((file) => record(file).join('\n')).join('');
}

export default async function* coverage(events) {
  let found;
  const tests = async function* () {
    for await (const event of events) {
      if (event.type === 'test:coverage') found = event;
      else yield event;
    }
  };
  yield* Readable.from(tests()).compose(new spec());
  if (!found) return;
  const files = found.data.summary.files.filter(({ path: file }) => file.startsWith(SRC) && !file.startsWith(GENERATED)).map(atSource);
  fs.mkdirSync(path.dirname(LCOV), { recursive: true });
  fs.writeFileSync(LCOV, lcovOf(files));
  yield `\n${table(files)}\nalso in ${path.relative(ROOT, LCOV)}\n`;
}
