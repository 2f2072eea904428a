// Configuration texts, YAML or TOML, with the passwords in them left out. It goes by lines and not by a parser: a text
// that does not parse, and a line in a comment, have passwords too. In doubt it takes more.

const MASK = '******';

/** A key whose name ends in password, with or without quotes, and what stands between it and its value. */
const KEY = /(?<![\w-])(["']?)[\w.-]*password\1[ \t]*(?:=|:(?=[\s"']|$))[ \t]*/gi;

/** Values in quotes of either language, also over several lines. */
const QUOTED = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'/y;

/** The text with ****** for each value of a key that ends in `password`; every other byte stays. Empty values stay, too. */
export function withoutPasswords(text: string): string {
  let out = '';
  let from = 0;
  for (const key of text.matchAll(KEY)) {
    const at = key.index + key[0].length;
    if (key.index < from) continue; // inside a value that is left out already
    const { end, mask } = valueAt(text, key.index, at);
    out += text.slice(from, at) + mask;
    from = end;
  }
  return out + text.slice(from);
}

function valueAt(text: string, keyAt: number, at: number): { end: number; mask: string } {
  QUOTED.lastIndex = at;
  const quoted = QUOTED.exec(text)?.[0];
  if (quoted !== undefined) {
    const mark = /^("""|'''|"|')/.exec(quoted)?.[0] as string;
    return { end: at + quoted.length, mask: quoted.length === 2 * mark.length ? quoted : mark + MASK + mark };
  }
  const lineAt = text.lastIndexOf('\n', keyAt - 1) + 1;
  const before = text.slice(lineAt, keyAt);
  const lineEnd = endOfLine(text, at);
  const line = text.slice(at, lineEnd);
  const inline = before.split('{').length > before.split('}').length;
  if (inline) {
    const [value = ''] = /^[^,}\]]*/.exec(line) ?? [];
    const bare = value.trimEnd();
    return { end: at + bare.length, mask: bare === '' ? '' : MASK };
  }
  const comment = /(?:^|[ \t]+)#.*$|[ \t]+$|\r$/.exec(line);
  const bare = line.slice(0, comment?.index ?? line.length).replace(/,$/, '');
  // A value may go on, or begin, in lines that are further to the right than its key.
  const rest = before.includes('#') ? '' : deeperLines(text.slice(lineEnd), keyAt - lineAt);
  if (rest === '') return { end: at + bare.length, mask: bare === '' ? '' : MASK };
  const end = lineEnd + rest.length;
  const lead = /^[|>]/.test(bare) || bare === '' ? `${line}\n${' '.repeat(keyAt - lineAt + 2)}` : '';
  return { end, mask: lead + MASK };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The lines that follow and stand further to the right, with blank ones between them; it begins with a line break. */
function deeperLines(rest: string, column: number): string {
  return new RegExp(`^(?:(?:\\r?\\n[ \\t]*)*\\r?\\n[ \\t]{${column + 1},}[^ \\t\\r\\n][^\\r\\n]*)+`).exec(rest)?.[0] ?? '';
}
