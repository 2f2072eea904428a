// Says in plain words what is wrong with the syntax of a YAML file, and where the mistake is rather than where it was noticed.

import { isScalar, type Node, visit, type YAMLError } from 'yaml';
import type { ReadProblem, Span } from './document.ts';
import { tabProblem } from './yaml-tabs.ts';

/** The problem behind the first error of the yaml package. */
export function diagnoseSyntax(error: YAMLError, text: string, root: Node | undefined): ReadProblem {
  const [at] = error.pos;
  return codeFence(text) ?? oddSpace(text, at) ?? tab(text, at) ?? byCode(error, text, root) ?? general(error, text);
}

const problem = (start: number, end: number, message: string, fix: string): ReadProblem => ({
  rule: 'syntax-error',
  span: { start, end: Math.max(end, start + 1) },
  message,
  fix,
});

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function codeFence(text: string): ReadProblem | undefined {
  const found = /^```.*$/m.exec(text);
  if (!found) return undefined;
  return problem(found.index, found.index + found[0].length, 'this line is not YAML: it marks code in Markdown', 'delete the line');
}

/** A line before the error that begins with a space that is none for YAML. */
function oddSpace(text: string, at: number): ReadProblem | undefined {
  const found = [...text.slice(0, lineEnd(text, at)).matchAll(/^[ ]*([\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000])/gm)].at(0);
  if (!found) return undefined;
  const code = (found[1] as string).charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
  const end = found.index + found[0].length;
  return problem(found.index, end, `the line is indented with the character U+${code}, which is not a space in YAML`, 'indent with spaces');
}

/** A tab in the indentation of the line of the error, or of an empty line before it. */
function tab(text: string, at: number): ReadProblem | undefined {
  const start = lineStart(text, at);
  const found = /^[ ]*(?:- *)?\t/.exec(text.slice(start, lineEnd(text, at)));
  return found ? tabProblem(start, start + found[0].length - 1) : undefined;
}

function byCode(error: YAMLError, text: string, root: Node | undefined): ReadProblem | undefined {
  const [at] = error.pos;
  const end = lineEnd(text, at);
  switch (error.code) {
    case 'BAD_ALIAS':
      return problem(at, end, 'a value that begins with * must be in quotes', `write "${text.slice(at, end).trim()}"`);
    case 'BAD_SCALAR_START':
      return problem(at, end, `a value that begins with ${text[at]} must be in quotes`, 'put the value in quotes');
    case 'BAD_DQ_ESCAPE': {
      const sequence = text.slice(at, at + 2);
      const { start } = quotedAround(root, at) ?? { start: at };
      return problem(start, end, `${sequence} is not valid in double quotes`, `use single quotes, or write \\${sequence}`);
    }
    case 'MULTILINE_IMPLICIT_KEY':
      return missingSpace(text, at);
    case 'MISSING_CHAR':
    case 'BAD_INDENT':
      return unclosed(error, text, root);
    default:
      return undefined;
  }
}

/** A key without a space after its colon. */
function missingSpace(text: string, at: number): ReadProblem | undefined {
  const start = lineStart(text, at);
  const line = text.slice(start, lineEnd(text, at));
  const found = /^(\s*(?:- +)*)([\w-]+):(\S.*)$/.exec(line);
  if (!found) return undefined;
  const [, before = '', name = '', value = ''] = found;
  const from = start + before.length;
  return problem(from, start + line.trimEnd().length, 'a colon must be followed by a space', `write ${name}: ${value.trim()}`);
}

/** A bracket or a quote without its end, where it begins. */
function unclosed(error: YAMLError, text: string, root: Node | undefined): ReadProblem | undefined {
  const [at] = error.pos;
  if (/closing/.test(error.message)) {
    const span = quotedAround(root, at);
    if (span)
      return problem(span.start, lineEnd(text, span.start), 'the quote is not closed', 'write the same quote at the end of the value');
  }
  if (/^Flow (?:map|sequence)|with a [\]}]/i.test(error.message)) {
    const start = openBracket(text, at);
    const close = text[start] === '{' ? '}' : ']';
    if (start >= 0) return problem(start, lineEnd(text, start), `the bracket ${text[start]} is not closed`, `write ${close} at the end`);
  }
  return undefined;
}

/** The last bracket before a place that is not closed there; -1 if there is none. */
function openBracket(text: string, at: number): number {
  let closed = 0;
  for (let i = at - 1; i >= 0; i -= 1) {
    const char = text[i] as string;
    if (char === ']' || char === '}') closed += 1;
    if (char === '[' || char === '{') {
      if (closed === 0) return i;
      closed -= 1;
    }
  }
  return -1;
}

/** The value in quotes that a place is in. */
function quotedAround(root: Node | undefined, at: number): Span | undefined {
  let found: Span | undefined;
  if (root) {
    visit(root, (_, node) => {
      if (!isScalar(node) || !node.range || !node.type?.startsWith('QUOTE')) return;
      if (node.range[0] <= at && at <= node.range[2]) found = { start: node.range[0], end: node.range[1] };
    });
  }
  return found;
}

/** Our words for errors that need no further look at the text. */
const WORDS: Readonly<Record<string, readonly [message: string, fix: string]>> = {
  BAD_INDENT: [
    'the line is not indented like the lines that it belongs to',
    'indent all keys of a block, and all - of a list, by the same number of spaces',
  ],
  BLOCK_AS_IMPLICIT_KEY: ['the line has a second key or a list after a key', 'write it on a line of its own, or put the value in quotes'],
  MULTILINE_IMPLICIT_KEY: ['the line has no colon after its key', 'write key: value'],
  MISSING_CHAR: ['the line has no colon after its key, or no - before a list entry', 'write key: value'],
  TAB_AS_INDENT: ['YAML must not be indented with a tab', 'indent with spaces'],
};

function general(error: YAMLError, text: string): ReadProblem {
  const start = lineStart(text, error.pos[0]);
  const line = text.slice(start, lineEnd(text, start));
  const isLineStart = /^\s*$/.test(text.slice(start, error.pos[0]));
  const from = isLineStart ? start + (line.length - line.trimStart().length) : error.pos[0];
  if (error.code === 'MISSING_CHAR' && /[[{]/.test(text.slice(start, error.pos[0]))) {
    return problem(from, start + line.trimEnd().length, 'a text with [ ] { } or , must be in quotes here', 'put each text in quotes');
  }
  const [message, fix] = WORDS[error.code] ?? [`this is not YAML: ${inWords(error.message)}`, 'correct the line, or the line before it'];
  return problem(Math.min(from, text.length), start + line.trimEnd().length, message, fix);
}

const inWords = (message: string): string => `${message.charAt(0).toLowerCase()}${message.slice(1)}`.replace(/\s+/g, ' ');
