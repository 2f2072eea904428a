// Patterns for passwords in a line. Each takes time linear in the length of the line, for any line: every
// repetition has a limit, and patterns within one word are matched word by word.

interface Secret {
  readonly what: string;
  found(line: string): boolean;
}

const pattern = (what: string, regexp: RegExp): Secret => ({ what, found: (line) => regexp.test(line) });

/** Matches patterns one after another, each from the end of the one before: `.*` between them would be quadratic. */
const sequence = (what: string, ...regexps: readonly RegExp[]): Secret => ({
  what,
  found: (line) => {
    let at = 0;
    return regexps.every((regexp) => {
      const later = new RegExp(regexp.source, `${regexp.flags}g`);
      later.lastIndex = at;
      const found = later.test(line);
      at = later.lastIndex;
      return found;
    });
  },
});

const inWord = (what: string, found: (word: string) => boolean): Secret => ({
  what,
  found: (line) => line.includes('@') && line.split(/\s/).some(found),
});

/** Programs whose -p takes a password. */
const CLIENTS = /\b(?:mysql|mariadb|mycli|mydumper|myloader|dumpling|sysbench|xtrabackup|mariabackup|innobackupex|gh-ost|pt-)/i;
/** Flags of this program that start with -p. */
const OWN_P = '(?!(?:ager|rofile|rotocol)(?:[\\s=]|$))';

const SECRETS: readonly Secret[] = [
  pattern(
    'password=…, PASSWORD(\'…\'), "master_password": …, with anything that quotes around the name',
    /(?:pass(?:word|wd|phrase)?|pwd|secret|token)["'`]?\s{0,99}(?::?=|:|\()\s{0,99}\S/i,
  ),
  pattern("OPTIONS (PASSWORD '…')", /(?:passw(?:or)?d|passphrase)\s{0,99}["'][^\s"',;)]/i),
  pattern('SET PASSWORD', /\bset\s{1,99}password\b/i),
  pattern('--password …', /(?:^|\s)["']?--?[\w-]{0,99}(?:password|passwd|pwd)["']?\s{1,99}\S/i),
  pattern('mysql -pSECRET', new RegExp(`(?:^|\\s)["']?-p${OWN_P}[^\\s-]`)),
  sequence('mysql -p SECRET', CLIENTS, /\s["']?-p["']?\s{1,99}\S/),
  sequence('IDENTIFIED … BY, AS or USING', /\bidentified\b/i, /\b(?:by|as|using)\b/i),
  pattern("AES_ENCRYPT('…', '…')", /_(?:en|de)crypt\s{0,99}\(/i),
  inWord('user:password@host, also in a URL or before a MySQL address', (word) => {
    const host = word.lastIndexOf('@');
    const scheme = word.indexOf('//') + 2;
    const colon = word.indexOf(':', scheme < 2 ? 1 : scheme);
    return colon >= 0 && colon + 1 < host && host + 1 < word.length;
  }),
];

/** An SQL comment; one without an end goes to the end of the line. */
const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/g;

/** Whether a line seems to contain a password. SQL comments may separate words. */
export function hasSecret(line: string): boolean {
  const bare = line.includes('/*') ? line.replace(COMMENT, ' ') : line;
  return SECRETS.some((s) => s.found(line) || (bare !== line && s.found(bare)));
}
