// The known clauses of definitions (CREATE, ALTER, DROP, TRUNCATE, RENAME, USE). Each rule checks only what it
// knows for certain and skips the rest. What it does not know is a doubt.

import { checkCharset, checkColumn, checkElement } from './columns.ts';
import type { Cursor } from './cursor.ts';
import { checkPartitioning } from './partitions.ts';
import { AFTER_COLUMNS, CHANGE_SETTINGS, DATABASE_OPTIONS, TABLE_CHANGES, TABLE_OPTIONS, VIEW_HEADS } from './words.ts';

/** Throws a Fault where a definition seems wrong. */
export function checkDefinition(cursor: Cursor): void {
  if (cursor.take('CREATE')) create(cursor);
  else if (cursor.take('ALTER')) alter(cursor);
  else if (cursor.take('DROP')) drop(cursor);
  else if (cursor.take('TRUNCATE')) {
    cursor.take('TABLE');
    cursor.name('the table name');
    end(cursor);
  } else if (cursor.take('RENAME', 'TABLE')) {
    do {
      cursor.name('the table name');
      if (!cursor.take('TO')) cursor.doubt('TO must be between the old and the new name');
      cursor.name('the new table name');
    } while (cursor.take(','));
    end(cursor);
  } else if (cursor.take('USE')) {
    cursor.name('the database name', 1);
    end(cursor);
  }
}

function end(cursor: Cursor): void {
  if (!cursor.done) cursor.doubt('the statement should end here: remove the rest or put a ; before it');
}

function create(cursor: Cursor): void {
  cursor.take('TEMPORARY');
  if (!cursor.take('UNIQUE') && !cursor.take('FULLTEXT')) cursor.take('SPATIAL');
  if (cursor.take('TABLE')) {
    cursor.take('IF', 'NOT', 'EXISTS');
    cursor.name('the table name');
    createTable(cursor);
  } else if (cursor.take('INDEX')) {
    cursor.take('IF', 'NOT', 'EXISTS');
    cursor.name('the index name');
    if (cursor.take('ON')) {
      cursor.name('the table name');
      if (cursor.key !== '(') cursor.doubt('the columns must be in brackets');
      nonEmpty(cursor.brackets());
    } else if (!cursor.has('ON')) cursor.doubt('ON and the table must follow the index name');
  } else if (cursor.take('DATABASE') || cursor.take('SCHEMA')) {
    cursor.take('IF', 'NOT', 'EXISTS');
    cursor.name('the database name', 1);
    if (!cursor.done && !DATABASE_OPTIONS.has(cursor.key)) cursor.doubt('no database option starts like this');
    while (!cursor.done) if (!checkCharset(cursor)) cursor.at += 1;
  } else if (cursor.key === 'VIEW' || VIEW_HEADS.has(cursor.key)) view(cursor);
}

function view(cursor: Cursor): void {
  while (!cursor.done && !cursor.take('VIEW')) cursor.at += 1;
  cursor.name('the view name');
  if (!cursor.has('AS')) cursor.doubt('AS and a SELECT must follow the view name');
}

function createTable(cursor: Cursor): void {
  if (cursor.key === '(') {
    const inside = cursor.brackets();
    if (inside.done) inside.doubt('a table needs at least one column');
    if (['LIKE', 'SELECT', '('].includes(inside.key)) return;
    for (const part of inside.parts()) checkElement(part);
  }
  while (!cursor.done) {
    if (cursor.take('PARTITION', 'BY')) {
      checkPartitioning(cursor);
      return;
    }
    if (AFTER_COLUMNS.has(cursor.key) || cursor.key === '(') return;
    option(cursor);
    cursor.take(',');
  }
}

