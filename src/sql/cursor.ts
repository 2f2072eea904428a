// A position in the tokens of one statement, and the fault that a rule throws there.

import type { Token } from './scan.ts';
import type { Statement } from './statements.ts';
import { RESERVED } from './words.ts';

/** What is wrong, where, and whether that is certain: a certain fault refuses the text, any other only warns. */
export class Fault extends Error {
  readonly at: number;
  readonly certain: boolean;
  constructor(at: number, reason: string, certain: boolean) {
    super(reason);
    this.at = at;
    this.certain = certain;
  }
}

export class Cursor {
  readonly tokens: readonly Token[];
  readonly #end: number;
  readonly #last: boolean;
  at = 0;

  /** Over tokens that end at a place of the text; last: where they end, the statement does. */
  constructor(tokens: readonly Token[], end: number, last: boolean) {
    this.tokens = tokens;
    this.#end = end;
    this.#last = last;
  }

  static over(statement: Statement): Cursor {
    return new Cursor(statement.tokens, statement.closed ? statement.end - 1 : statement.end, true);
  }

  get token(): Token | undefined {
    return this.tokens[this.at];
  }

  /** The bare word or symbol here, '' at the end and for all other tokens. */
  get key(): string {
    return this.token?.key ?? '';
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Steps over the words if they stand here in this order. */
  take(...keys: string[]): boolean {
    if (!keys.every((key, i) => this.tokens[this.at + i]?.key === key)) return false;
    this.at += keys.length;
    return true;
  }

  /** For what no release of DM's parser accepts. */
  refuse(reason: string): never {
    throw new Fault(this.token?.start ?? this.#end, reason, true);
  }

  /** For what our rules do not know. Only at the end of the statement is it certain, because something must follow. */
  doubt(reason: string): never {
    throw new Fault(this.token?.start ?? this.#end, reason, this.done && this.#last);
  }

  /** Steps over a name with its parts joined by dots; a reserved word is none, except behind a dot. */
  name(what: string, parts = 2): void {
    const { token } = this;
    if (token?.kind === 'string') this.doubt(`${what} stands in quotes: use backticks instead`);
    if (token && token.kind === 'word' && RESERVED.has(token.key)) {
      this.doubt(`${what} is missing, or ${token.key} is meant as a name and needs backticks`);
    }
    if (!token || (token.kind !== 'word' && token.kind !== 'quoted')) this.doubt(`${what} is missing`);
    this.at += 1;
    for (let part = 2; this.key === '.'; part += 1) {
      if (part > parts) this.doubt(`${what} has too many parts`);
      this.at += 2;
    }
  }

  /** Steps over a bracket with all it holds, and gives what it holds. */
  brackets(): Cursor {
    const open = this.at;
    let depth = 0;
    do {
      if (this.key === '(') depth += 1;
      else if (this.key === ')') depth -= 1;
      this.at += 1;
    } while (depth > 0 && !this.done);
    const close = this.tokens[this.at - 1] as Token;
    return new Cursor(this.tokens.slice(open + 1, this.at - 1), close.start, false);
  }

  /** The rest cut at the commas that stand outside brackets. */
  parts(): Cursor[] {
    const out: Cursor[] = [];
    let depth = 0;
    let start = this.at;
    for (let i = this.at; i <= this.tokens.length; i += 1) {
      const token = this.tokens[i];
      if (token?.key === '(') depth += 1;
      if (token?.key === ')') depth -= 1;
      if (token && (token.key !== ',' || depth > 0)) continue;
      out.push(new Cursor(this.tokens.slice(start, i), token?.start ?? this.#end, this.#last && !token));
      start = i + 1;
    }
    return out;
  }

  /** Whether a word stands anywhere from here on, not as part of a name. */
  has(word: string): boolean {
    return this.tokens.some((token, i) => i >= this.at && token.key === word && this.tokens[i - 1]?.key !== '.');
  }
}
