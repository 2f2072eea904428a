// A place in the tokens of one statement, and the refusal that a check throws there.

import type { Token } from './scan.ts';
import type { Statement } from './statements.ts';
import { RESERVED } from './words.ts';

/** A certain refusal: what is wrong, and where in the text. */
export class Refusal extends Error {
  readonly at: number;
  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

export class Cursor {
  readonly tokens: readonly Token[];
  readonly #end: number;
  at = 0;

  /** Over a whole statement, or over a part of its tokens that ends at a place of the text. */
  constructor(statement: Pick<Statement, 'tokens' | 'end'> & { readonly closed?: boolean }) {
    this.tokens = statement.tokens;
    this.#end = statement.closed ? statement.end - 1 : statement.end;
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

  refuse(reason: string): never {
    throw new Refusal(this.token?.start ?? this.#end, reason);
  }

  /** Steps over a name with its parts joined by dots; a reserved word is none, except behind a dot. */
  name(what: string, parts = 2): void {
    const { token } = this;
    if (token?.kind === 'string') this.refuse(`${what} stands in quotes: use backticks instead`);
    if (token && token.kind === 'word' && RESERVED.has(token.key)) {
      this.refuse(`${what} is missing, or ${token.key} is meant as a name and needs backticks`);
    }
    if (!token || (token.kind !== 'word' && token.kind !== 'quoted')) this.refuse(`${what} is missing`);
    this.at += 1;
    for (let part = 2; this.key === '.'; part += 1) {
      if (part > parts) this.refuse(`${what} has too many parts`);
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
    return new Cursor({ tokens: this.tokens.slice(open + 1, this.at - 1), end: close.start });
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
      out.push(new Cursor({ tokens: this.tokens.slice(start, i), end: token?.start ?? this.#end }));
      start = i + 1;
    }
    return out;
  }

  /** Whether a word stands anywhere from here on, not as part of a name. */
  has(word: string): boolean {
    return this.tokens.some((token, i) => i >= this.at && token.key === word && this.tokens[i - 1]?.key !== '.');
  }
}
