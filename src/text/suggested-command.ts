// Command lines to be copied: what is known of a case takes the place of `<task>`, `<worker>` and the like. Names come
// from the network, so a line never means more than its template: what cannot be pasted safely leaves its placeholder,
// and a line with a placeholder is refused wherever it is typed.

/** What takes the place of placeholders, by their names. */
export type Values = Readonly<Record<string, string | undefined>>;

/** Where a line is to be typed: at the prompt, or in a shell of the system. */
export type Place = 'prompt' | 'shell';

const PLACEHOLDER = /^<([a-z][a-z. -]*)>$/;

/** Whether a word stands for something that has to be filled in. */
export const isPlaceholder = (word: string): boolean => PLACEHOLDER.test(word);

/** A word that no shell and no line of ours changes. */
const PLAIN = /^[\w./:@%+,-][\w./:@%+,=-]*$/;

/**
 * The word in quotes where it needs them: for a POSIX shell and for our own prompt alike, since both take quoted pieces
 * without a blank between them for one word, and nothing between single quotes for anything but itself.
 */
export function quoteWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

/** Characters that end a line, steer a terminal or are not seen. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;
const LONGEST = 500;

/** What a value must look like, by its placeholder, so that the line means this one thing. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  task: /^[^*?]+$/, // a pattern means many
  worker: /^[^-,"\s][^,"\s]*$/, // a comma makes two of it
  position: /^[^-|:\s][^|:\s]*\|\d+\.\d+:\d+$/, // DM matches no other form
};

/** Whether a value can take the place of a placeholder, and the line means no more by it. */
export function isPastable(name: string, value: string): boolean {
  if (value.trim() !== value || value === '' || value.length > LONGEST) return false;
  if (UNSEEN.test(value) || isPlaceholder(value)) return false;
  if (value.endsWith(';')) return false; // the prompt drops it
  return SHAPES[name]?.test(value) ?? true;
}

/**
 * The line of a template such as `sql-skip -w <worker> -b <position> <task>`. Flags stand before names in it.
 * @param values what is known; what cannot be pasted safely counts as not known
 * @param place `shell` puts dmctl before it, and quotes around placeholders
 */
export function suggest(template: string, values: Values = {}, place: Place = 'prompt'): string {
  const line: string[] = place === 'shell' && !template.startsWith('dmctl ') ? ['dmctl'] : [];
  let previous = '';
  for (const word of template.split(' ')) {
    const name = PLACEHOLDER.exec(word)?.[1];
    const value = name === undefined ? undefined : values[name];
    // At our prompt a placeholder is refused as it is; a shell would take its brackets for files.
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
