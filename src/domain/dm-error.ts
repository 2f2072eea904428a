// Parses the texts of DM's errors. DM nests its errors in their texts: `[code=…:class=…:scope=…:level=…] what: cause`, with
// another head if the cause is again an error of DM, and the Go stack at the end. From 2.0 on the parts have names (`Message:`,
// `RawCause:`, `Workaround:`). All functions here take time linear in the length of any text.

/** The fields in the head of an error. */
export interface ErrorHead {
  readonly code?: number;
  readonly class?: string;
  readonly scope?: string;
  readonly level?: string;
}

/** An error that wraps another one. Without a code it is the text before the first head. */
export interface OuterError extends ErrorHead {
  readonly what: string;
}

export interface ErrorDetail {
  /** while, worker, source, task, lock, database, address, position, statement or gRPC: the kind of value. */
  readonly label: string;
  readonly text: string;
}

/** An error as plain data: the innermost error of DM, which has the reason, and the errors around it. */
export interface DmError extends ErrorHead {
  readonly what: string;
  /** The causes, innermost last. */
  readonly causes: readonly string[];
  /** The workaround that the server suggests. */
  readonly workaround?: string;
  /** Where it happened and with which values, as far as the text reports them. */
  readonly details: readonly ErrorDetail[];
  /** The errors around this one, outermost first. */
  readonly outer: readonly OuterError[];
  /** The JSON of a failed pre-check, unchanged. */
  readonly checkDetail?: string;
  /** The frames of the Go stack, each as `function file:line`. */
  readonly stack: readonly string[];
}

/** Parses a text. Never throws. A text that is not an error of DM becomes `what` and `causes` without a code. */
export function readDmError(text: string): DmError {
  const { rest, stack } = withoutStack(unescaped(text));
  const check = withoutCheckDetail(rest);
  const { before, errors } = byHeads(check.rest);
  const details: ErrorDetail[] = [];
  const prefix = plain(withoutRpc(before, details));
  const inner = errors.pop() ?? { head: {}, body: prefix };
  const outer: OuterError[] = prefix !== '' && inner.body !== prefix ? [{ what: unfinished(prefix) }] : [];
  let workaround: string | undefined;
  for (const { head, body } of errors) {
    const named = namedParts(body);
    workaround = named.workaround ?? workaround;
    const texts = [named.message, ...named.causes].map((t) => unfinished(plain(withoutRpc(t, details)))).filter((t) => t !== '');
    outer.push({ ...head, what: texts.join(': ') });
  }
  const named = namedParts(inner.body);
  const advised = withoutAdvice(named.message);
  const [message, ...raw] = [withoutLocation(advised.message, details), ...named.causes].map((t) => chunksOf(withoutRpc(t, details)));
  const parts = [...(message as string[]), ...raw.flat()];
  const { what, causes } = sorted(parts, details);
  for (const { what: around } of outer) places(around, details);
  places([what, ...causes].join(': '), details, inner.head.code);
  workaround = named.workaround ?? advised.advice ?? workaround;
  return {
    ...inner.head,
    what,
    causes,
    ...(workaround !== undefined && { workaround }),
    details: once(details),
    outer,
    ...(check.detail !== undefined && { checkDetail: check.detail }),
    stack,
  };
}

/** Where in the binlog a statement of DM 2.0 and later failed, and the statement of the source, before the failure itself. */
const LOCATION =
  /^startLocation: \[position: \(([^,()\s]{1,200}), (\d{1,20})\), gtid-set: [^\]]{0,2000}\], endLocation: \[[^\]]{0,2000}\](?:, origin SQL: \[([^\n]{0,4000}?)\])?: (?=\S)/;

/** A message without its location, which becomes a detail. The position has the form that `binlog skip -b` takes. */
function withoutLocation(message: string, details: ErrorDetail[]): string {
  const [whole, file, position, origin = ''] = LOCATION.exec(message) ?? [];
  if (whole === undefined) return message;
  details.push({ label: 'position', text: `${file}:${position}` });
  if (origin !== '') details.push({ label: 'statement', text: origin });
  return message.slice(whole.length);
}