/** One table option with its value. */
function option(cursor: Cursor): void {
  if (!TABLE_OPTIONS.has(cursor.key)) cursor.doubt('no table option starts like this: check the spelling and the brackets before it');
  cursor.take('DEFAULT');
  if (checkCharset(cursor)) return;
  if (cursor.take('DATA') || cursor.take('INDEX')) cursor.take('DIRECTORY');
  else cursor.at += 1;
  cursor.take('=');
  if (cursor.key === '(') cursor.brackets();
  else if (!cursor.done) cursor.at += 1;
  // a value may be a name with dots or a size, but the next option always starts with a word
  while (!cursor.done && cursor.token?.kind !== 'word' && cursor.key !== ',' && cursor.key !== '(') cursor.at += 1;
}

function alter(cursor: Cursor): void {
  cursor.take('IGNORE');
  if (!cursor.take('TABLE')) {
    if (!cursor.take('DATABASE') && !cursor.take('SCHEMA')) return;
    // the name is optional, and charset may be a name
    while (!cursor.done) if (cursor.key === 'CHARSET' || !checkCharset(cursor)) cursor.at += 1;
    return;
  }
  cursor.name('the table name');
  if (cursor.done) return;
  for (const change of cursor.parts()) {
    const first = change.key;
    if (!TABLE_OPTIONS.has(first) && !TABLE_CHANGES.has(first)) change.doubt('ALTER TABLE does not have this change: check the spelling');
    const settings = CHANGE_SETTINGS[first];
    if (settings) {
      change.at += 1;
      change.take('=');
      if (!settings.has(change.key)) change.doubt(`${first} must be one of ${[...settings].join(', ')}`);
      continue;
    }
    // from here on, commas separate names
    if (first === 'ORDER' || change.has('PARTITION')) {
      if (change.take('DROP', 'PARTITION')) change.name('the partition name');
      return;
    }
    if (TABLE_OPTIONS.has(first) || first === 'CONVERT') {
      if (!change.take('DEFAULT')) change.take('CONVERT', 'TO');
      checkCharset(change);
    } else alterColumn(change);
  }
}

function alterColumn(change: Cursor): void {
  if (change.take('ADD')) {
    if (change.key === 'STATS_EXTENDED') return;
    const column = change.take('COLUMN');
    const guarded = change.take('IF', 'NOT', 'EXISTS');
    if (change.key === '(') {
      const inside = change.brackets();
      for (const part of inside.parts()) checkElement(part);
    } else if (column || guarded) checkColumn(change);
    else checkElement(change);
  } else if (change.take('ALTER')) {
    const at = change.tokens.findIndex((token, i) => token.key === 'DEFAULT' && change.tokens[i - 1]?.key === 'SET');
    change.at = at + 1;
    if (at > 0 && change.key === 'CURRENT_TIMESTAMP') change.doubt('use a literal or an expression in brackets here');
  } else if (change.take('MODIFY')) {
    change.take('COLUMN');
    change.take('IF', 'EXISTS');
    checkColumn(change);
  } else if (change.take('CHANGE')) {
    change.take('COLUMN');
    change.take('IF', 'EXISTS');
    change.name('the old column name', 3);
    checkColumn(change);
  }
}

function drop(cursor: Cursor): void {
  cursor.take('TEMPORARY');
  if (cursor.take('TABLE') || cursor.take('TABLES') || cursor.take('VIEW')) {
    cursor.take('IF', 'EXISTS');
    do cursor.name('the name');
    while (cursor.take(','));
    if (!cursor.take('RESTRICT')) cursor.take('CASCADE');
    if (!cursor.done) cursor.refuse('only RESTRICT or CASCADE can follow the names: remove the rest or put a ; before it');
  } else if (cursor.take('DATABASE') || cursor.take('SCHEMA')) {
    cursor.take('IF', 'EXISTS');
    cursor.name('the database name', 1);
    end(cursor);
  } else if (cursor.take('INDEX')) {
    cursor.take('IF', 'EXISTS');
    cursor.name('the index name');
    if (!cursor.take('ON')) cursor.doubt('ON and the table must follow the index name');
    cursor.name('the table name');
  }
}

function nonEmpty(cursor: Cursor): void {
  if (cursor.done) cursor.doubt('the brackets must contain at least one column');
}
