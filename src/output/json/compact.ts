// Converts JSON in Go's layout to one line, without white space and with only the escapes that JSON requires.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const U = 0x75;
/** Bytes of `\u1234`. */
const LONG = 6;

/** The form of the long escapes in the output of JSON.stringify. All others stay unchanged. */
const SHORTER = new Map(
  ['\u0008', '\u000c', '<', '>', '&', '\u2028', '\u2029', '\ufffd'].map((char) => [
    `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    Buffer.from({ '\u0008': '\\b', '\u000c': '\\f' }[char] ?? char),
  ]),
);

/** The text in one line, in chunks as they arrive, equal to the output of JSON.stringify for the value. */
export function* compactJson(chunks: Iterable<string | Buffer>): Generator<Buffer> {
  const held = Buffer.alloc(LONG);
  let escaped = 0;
  let quoted = false;
  for (const chunk of chunks) {
    const source = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const out = Buffer.allocUnsafe(source.length + LONG); // nothing becomes longer; an escape may have started before
    let end = 0;
    for (let at = 0; at < source.length; at += 1) {
      const byte = source[at] as number;
      if (escaped > 0 || (quoted && byte === BACKSLASH)) {
        held[escaped++] = byte;
        if (escaped === 1 || (held[1] === U && escaped < LONG)) continue;
        const short = escaped === LONG ? SHORTER.get(held.toString('latin1')) : undefined;
        const shown = short ?? held.subarray(0, escaped);
        for (let i = 0; i < shown.length; i += 1) out[end++] = shown[i] as number;
        escaped = 0;
      } else if (quoted || byte > 0x20) {
        if (byte === QUOTE) quoted = !quoted;
        out[end++] = byte;
      }
    }
    yield out.subarray(0, end);
  }
  yield Buffer.from('\n');
}
