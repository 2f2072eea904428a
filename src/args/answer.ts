// Turns the answer to a guided prompt into words of the line. Pure.

import type { CommandRegistry } from '../command/registry.ts';
import { quoteWord } from '../text/suggested-command.ts';
import { findCommand, findInnermost } from './find-command.ts';
import type { Draft, Question } from './missing.ts';

export interface Answer {
  readonly kind: 'flag' | 'argument';
  readonly words: readonly string[];
}

/** The words of an answer. Empty for a bool flag, which has no value. */
export function answerWords(question: Exclude<Question, { about: 'choice' }>, values: readonly string[]): Answer {
  if (question.about === 'argument') return { kind: 'argument', words: values };
  const { name, short, kind } = question.flag;
  const flag = short ? `-${short}` : `--${name}`;
  if (kind === 'bool') return { kind: 'flag', words: [flag] };
  return { kind: 'flag', words: [flag, kind === 'strings' ? values.map(csvItem).join(',') : values.join('')] };
}

/** An item of a list as a list flag reads it. */
const csvItem = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Adds an answer to the words: flags go after the command's name and the flags asked for before, arguments
 * go to the end.
 * @param before how many words these flags are
 */
export function withAnswer(
  words: readonly string[],
  { kind, words: more }: Answer,
  before: number,
  registry: CommandRegistry,
): readonly string[] {
  const flagsFrom = endOfName(words, registry) + before;
  if (kind === 'flag') return [...words.slice(0, flagsFrom), ...more, ...words.slice(flagsFrom)];
  const ends = more.some((word) => word.startsWith('-')) && !words.slice(flagsFrom).includes('--');
  return [...words, ...(ends ? ['--'] : []), ...more];
}

/** The index after the command's name; after the wrapped command's name if there is one. */
function endOfName(words: readonly string[], { dialect, builtins }: CommandRegistry): number {
  const inner = findInnermost(words, { dialect, builtins });
  const at = inner >= 0 ? inner : findCommand(words, dialect.globalFlags);
  const lengths = [...dialect.commands, ...builtins]
    .map((c) => c.name.split(' '))
    .filter((parts) => parts.every((part, i) => words[at + i] === part))
    .map((parts) => parts.length);
  return at + Math.max(1, ...lengths);
}

/** The line as it can be typed at the prompt, where SQL is not quoted. */
export function lineText(words: readonly string[], { command, parsed }: Pick<Draft, 'command' | 'parsed'>): string {
  const [, sql, ...more] = parsed.args;
  const verbatim = 'sqlTail' in command && command.sqlTail === true && more.length === 0 && sql !== undefined && sql === words.at(-1);
  if (!verbatim) return words.map(quoteWord).join(' ');
  return [...words.slice(0, -1).map(quoteWord), sql].join(' ');
}
