// Splits a text into statements, and these into the pieces that DM sends. The pieces are unchanged parts of the text.

import type { Token } from './scan.ts';

export interface Statement {
  readonly tokens: readonly Token[];
  /** The start of the statement's text: directly after the previous statement. */
  readonly start: number;
  /** The place after its `;`, or the end of the text. */
  readonly end: number;
  readonly closed: boolean;
}

export interface Piece {
  readonly text: string;
  readonly start: number;
}

/**
 * A statement ends at each `;` outside quotes and comments. A `;` with nothing before it does not end a statement: it stays at
 * the start of the next one. Text after the last `;` counts only if it has more than spaces and comments.
 */
export function statements(text: string, tokens: readonly Token[]): Statement[] {
  const out: Statement[] = [];
  let start = 0;
  let own: Token[] = [];
  for (const token of tokens) {
    if (token.key !== ';') {
      own.push(token);
      continue;
    }
    if (own.length === 0) continue;
    out.push({ tokens: own, start, end: token.end, closed: true });
    start = token.end;
    own = [];
  }
  if (own.length > 0) out.push({ tokens: own, start, end: text.length, closed: false });
  return out;
}

/** The piece of a statement: its text, without one newline at either end. */
export function piece(text: string, statement: Statement): Piece {
  const own = text.slice(statement.start, statement.end);
  const skip = own.startsWith('\n') ? 1 : 0;
  return { text: own.slice(skip, own.endsWith('\n') ? -1 : undefined), start: statement.start + skip };
}