/** Unescapes a text that was copied from JSON: with `\n` and `\"`, possibly with its key. */
function unescaped(text: string): string {
  const whole = text.trim();
  const key = /^"\w{1,40}": *"/.exec(whole)?.[0];
  const isQuoted = key !== undefined || (whole.startsWith('"') && /"[,;]?$/.test(whole) && whole.length > 1);
  const inside = isQuoted ? whole.slice(key?.length ?? 1).replace(/",?$/, '') : whole;
  if (inside.includes('\n')) return inside;
  // A `\n` between quotes may belong to SQL. A `\n` before an indented line belongs to JSON.
  const isEscaped = isQuoted || /\\n(?:\\t|[ \t]|[\w.-]{1,60}\/)/.test(inside) || (inside.includes('\\n') && !/['`]/.test(inside));
  return isEscaped ? inside.replace(ESCAPE, (all, hex, char) => (hex === undefined ? (SHORT[char] ?? all) : shown(all, hex))) : inside;
}

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([ntr"\\/]))/g;
const SHORT: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\', '/': '/' };

/** The character of an escape. A control character stays escaped. */
function shown(all: string, hex: string): string {
  const code = Number.parseInt(hex, 16);
  return code < 0x20 || (code >= 0x7f && code < 0xa0) ? all : String.fromCharCode(code);
}

const FILE = /^(?:\/|[A-Za-z]:[\\/])\S*\.(?:go|s):\d{1,9}$/;
const FUNCTION = /^[\w./*()%{}·-]+$/;

/** A frame is a function, white space (a line break and a tab, or spaces if those were lost), and a file with its line. */
function withoutStack(text: string): { rest: string; stack: string[] } {
  const stack: string[] = [];
  if (!/\.(?:go|s):\d/.test(text)) return { rest: text, stack };
  const kept: string[] = [];
  let from = 0;
  let before: { word: string; end: number; start: number; last: number } | undefined;
  let last = 0; // the end of the word before `before`
  for (const { 0: word, index: start } of text.matchAll(/\S+/g)) {
    const end = start + word.length;
    if (before && FILE.test(word) && FUNCTION.test(before.word) && before.word.includes('.')) {
      kept.push(text.slice(from, Math.max(from, before.last)));
      stack.push(`${before.word} ${word}`);
      from = end;
      last = end;
      before = undefined;
      continue;
    }
    before = { word, start, end, last };
    last = end;
  }
  kept.push(text.slice(from));
  return { rest: kept.join(''), stack };
}

const DETAIL = 'detail: {';

/** The text contains the JSON of the pre-check unchanged, in many lines. */
function withoutCheckDetail(text: string): { rest: string; detail?: string } {
  const at = text.indexOf(DETAIL);
  if (at < 0) return { rest: text };
  const start = at + DETAIL.length - 1;
  const close = text.lastIndexOf('}');
  const end = close < start ? text.length : close + 1;
  return { rest: `${text.slice(0, at).trimEnd()}${text.slice(end)}`, detail: text.slice(start, end) };
}

const HEAD = /\[code=(\d{1,9})(?::class=([^\]:[]{0,60}))?(?::scope=([^\]:[]{0,60}))?(?::level=([^\]:[]{0,60}))?\]/g;

interface Headed {
  readonly head: ErrorHead;
  readonly body: string;
}

/** Splits the text at the heads. */
function byHeads(text: string): { before: string; errors: Headed[] } {
  const heads = [...text.matchAll(HEAD)];
  const errors = heads.map((found, i) => {
    const [all, code, cls, scope, level] = found;
    const head = { code: Number(code), ...(cls && { class: cls }), ...(scope && { scope }), ...(level && { level }) };
    return { head, body: text.slice(found.index + all.length, heads[i + 1]?.index ?? text.length) };
  });
  return { before: text.slice(0, heads[0]?.index ?? text.length), errors };
}

const PART = /(?:^|, )(Message|RawCause|Workaround): ?/g;

/** The named parts of DM 2.0. A text of DM 1.0 is only a message. A repeated part belongs to an error around this one. */
function namedParts(body: string): { message: string; causes: string[]; workaround?: string } {
  const text = body.replace(/^,? ?/, '');
  if (!/^(?:Message|RawCause|Workaround):/.test(text)) return { message: body, causes: [] };
  const found = { Message: [] as string[], RawCause: [] as string[], Workaround: [] as string[] };
  const marks = [...text.matchAll(PART)];
  marks.forEach((mark, i) => {
    const value = text.slice(mark.index + mark[0].length, marks[i + 1]?.index ?? text.length);
    if (value.trim() !== '') found[mark[1] as keyof typeof found].push(value);
  });
  const [message = '', ...more] = found.Message;
  const workaround = plain(found.Workaround.join('\n'));
  return { message, causes: [...more, ...found.RawCause], ...(workaround !== '' && { workaround }) };
}

/** The error of a DDL that the parser rejects has some indented lines of advice between what and cause. */
function withoutAdvice(message: string): { message: string; advice?: string } {
  const start = message.indexOf(':\n\t');
  const end = message.indexOf('\n\t : ', start);
  if (start < 0 || end < 0) return { message };
  return { message: `${message.slice(0, start)}: ${message.slice(end + 5)}`, advice: plain(message.slice(start + 1, end)) };
}

const RPC = /rpc error: code = (\w{1,40}) desc = /g;

/** Removes what gRPC wraps around a text, and keeps its status as a detail. */
function withoutRpc(text: string, details: ErrorDetail[]): string {
  if (!text.includes('rpc error: code = ') && !text.includes('connection error: desc = "')) return text;
  const opened = text.replace(RPC, (_, status: string) => {
    details.push({ label: 'gRPC', text: status });
    return '';
  });
  const marker = 'connection error: desc = "';
  const at = opened.indexOf(marker);
  if (at < 0) return opened;
  const close = opened.lastIndexOf('"');
  const end = close < at + marker.length ? opened.length : close;
  const inside = opened
    .slice(at + marker.length, end)
    .replace(/^transport: /, '')
    .replace(/^Error while dialing /, '')
    .replace(/^dial tcp: /, '');
  return `${opened.slice(0, at)}${inside}${opened.slice(end + 1)}`;
}

const BREAK = /[\n\v\f\r\u0085\u2028\u2029]/;

/** A text in one line. Lines are joined with a space, or with a semicolon after a line that ends in a word. */
function plain(text: string): string {
  const lines = text
    .split(BREAK)
    .map((line) => line.trim().replaceAll('\t', ' '))
    .filter((line) => line !== '');
  return lines.map((line, i) => (i === lines.length - 1 ? line : `${line}${/[:;,.(]/.test(line.at(-1) as string) ? ' ' : '; '}`)).join('');
}

/** The text without a colon or comma at its end. */
function unfinished(text: string): string {
  const end = text.trimEnd();
  return end.endsWith(':') || end.endsWith(',') ? end.slice(0, -1).replace(/, detail$/, '') : end;
}

/** The start of a cause that contains colons itself: it extends to the end of the text. */
const WHOLE =
  /^(?:Error \d|ERROR \d|dial (?:tcp|udp|unix)\b|(?:read|write) (?:tcp|udp|unix)\b|yaml$|toml$|Near line|lookup \S|line \d|x509$|\[parser)/;
const SQL_FOLLOWS = /(?:^|\s)(?:execute|query) statement failed$/;
const CAUSE_WORD = /^(?:EOF|timeout)$/i;

/** Splits a text at `: ` outside quotes: what, then its causes. Statements and errors of drivers are not split. */
function chunksOf(text: string): string[] {
  const line = plain(text);
  const chunks: string[] = [];
  let from = 0;
  let inStatement = false;
  for (const at of [...colons(line), line.length]) {
    const chunk = line.slice(from, at).trim();
    if (WHOLE.test(chunk)) {
      chunks.push(unfinished(line.slice(from).trim()));
      break;
    }
    from = at + 2;
    const last = chunks.at(-1);
    if (chunk === '') continue;
    const isValue = last !== undefined && !/\s/.test(chunk) && !CAUSE_WORD.test(chunk);
    const continues = inStatement ? last !== undefined && !SQL_FOLLOWS.test(last) : isValue;
    if (continues) chunks[chunks.length - 1] = `${last}: ${chunk}`;
    else chunks.push(chunk);
    inStatement ||= SQL_FOLLOWS.test(chunk);
  }
  return chunks.map(unfinished).filter((chunk) => chunk !== '');
}

/** The places of `: ` outside quotes. A quote starts after a space or a bracket, and has an end. Any other mark is an apostrophe. */
function colons(line: string): number[] {
  const found: number[] = [];
  const never = new Set<string>();
  const mark = /['"`]|: |:$/g;
  for (let m = mark.exec(line); m; m = mark.exec(line)) {
    const [char] = m;
    if (char.startsWith(':')) found.push(m.index);
    else if (!never.has(char) && (char === '`' || m.index === 0 || /[\s(,=:@[]/.test(line[m.index - 1] as string))) {
      const close = line.indexOf(char, m.index + 1);
      if (close < 0) never.add(char);
      else mark.lastIndex = close + 1;
    }
  }
  return found;
}

/** A text that only names a place: a detail if another text names the problem. */
const WHILE = /^(?:source \S{1,200}|fetch config of worker \S{1,300}|mysql-instance\S{0,20})$/;
const EXTRA = '%!(EXTRA string=';
const INJECTED = /^injected DDL (.*);? without schema/s;

/** What and its causes. Statements and places become details. */
function sorted(parts: readonly string[], details: ErrorDetail[]): { what: string; causes: string[] } {
  const rest: string[] = [];
  let statementNext = false;
  parts.forEach((part, i) => {
    if (statementNext && !WHOLE.test(part)) details.push({ label: 'statement', text: part });
    else if (i < parts.length - 1 && WHILE.test(part)) details.push({ label: 'while', text: part });
    else {
      // Go appends arguments without a placeholder in this way: here, the statement
      const at = part.endsWith(')') ? part.indexOf(EXTRA) : -1;
      const statement = at < 0 ? INJECTED.exec(part)?.[1] : part.slice(at + EXTRA.length, -1);
      if (statement !== undefined) details.push({ label: 'statement', text: statement });
      rest.push(at < 0 ? part : part.slice(0, at).trimEnd());
    }
    statementNext = SQL_FOLLOWS.test(part);
  });
  const [what = '', ...causes] = rest;
  return { what, causes };
}

const ADDRESS = '(?:\\[[0-9a-fA-F:.]{2,45}\\]|[\\w.-]{1,253}):\\d{1,5}';

/** The patterns of places in a text, by label. Each starts with literal text, so that matching is fast. */
const PLACES: readonly (readonly [label: string, pattern: RegExp])[] = [
  ['worker', new RegExp(`\\b(?:worker|owner) (${ADDRESS})(?![\\w.])`)],
  ['worker', new RegExp(`^(${ADDRESS}) relevant worker-client`)],
  ['address', new RegExp(`\\bdial tcp (${ADDRESS})(?![\\w.])`)],
  ['database', /\bopen DSN (\S{1,300}?)(?=: |$)/],
  ['task', /\b(?:sub task(?: with name)?|of task) ([^\s,]{1,200}) (?:not found|already exists|current stage|has started|on worker)/],
  ['task', /^task (\S{1,200}) (?:has no workers|and worker)/],
  ['task', /\bof subtask (\S{1,200})\s*(?:: |$)/],
  ['source', /\bsource ([^\s:,]{1,200})(?: in deployment|: |$)/],
  ['lock', /\block (?:with ID )?(.{1,300}?) (?:not found|owner Execute|is resolving)/],
  ['lock', /\bDDLLockInfo with ID (.{1,300}?) not found/],
  ['position', /(?<![\w.-])([\w.-]{1,200}\|\d{1,9}\.\d{1,12}:\d{1,12})(?!\d)/],
  ['position', /\(([^\s(),]{1,200}, \d{1,12})\)/],
  ['position', /\blog file (\S{1,200} from offset \d{1,12})/],
];

/** The master could not reach a worker: the address is the worker's. */
const NO_WORKER = 38008;

function places(text: string, details: ErrorDetail[], code?: number): void {
  for (const [label, pattern] of PLACES) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) details.push({ label: label === 'address' && code === NO_WORKER ? 'worker' : label, text: found });
  }
}

/** Each detail once. */
function once(details: readonly ErrorDetail[]): ErrorDetail[] {
  return [...new Map(details.map((d) => [`${d.label} ${d.text}`, d])).values()];
}
