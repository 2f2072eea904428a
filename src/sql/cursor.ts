// A position in the tokens of one statement, and the fault that a rule throws there.

import type { Token } from './scan.ts';
import type { Statement } from './statements.ts';
import { RESERVED } from './words.ts';

/** What is wrong, where, and whether that is certain. A certain fault rejects the text, any other only causes a warning. */
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

  /** `end`: the place in the text where the tokens end. `last`: whether the statement ends there. */
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

  /** The bare word or symbol here. '' at the end and for all other tokens. */
  get key(): string {
    return this.token?.key ?? '';
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Steps over the words if they are here in this order. */
  take(...keys: string[]): boolean {
    if (!keys.every((key, i) => this.tokens[this.at + i]?.key === key)) return false;
    this.at += keys.length;
    return true;
  }

  /** Throws a certain fault: no release of DM's parser accepts this. */
  refuse(reason: string): never {
    throw new Fault(this.token?.start ?? this.#end, reason, true);
  }

  /** Throws a doubt: our rules do not know this. At the end of the statement it is certain, because something must follow. */
  doubt(reason: string): never {
    throw new Fault(this.token?.start ?? this.#end, reason, this.done && this.#last);
  }

  /** Steps over a name, whose parts are joined by dots. A reserved word is not a name, except after a dot. */
  name(what: string, parts = 2): void {
    const { token } = this;
    if (token?.kind === 'string') this.doubt(`${what} is in quotes: use backticks instead`);
    if (token && token.kind === 'word' && RESERVED.has(token.key)) {
      this.doubt(`${what} is missing. If ${token.key} is a name, put it in backticks`);
    }
    if (!token || (token.kind !== 'word' && token.kind !== 'quoted')) this.doubt(`${what} is missing`);
    this.at += 1;
    for (let part = 2; this.key === '.'; part += 1) {
      if (part > parts) this.doubt(`${what} has too many parts`);
      this.at += 2;
    }
  }

  /** Steps over a bracket and its content, and returns the content. */
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

  /** The rest, split at the commas outside brackets. */
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

  /** Whether a word occurs from here on, not as part of a name. */
  has(word: string): boolean {
    return this.tokens.some((token, i) => i >= this.at && token.key === word && this.tokens[i - 1]?.key !== '.');
  }
}
