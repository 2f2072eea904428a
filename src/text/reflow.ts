// Fits texts of our own into the width of a terminal. Words and commands are never broken, so that they can be copied.

import { PLAIN, width } from './width.ts';

/** A word with the spaces before it. A `command` in backquotes is one word. */
const WORD = /( *)((?:`[^`\n]*`|\S)+)/g;

/** Lines broken at spaces only. A longer word has a line of its own and is not broken. */
export function wrapWords(text: string, cells: number): string[] {
  if (PLAIN.test(text) ? text.length <= cells : width(text) <= cells) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const [, gap = '', word = ''] of text.matchAll(WORD)) {
    const filled = width(word);
    if (line !== '' && used + gap.length + filled > cells) {
      lines.push(line);
      line = '';
      used = 0;
    }
    const space = lines.length > 0 && line === '' ? '' : gap;
    line += space + word;
    used += space.length + filled;
  }
  return [...lines, line];
}

/** One line with a hanging indent for what does not fit. */
function hang(line: string, columns: number, indent: string): string {
  const own = /^ */.exec(line)?.[0] ?? '';
  const [first = '', ...rest] = wrapWords(line, columns);
  if (rest.length === 0) return line;
  const tail = line.slice(first.length).trimStart();
  return [first, ...wrapWords(tail, columns - own.length - indent.length).map((part) => own + indent + part)].join('\n');
}

/** A message of one or more lines, such as a warning. What does not fit is indented. */
export function wrapMessage(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => hang(line, columns, '  '))
    .join('\n');
}

/** The fewest columns for texts beside flags and names. With fewer, texts go below them. */
const LEAST_ROOM = 24;
/** The indent of a text below its flag. */
const BELOW = '          ';
/** Where Go's flag package puts the text of a flag: behind a tab. */
const TAB = 8;

/**
 * A help text: prose, usage lines, tables of flags and names, and examples. Examples stay in one line.
 * Texts in a table keep their column, and go below the name on a narrow terminal.
 */
export function reflow(text: string, columns: number): string {
  const out: string[] = [];
  const lines = text.split('\n');
  let heading = '';
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as string;
    if (!line.startsWith('  ')) {
      if (line !== '') heading = line;
      out.push(...(line.startsWith('\t') ? [line] : wrapWords(line, columns)));
      at += 1;
      continue;
    }
    let end = at;
    while (lines[end]?.startsWith('  ')) end += 1;
    out.push(...indented(lines.slice(at, end), heading, columns));
    at = end;
  }
  return out.join('\n');
}

function indented(block: readonly string[], heading: string, columns: number): string[] {
  if (heading === 'Examples:') return [...block];
  if (/^(?:More u|U)sage:$/.test(heading)) return block.map((line) => hang(line, columns, '    '));
  const start = columnOf(block);
  return block.flatMap((line) => {
    const tab = line.indexOf('\t');
    if (tab >= 0) return behindTab(line, tab, columns);
    if (start > 0 && isRow(line, start)) return row(line, start, columns);
    return isList(line) ? [hang(line, columns, '')] : [line];
  });
}

/** Names separated by commas, or flags: no command that could be copied. */
const isList = (line: string): boolean => /^ +(?:--[\w-]+(?: |$))+$/.test(line) || /^ +[\w-]+(?:, [\w-]+)+$/.test(line);

/** A name or a flag, and the gap before its text. */
const HEAD = /^ +\S(?:.*?\S)? {2,}(?=\S)/;

/** The column in which the texts of a table begin; 0 if the block is not a table. */
function columnOf(block: readonly string[]): number {
  const found = new Map<number, number>();
  for (const line of block) {
    const head = HEAD.exec(line);
    if (head) found.set(head[0].length, (found.get(head[0].length) ?? 0) + 1);
  }
  return [...found].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Whether the text of a row begins in the column. Behind the longest name is only one space. */
function isRow(line: string, start: number): boolean {
  const head = line.slice(0, start);
  return HEAD.exec(line)?.[0].length === start || (/^ +\S+(?: \S+)? $/.test(head) && line.length > start && line[start] !== ' ');
}

function row(line: string, start: number, columns: number): string[] {
  if (line.length <= columns) return [line];
  const text = line.slice(start);
  if (columns - start >= LEAST_ROOM) {
    return wrapWords(text, columns - start).map((part, i) => (i === 0 ? line.slice(0, start) : ' '.repeat(start)) + part);
  }
  return [line.slice(0, start).trimEnd(), ...wrapWords(text, columns - BELOW.length).map((part) => BELOW + part)];
}

function behindTab(line: string, tab: number, columns: number): string[] {
  const [first = '', ...rest] = wrapWords(line.slice(tab + 1), columns - TAB);
  return [line.slice(0, tab + 1) + first, ...rest.map((part) => `    \t${part}`)];
}

/** A text with its paragraphs in one line each. Indented lines, such as commands and tables, stay the same. */
export function joinParagraphs(text: string): string {
  return text.replace(/^(\S.*)\n(?=\S)/gm, '$1 ');
}
