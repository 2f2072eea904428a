// Columns, keys and constraints of CREATE TABLE and ALTER TABLE.

import type { Cursor } from './cursor.ts';
import { CHARSETS, COLUMN_FLAGS, TYPES } from './words.ts';

const KEY_HEADS = new Set(['PRIMARY', 'KEY', 'INDEX', 'UNIQUE', 'FULLTEXT', 'FOREIGN']);

/** An element in the bracket of CREATE TABLE, or what follows ADD: a column, a key or a constraint. */
export function checkElement(cursor: Cursor): void {
  if (cursor.take('CONSTRAINT') && !KEY_HEADS.has(cursor.key) && cursor.key !== 'CHECK') cursor.name('the constraint name');
  if (cursor.key === 'CHECK' || cursor.key === 'PARTITION') return;
  if (KEY_HEADS.has(cursor.key)) checkKey(cursor);
  else if (cursor.tokens[0]?.key !== 'CONSTRAINT') checkColumn(cursor);
}

function checkKey(cursor: Cursor): void {
  const head = cursor.key;
  while (!cursor.done && cursor.key !== '(') cursor.at += 1;
  if (cursor.done) cursor.doubt(`${head} needs columns in brackets. Put a column of this name in backticks`);
  const columns = cursor.brackets();
  if (columns.done) columns.doubt('the brackets must contain at least one column');
  if (head === 'FOREIGN' && !cursor.has('REFERENCES')) cursor.doubt('FOREIGN KEY needs REFERENCES');
}

/** A column: its name, its type and the attributes that are known here. */
export function checkColumn(cursor: Cursor): void {
  cursor.name('the column name', 3);
  const type = cursor.key;
  if (!TYPES.has(type)) cursor.doubt("DM's parser expects a column type here");
  cursor.at += 1;
  const sized = type === 'VARCHAR' || type === 'VARBINARY' || type === 'ENUM' || type === 'SET';
  if (sized && cursor.key !== '(') cursor.doubt(`${type} needs a bracket after it`);
  if (cursor.key === '(') {
    const inside = cursor.brackets();
    if (inside.key === '-') inside.doubt('a size cannot be negative');
    if ((type === 'ENUM' || type === 'SET') && inside.token?.kind === 'number') inside.doubt('the values must be in quotes');
  }
  while (!cursor.done) if (!attribute(cursor)) return;
}

/** Steps over one attribute of a column with its value. False if the rest cannot be checked for certain. */
function attribute(cursor: Cursor): boolean {
  if (cursor.key === '(') cursor.brackets();
  else if (checkCharset(cursor)) return true;
  else if (cursor.take('COMMENT')) {
    if (cursor.token?.kind !== 'string') cursor.doubt('the comment must be a string in quotes');
    while (cursor.token?.kind === 'string') cursor.at += 1;
  } else if (cursor.take('DEFAULT')) return defaultValue(cursor);
  else if (cursor.take('COLLATE') || cursor.take('COLUMN_FORMAT') || cursor.take('STORAGE')) {
    cursor.take('=');
    if (!cursor.done) cursor.at += 1;
  } else if (cursor.take('AFTER')) cursor.name('the column name', 3);
  else if (cursor.take('ON', 'UPDATE')) {
    cursor.at += 1;
    if (cursor.key === '(') cursor.brackets();
  } else if (cursor.take('AS')) {
    if (cursor.key !== '(') cursor.doubt('the expression must be in brackets');
    cursor.brackets();
  } else if (cursor.key === 'REFERENCES' || cursor.key === 'CONSTRAINT' || cursor.key === 'CHECK') return false;
  else if (COLUMN_FLAGS.has(cursor.key)) {
    const not = cursor.take('NOT');
    if (not && cursor.key !== 'NULL' && cursor.key !== 'ENFORCED') cursor.doubt('NULL must follow NOT');
    cursor.at += 1;
  } else cursor.doubt("DM's parser does not accept this in a column: check the spelling or add a comma before it");
  return true;
}

function defaultValue(cursor: Cursor): boolean {
  if (cursor.take('VALUE')) return true;
  if (cursor.take('NEXT', 'VALUE', 'FOR')) {
    cursor.name('the sequence name');
    return true;
  }
  if (cursor.key === '(') cursor.doubt('an expression cannot be a default value here');
  if (cursor.done) cursor.doubt('the default value is missing');
  while (cursor.key === '+' || cursor.key === '-') cursor.at += 1;
  const literal = cursor.token?.kind;
  cursor.at += 1;
  if (cursor.key === '(') cursor.brackets();
  // 'a' 'b' is one string, and so is _utf8'a'
  if (literal === 'word' || literal === 'string') while (cursor.token?.kind === 'string') cursor.at += 1;
  return true;
}

/** Steps over a character set clause, if there is one here. Doubts the sets that the parser does not have. */
export function checkCharset(cursor: Cursor): boolean {
  const plain = cursor.key === 'CHARSET';
  if (!plain && !((cursor.key === 'CHARACTER' || cursor.key === 'CHAR') && cursor.tokens[cursor.at + 1]?.key === 'SET')) return false;
  cursor.at += plain ? 1 : 2;
  cursor.take('=');
  const { token } = cursor;
  if (token?.kind === 'word' && !CHARSETS.has(token.key))
    cursor.doubt('DM supports only the character sets ascii, binary, latin1, utf8 and utf8mb4');
  cursor.at += 1;
  return true;
}
