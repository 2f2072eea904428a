// Reads the SQL text of sql-replace and sql-inject before anything is sent: the pieces, or why the text is rejected.

import { faultOf, isDefinition } from './check.ts';
import { type Scan, scan, type Token, trimSpace } from './scan.ts';
import { piece, statements } from './statements.ts';

export interface SqlProblem {
  readonly reason: string;
  /** Both start at 1 and refer to the trimmed text. The column counts characters. */
  readonly line: number;
  readonly column: number;
  /** The beginning of the text from there on, in one line, without the content of strings. */
  readonly near: string;
}

export type SqlReading =
  | { readonly ok: true; readonly pieces: readonly string[]; readonly doubts: readonly SqlProblem[] }
  | { readonly ok: false; readonly kind: 'empty' | 'unreadable'; readonly problem?: SqlProblem }
  | { readonly ok: false; readonly kind: 'not-ddl'; readonly piece: string };

const NEAR_LENGTH = 40;
const PIECE_LENGTH = 200;

/**
 * Reads the SQL text of sql-replace or sql-inject as DM 1.0 does: trims it and splits it into the unchanged pieces of a request.
 * Rejects only what DM's own parser certainly rejects. What only seems wrong is sent, and reported as a doubt: the first one of
 * each statement.
 */
export function readSql(text: string, purpose: 'replace' | 'inject'): SqlReading {
  const trimmed = trimSpace(text);
  const scanned = scan(trimmed);
  const list = statements(trimmed, scanned.tokens);
  // if the text ends inside quotes, the last statement is incomplete, and its other faults may come from that
  const whole = scanned.unclosed ? list.filter((statement) => statement.closed) : list;
  const problem = (at: number, reason: string): SqlProblem => problemAt(trimmed, at, reason, near(trimmed, scanned, at));
  const faults = whole.map(faultOf).filter((fault) => fault !== undefined);
  const refusal = faults.find((fault) => fault.certain);
  if (refusal) return unreadable(problem(refusal.at, refusal.message));
  if (scanned.unclosed) return unreadable(problem(scanned.unclosed.start, scanned.unclosed.reason as string));
  if (list.length === 0) return { ok: false, kind: 'empty' };

  const pieces = list.map((statement) => piece(trimmed, statement));
  if (purpose === 'inject') {
    for (const [i, statement] of list.entries()) {
      const own = pieces[i] as (typeof pieces)[number];
      // DM parses each piece again. After a cut inside /*! … */ one of them begins with the end mark.
      const alone = own.text.includes('*/') ? scan(own.text) : undefined;
      const again =
        alone &&
        statements(own.text, alone.tokens)
          .map(faultOf)
          .find((fault) => fault?.certain);
      if (again) {
        const reason = 'a ; splits /*! … */: put it after the comment';
        return unreadable(problemAt(trimmed, own.start + again.at, reason, near(own.text, alone, again.at)));
      }
      if (!isDefinition(statement.tokens)) return { ok: false, kind: 'not-ddl', piece: own.text };
    }
  }
  return { ok: true, pieces: pieces.map((own) => own.text), doubts: faults.map((fault) => problem(fault.at, fault.message)) };
}

/**
 * The message for rejected SQL: DM's own text, then our reason. It contains no string literals, because they may be passwords.
 * A long piece is cut.
 */
export function sqlRefusal(reading: Extract<SqlReading, { ok: false }>, purpose: 'replace' | 'inject'): string {
  if (reading.kind === 'not-ddl') return `only support inject DDL currently, but got '${masked(reading.piece, PIECE_LENGTH)}'`;
  const prefix = purpose === 'replace' ? 'check SQLs error: ' : 'check sqls err ';
  const { problem } = reading;
  if (!problem) return `${prefix}no valid SQLs`;
  return `${prefix}[code=11006:class=functional:scope=internal:level=high] parse statement: ${placeOf(problem)}`;
}

/** The warning for a doubt. */
export function sqlDoubt(problem: SqlProblem): string {
  return `the SQL may be wrong: ${placeOf(problem)}. It is sent anyway, and only the target database checks it again`;
}

const placeOf = ({ line, column, near, reason }: SqlProblem): string => `line ${line} column ${column} near "${near}": ${reason}`;

const unreadable = (problem: SqlProblem): SqlReading => ({ ok: false, kind: 'unreadable', problem });

function problemAt(text: string, at: number, reason: string, near: string): SqlProblem {
  const lineStart = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(0, lineStart).split('\n').length;
  const column = [...text.slice(lineStart, at)].length + 1;
  return { reason, line, column, near };
}

/** The text from a place on, in one line. Spaces and comments become one space, strings lose their content. */
function near(text: string, scanned: Scan, at: number): string {
  let out = '';
  let end = at;
  const all = scanned.unclosed ? [...scanned.tokens, scanned.unclosed] : scanned.tokens;
  for (const token of all) {
    if (token.start < at) continue;
    if (out.length > NEAR_LENGTH) break;
    if (out !== '' && token.start > end) out += ' ';
    out += shown(text, token);
    end = token.end;
  }
  return cut(out, NEAR_LENGTH);
}

/** The text without the content of its strings. */
function masked(text: string, length: number): string {
  let out = '';
  let end = 0;
  const { tokens, unclosed } = scan(text);
  for (const token of unclosed ? [...tokens, unclosed] : tokens) {
    out += text.slice(end, token.start) + (token.kind === 'string' ? shown(text, token) : text.slice(token.start, token.end));
    end = token.end;
    if (out.length > length) break;
  }
  return cut(out + text.slice(end), length);
}

function shown(text: string, token: Token): string {
  const own = text.slice(token.start, token.end);
  const string = /^[xXbB]?(["'])/.exec(own);
  if (string) return token.end === text.length && token.kind === 'bad' ? `${string[0]}…` : `${string[0]}…${string[1]}`;
  if (token.kind !== 'bad') return own;
  if (own.startsWith('`') || own.startsWith('/*')) return `${own.startsWith('`') ? '`' : '/*'}…`;
  const code = own.charCodeAt(0);
  return code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : own;
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : text;
}
