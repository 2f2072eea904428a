// The refusals that are certain for any statement. What passes here may still be refused by a database: the lists say only
// what DM's parser can never take.

import { Cursor, Refusal } from './cursor.ts';
import { checkDefinition } from './definition.ts';
import type { Token } from './scan.ts';
import type { Statement } from './statements.ts';
import { DDL, FIRST_WORDS, NEEDED_WORDS, NEVER_LAST, NEVER_PAIRS, NEVER_SECOND, SECOND_WORDS } from './words.ts';

/** Statements in which CREATE can stand only at the start, so that another one tells of a forgotten `;`. */
const NO_CREATE_INSIDE = new Set(['ALTER', 'CREATE', 'DELETE', 'DROP', 'INSERT', 'RENAME', 'REPLACE', 'SELECT', 'TRUNCATE', 'UPDATE']);

/** Throws a Refusal if the statement is certainly none. */
export function checkStatement(statement: Statement): void {
  const cursor = new Cursor(statement);
  for (const token of cursor.tokens) if (token.kind === 'bad') throw new Refusal(token.start, token.reason as string);
  checkStart(cursor);
  const first = cursor.key;
  checkTokens(cursor, NO_CREATE_INSIDE.has(first));
  const needed = NEEDED_WORDS[first];
  cursor.at = cursor.tokens.length;
  if (needed !== undefined && !new Cursor(statement).has(needed)) cursor.refuse(`${first} needs ${needed}`);
  checkDefinition(new Cursor(statement));
  checkNeighbours(new Cursor(statement), first);
}

/** Whether sql-inject takes the statement. */
export function isDefinition(tokens: readonly Token[]): boolean {
  const key = (i: number): string => tokens[i]?.key ?? '';
  const seconds = DDL[key(0)];
  if (!seconds || !(seconds.has('*') || seconds.has(key(1)))) return false;
  const analyze = tokens.findIndex((token, i) => token.key === 'ANALYZE' && key(i + 1) === 'PARTITION' && key(i - 1) !== '.');
  return !(key(0) === 'ALTER' && analyze > 0);
}

/** The first words; leaves the cursor on the word that names the statement. */
function checkStart(cursor: Cursor): void {
  while (cursor.take('('));
  const bracketed = cursor.at > 0;
  const { key: first } = cursor;
  if (bracketed && first !== 'SELECT') cursor.refuse('only SELECT may stand in brackets');
  if (!FIRST_WORDS.has(first)) cursor.refuse('no statement starts like this: check the spelling, or leave it out');
  const seconds = SECOND_WORDS[first];
  if (!seconds) {
    const second = cursor.tokens[cursor.at + 1]?.key ?? '';
    if (NEVER_SECOND[first]?.has(second)) cursor.refuse(`DM's parser does not take ${second} after ${first}`);
    return;
  }
  cursor.at += 1;
  if (!seconds.has(cursor.key) || (seconds.has('') && cursor.key === '' && !cursor.done)) {
    const known = [...seconds].filter(Boolean).sort().join(', ');
    cursor.refuse(`DM's parser does not take this after ${first}; it knows ${known}`);
  }
  cursor.at -= 1;
}

/** Brackets, commas, and words that cannot stand where they stand. */
function checkTokens(cursor: Cursor, noCreateInside: boolean): void {
  const { tokens } = cursor;
  let depth = 0;
  for (let i = 0; i <= tokens.length; i += 1) {
    const token = tokens[i];
    const before = tokens[i - 1];
    const afterDot = tokens[i - 2]?.key === '.';
    cursor.at = i;
    const key = token?.key ?? '';
    const closes = token === undefined || key === ')';
    if (key === '(') depth += 1;
    else if (key === ')') depth -= 1;
    if (depth < 0) cursor.refuse('a closing bracket has no opening one: remove it, or add the (');
    if (token === undefined && depth > 0) cursor.refuse('a bracket is never closed: add the )');
    if (before?.key === ',' && (closes || key === ',')) cursor.refuse('nothing follows the comma: remove it');
    if (before?.key === '(' && key === ',') cursor.refuse('nothing stands before the comma: remove it');
    if (before && closes && !afterDot && NEVER_LAST.has(before.key)) {
      cursor.refuse(`something must follow ${before.key}`);
    }
    if ((before?.key === '=' && key === '=') || (before?.key === '*' && key === '/')) cursor.refuse('two operators stand in a row');
    if (key === 'CREATE' && i > 0 && noCreateInside && before?.key !== '.') cursor.refuse('a new statement starts here: put a ; before it');
  }
  const whole = new Cursor({ tokens, end: 0 });
  if (whole.has('CASE') && !whole.has('END')) cursor.refuse('CASE needs END');
}

/** Words that fix what stands next to them. */
function checkNeighbours(cursor: Cursor, first: string): void {
  const { tokens } = cursor;
  for (const [i, token] of tokens.entries()) {
    const { key } = token;
    const next = tokens[i + 1];
    const before = tokens[i - 1];
    if (key === '' || before?.key === '.') continue;
    cursor.at = i + 1;
    if ((key === 'GROUP' || key === 'ORDER') && next?.key !== 'BY') cursor.refuse(`BY must follow ${key}`);
    if (key === 'LIMIT' && next?.kind === 'word') cursor.refuse('a number must follow LIMIT');
    if (key === 'VALUES' && (first === 'INSERT' || first === 'REPLACE') && next?.key !== '(') cursor.refuse('brackets must follow VALUES');
    if (next && NEVER_PAIRS.get(key) === next.key) cursor.refuse(`DM's parser does not know ${key} ${next.key}`);
    if (key === 'OVER' && before?.key === ')' && next?.key === '(') cursor.refuse("DM's parser does not know window functions");
    if (key === '(' && next?.key === '*' && tokens[i + 2]?.key === ')' && before && before.end < token.start) {
      cursor.refuse('remove the blank before (*)');
    }
  }
}
