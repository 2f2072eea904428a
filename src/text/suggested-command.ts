// Command lines for copying: known values replace `<task>`, `<worker>` and other placeholders. Names come from the network, so a
// value must never change the meaning of its template. A value that cannot be pasted safely leaves its placeholder, and a line
// with a placeholder is rejected.

/** Values by the names of their placeholders. */
export type Values = Readonly<Record<string, string | undefined>>;

/** Where the line is typed: at the prompt, or in a shell of the system. */
export type Place = 'prompt' | 'shell';

const PLACEHOLDER = /^<([a-z][a-z. -]*)>$/;

/** Whether a word is a placeholder. */
export const isPlaceholder = (word: string): boolean => PLACEHOLDER.test(word);

/** A word that needs no quotes in a shell or at our prompt. */
const PLAIN = /^[\w./:@%+,-][\w./:@%+,=-]*$/;

/**
 * The word, quoted if necessary, for a POSIX shell and for our prompt. Both join adjacent quoted pieces into one word and take
 * everything between single quotes literally.
 */
export function quoteWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

/** Characters that end a line, control a terminal or are invisible. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;
const LONGEST = 500;

/** The required form of a value by its placeholder, so that the line has exactly one meaning. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  task: /^[^*?]+$/, // a pattern matches several tasks
  worker: /^[^-,"\s][^,"\s]*$/, // a comma makes it two workers
  position: /^[^-|:\s][^|:\s]*\|\d+\.\d+:\d+$/, // DM matches no other form
};

/** Whether a value can replace a placeholder without changing the meaning of the line. */
export function isPastable(name: string, value: string): boolean {
  if (value.trim() !== value || value === '' || value.length > LONGEST) return false;
  if (UNSEEN.test(value) || isPlaceholder(value)) return false;
  if (value.endsWith(';')) return false; // the prompt drops it
  return SHAPES[name]?.test(value) ?? true;
}

/**
 * The command line of a template such as `sql-skip -w <worker> -b <position> <task>`. Flags precede names in it.
 * @param values the known values. Unsafe ones are treated as unknown.
 * @param place `shell` adds dmctl at the start, and quotes around placeholders
 */
export function suggest(template: string, values: Values = {}, place: Place = 'prompt'): string {
  const line: string[] = place === 'shell' && !template.startsWith('dmctl ') ? ['dmctl'] : [];
  let previous = '';
  for (const word of template.split(' ')) {
    const name = PLACEHOLDER.exec(word)?.[1];
    const value = name === undefined ? undefined : values[name];
    // Our prompt rejects a bare placeholder. A shell would treat its brackets as redirections.
    const placeholder = place === 'shell' ? quoteWord(word) : word;
    if (name === undefined) line.push(word);
    else if (value === undefined || !isPastable(name, value)) line.push(placeholder);
    else if (!value.startsWith('-')) line.push(quoteWord(value));
    else if (takesValue(previous)) line.push(placeholder);
    else line.push(...(line.includes('--') ? [] : ['--']), quoteWord(value));
    previous = word;
  }
  return line.join(' ');
}

/** Flags of templates that take no value. */
const BOOLEAN = new Set(['--skip', '--exec', '--force-remove']);

const takesValue = (word: string): boolean => word.startsWith('-') && !BOOLEAN.has(word);
