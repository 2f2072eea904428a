// The rules for any statement. A rule throws each fault as certain or as doubtful. A database may still reject a statement
// that passes here.

import { Cursor, Fault } from './cursor.ts';
import { checkDefinition } from './definition.ts';
import type { Token } from './scan.ts';
import type { Statement } from './statements.ts';
import { DDL, FIRST_WORDS, NEEDED_WORDS, NEVER_LAST, NEVER_PAIRS, NEVER_SECOND, SECOND_WORDS, THIRD_WORDS, VIEW_HEADS } from './words.ts';

/** Statements with CREATE only at the start, so that a second CREATE means a forgotten `;`. */
const NO_CREATE_INSIDE = new Set(['ALTER', 'CREATE', 'DELETE', 'DROP', 'INSERT', 'RENAME', 'REPLACE', 'SELECT', 'TRUNCATE', 'UPDATE']);

const RULES: readonly ((cursor: Cursor) => void)[] = [
  checkCharacters,
  checkStart,
  checkBrackets,
  checkNeeded,
  checkForgotten,
  checkDefinition,
  checkNeighbours,
];

/** The first certain fault of the statement. If there is none, the first doubtful one. */
export function faultOf(statement: Statement): Fault | undefined {
  let doubt: Fault | undefined;
  for (const rule of RULES) {
    try {
      rule(Cursor.over(statement));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.certain) return error;
      doubt ??= error;
    }
  }
  return doubt;
}

/** Whether sql-inject accepts the statement. */
export function isDefinition(tokens: readonly Token[]): boolean {
  const key = (i: number): string => tokens[i]?.key ?? '';
  const seconds = DDL[key(0)];
  if (!seconds || !(seconds.has('*') || seconds.has(key(1)))) return false;
  if (key(0) === 'ADMIN') return key(2) === 'TABLE';
  const analyze = tokens.findIndex((token, i) => token.key === 'ANALYZE' && key(i + 1) === 'PARTITION' && key(i - 1) !== '.');
  return !(key(0) === 'ALTER' && analyze > 0);
}

function checkCharacters(cursor: Cursor): void {
  for (const token of cursor.tokens) if (token.kind === 'bad') throw new Fault(token.start, token.reason as string, true);
}

/** The first words. */
function checkStart(cursor: Cursor): void {
  while (cursor.take('('));
  const bracketed = cursor.at > 0;
  const { key: first } = cursor;
  if (bracketed && first !== 'SELECT') cursor.refuse('only SELECT may be in brackets');
  if (!FIRST_WORDS.has(first)) cursor.refuse('no statement starts like this: check the spelling or remove it');
  const seconds = SECOND_WORDS[first];
  if (seconds) follow(cursor, seconds);
  const defines = first === 'CREATE' || first === 'ALTER' || first === 'DROP';
  const thirds = defines ? THIRD_WORDS[cursor.key] : undefined;
  if (thirds) follow(cursor, thirds);
  else if (first === 'CREATE' && VIEW_HEADS.has(cursor.key) && !cursor.has('VIEW')) {
    cursor.refuse("VIEW is missing: DM's parser does not support procedures, functions, triggers and events");
  }
}

/** Steps to the next word, which must be one of those given. */
function follow(cursor: Cursor, words: ReadonlySet<string>): void {
  const before = cursor.key;
  cursor.at += 1;
  if (words.has(cursor.key) && (cursor.key !== '' || cursor.done)) return;
  const known = [...words].filter(Boolean).sort().join(', ');
  cursor.refuse(`DM's parser does not accept this after ${before}. It accepts ${known}`);
}

function checkBrackets(cursor: Cursor): void {
  let depth = 0;
  for (; !cursor.done; cursor.at += 1) {
    if (cursor.key === '(') depth += 1;
    else if (cursor.key === ')') depth -= 1;
    if (depth < 0) cursor.refuse('a closing bracket has no opening one: remove it or add a (');
  }
  if (depth > 0) cursor.refuse('a bracket is not closed: add a )');
}

/** Words that a statement requires, and words that cannot end it. */
function checkNeeded(cursor: Cursor): void {
  const { tokens, key: first } = cursor;
  const needed = NEEDED_WORDS[first];
  const missing = needed !== undefined && !cursor.has(needed);
  cursor.at = tokens.length;
  const last = tokens.at(-1)?.key ?? '';
  if (NEVER_LAST.has(last) && tokens.at(-2)?.key !== '.') cursor.refuse(afterLast(last));
  if (missing) cursor.refuse(`${first} needs ${needed}`);
}

const afterLast = (key: string): string => (key === ',' ? 'nothing follows the comma: remove the comma' : `something must follow ${key}`);

function checkForgotten(cursor: Cursor): void {
  const { tokens, key: first } = cursor;
  cursor.at = tokens.findIndex((token, i) => i > 0 && token.key === 'CREATE' && tokens[i - 1]?.key !== '.');
  if (cursor.at > 0 && NO_CREATE_INSIDE.has(first)) cursor.doubt('a new statement starts here: put a ; before it');
}

/** Words and symbols that cannot follow each other. */
function checkNeighbours(cursor: Cursor): void {
  const { tokens, key: first } = cursor;
  const cases = tokens.findIndex((token, i) => token.key === 'CASE' && tokens[i - 1]?.key !== '.');
  for (const [i, token] of tokens.entries()) {
    const { key } = token;
    const next = tokens[i + 1];
    const before = tokens[i - 1];
    if (key === '' || before?.key === '.') continue;
    cursor.at = i + 1;
    if (i === 0 && next && NEVER_SECOND[first]?.has(next.key)) cursor.doubt(`DM's parser does not accept ${next.key} after ${first}`);
    if (next?.key === ')' && NEVER_LAST.has(key)) cursor.doubt(afterLast(key));
    if ((key === ',' || key === '(') && next?.key === ',') cursor.doubt('something is missing before the comma');
    if ((key === '=' && next?.key === '=') || (key === '*' && next?.key === '/')) cursor.doubt('two operators follow each other');
    if ((key === 'GROUP' || key === 'ORDER') && next?.key !== 'BY') cursor.doubt(`BY must follow ${key}`);
    if (key === 'LIMIT' && next?.kind === 'word') cursor.doubt('a number must follow LIMIT');
    if (key === 'VALUES' && (first === 'INSERT' || first === 'REPLACE') && next?.key !== '(') cursor.doubt('brackets must follow VALUES');
    if (next && NEVER_PAIRS.get(key) === next.key) cursor.doubt(`DM's parser does not support ${key} ${next.key}`);
    if (key === 'OVER' && before?.key === ')' && next?.key === '(') cursor.doubt("DM's parser does not support window functions");
    if (key === '(' && next?.key === '*' && tokens[i + 2]?.key === ')' && before && before.end < token.start) {
      cursor.doubt('remove the space before (*)');
    }
  }
  cursor.at = cases;
  if (cases >= 0 && !cursor.has('END')) cursor.doubt('CASE needs END');
}
