// SQL text to tokens with their places, by the rules of DM 1.0: `"` is a string, a backslash escapes inside strings,
// `--` is a comment only before white space, and the content of `/*! … */` counts as if the marks were not there.

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'variable' | 'symbol' | 'bad';
  readonly start: number;
  readonly end: number;
  /** A bare word in upper case (only ASCII letters, as for keywords) or the symbol itself. '' for all other tokens. */
  readonly key: string;
  /** What is wrong with a bad token. */
  readonly reason?: string;
}

export interface Scan {
  readonly tokens: readonly Token[];
  /** A string, quoted name or comment without an end: nothing after its start can be read. */
  readonly unclosed?: Token;
}

const SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const SPACES = new RegExp(`${SPACE.source}+`, 'y');
const WORD = /[A-Za-z0-9_$\u0080-\uffff]+/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const VARIABLE = /@@?[A-Za-z0-9_$.\u0080-\uffff]+/y;
const BANG = /\/\*!(?:M?\d{5,6})?/y;

/** The text without Unicode white space at both ends, as Go trims. A byte order mark stays. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text.charAt(start))) start += 1;
  while (end > start && SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Scans the whole text. Spaces and comments produce no token. */
export function scan(text: string): Scan {
  const tokens: Token[] = [];
  let at = 0;
  let bang = -1; // where the open `/*!` starts
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (kind: Token['kind'], end: number, key = '', reason?: string): void => {
    tokens.push({ kind, start: at, end, key, ...(reason === undefined ? {} : { reason }) });
    at = end;
  };
  const unclosed = (reason: string): Scan => ({ tokens, unclosed: { kind: 'bad', start: at, end: text.length, key: '', reason } });

  while (at < text.length) {
    const char = text.charAt(at);
    const space = match(SPACES);
    if (space !== undefined) at += space.length;
    else if (char === '#' || (char === '-' && startsLineComment(text, at))) at = lineEnd(text, at, bang >= 0);
    else if (text.startsWith('/*!', at)) {
      bang = at;
      at += (match(BANG) as string).length;
    } else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      if (close < 0) return unclosed('the comment is not closed: add */');
      at = close + 2;
    } else if (bang >= 0 && text.startsWith('*/', at)) {
      bang = -1;
      at += 2;
    } else if (char === "'" || char === '"' || char === '`') {
      const end = quoteEnd(text, at);
      if (end < 0 && char === '`') return unclosed('the name is not closed: add a backtick');
      if (end < 0) return unclosed(`the string is not closed: add ${char}, or write ${char}${char} for a quote inside it`);
      push(char === '`' ? 'quoted' : 'string', end);
    } else if (isDigit(char) || (char === '.' && isDigit(text.charAt(at + 1)) && !followsName(tokens, at))) {
      const number = match(NUMBER) as string;
      const word = bare(match(WORD));
      // digits with letters after them are a name, as in 1st_table
      if (word.length > number.length && !/[.+-]/.test(number)) push('word', at + word.length, upper(word));
      else if (Number.isFinite(Number(number)) || !/e/i.test(number)) push('number', at + number.length);
      else push('bad', at + number.length, '', 'the number is too large');
    } else if (text.startsWith('\\N', at))
      push('number', at + 2); // another way to write NULL
    else if (char === '@') {
      const variable = match(VARIABLE);
      if (variable === undefined) push('symbol', at + 1, char);
      else push('variable', at + variable.length);
    } else {
      const word = bare(match(WORD));
      if (word && text.charAt(at + word.length) === "'" && /^[xXbB]$/.test(word)) {
        const end = quoteEnd(text, at + 1);
        if (end < 0) return unclosed("the string is not closed: add '");
        const reason = badDigits(word, text.slice(at + 2, end - 1));
        push(reason === undefined ? 'string' : 'bad', end, '', reason);
      } else if (word) push('word', at + word.length, upper(word));
      else {
        const reason = badCharacter(text.codePointAt(at) as number);
        if (reason === undefined) push('symbol', at + 1, char);
        else push('bad', at + String.fromCodePoint(text.codePointAt(at) as number).length, '', reason);
      }
    }
  }
  // An open mark with a */ somewhere after it (for example inside a string) can be read either way: accept it.
  if (bang >= 0 && !text.includes('*/', bang + 3)) {
    at = bang;
    return unclosed('the comment is not closed: add */');
  }
  return { tokens };
}

/** Upper case of ASCII letters only: `ſ` is not an S and `K` (the Kelvin sign) is not a K to the keywords. */
export function upper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** The word up to the first character beyond U+FFFF: bare names cannot contain such characters. */
const bare = (word = ''): string => word.split(/[\ud800-\udbff][\udc00-\udfff]/, 1)[0] as string;

const isDigit = (char: string): boolean => char >= '0' && char <= '9';

/** Whether a name ends directly before the place, so that a dot there joins names and does not start a number. */
function followsName(tokens: readonly Token[], at: number): boolean {
  const last = tokens.at(-1);
  return last !== undefined && last.end === at && (last.kind === 'word' || last.kind === 'quoted');
}

function startsLineComment(text: string, at: number): boolean {
  return text.charAt(at + 1) === '-' && (at + 2 >= text.length || SPACE.test(text.charAt(at + 2)));
}

/** Where a line comment ends: only at \n, or inside a `/*!` comment also before its end mark. */
function lineEnd(text: string, at: number, inBang: boolean): number {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline + 1;
  const close = inBang ? text.indexOf('*/', at) : -1;
  return close >= 0 && close < end ? close : end;
}

/** The place after the closing quote, or -1 if there is none. A doubled quote means one quote. */
function quoteEnd(text: string, at: number): number {
  const quote = text.charAt(at);
  for (let i = at + 1; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\' && quote !== '`') i += 1;
    else if (char === quote) {
      if (text.charAt(i + 1) !== quote) return i + 1;
      i += 1;
    }
  }
  return -1;
}

function badDigits(prefix: string, digits: string): string | undefined {
  if (upper(prefix) === 'B') return /^[01]*$/.test(digits) ? undefined : 'a bit literal has digits other than 0 and 1';
  return /^(?:[0-9a-fA-F]{2})*$/.test(digits) ? undefined : 'a hexadecimal literal needs an even number of digits 0-9 and A-F';
}

function badCharacter(code: number): string | undefined {
  if (code === 0) return 'there is a NUL character outside quotes: remove it';
  if (code > 0xffff) return 'characters such as emoji are allowed only in quotes or backticks';
  if (code < 0x20 || code === 0x7f) return 'there is a control character outside quotes: remove it';
  if (code === 0x5c) return 'there is a backslash outside quotes: do not use commands of the mysql client such as \\G here';
  if (code === 0x5b || code === 0x5d) return 'square brackets do not quote names: use backticks';
  return undefined;
}
