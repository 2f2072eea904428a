// The grey text after the cursor: how the line went on before or, failing that, what of the command is still to be typed.

import type { CommandRegistry } from '../../command/registry.ts';
import { LEFT_OUT } from '../../repl/history/redact.ts';
import { type CompletionContext, contextAt } from './context.ts';
import { wordAtCursor } from './word-at-cursor.ts';

/** What may follow the line; empty where nothing does. */
export function inlineHint(line: string, entries: readonly string[], registry: CommandRegistry): string {
  if (line.trim() === '') return '';
  for (let i = entries.length - 1; i >= 0; i -= 1) {
    const entry = entries[i] as string;
    if (entry.length > line.length && entry.startsWith(line) && !entry.includes('\n') && !entry.endsWith(LEFT_OUT)) {
      return entry.slice(line.length);
    }
  }
  return argumentHint(line, registry);
}

/** The arguments of the command, and the flags that it must have, that are still to be typed, as its usage names them. */
export function argumentHint(line: string, registry: CommandRegistry): string {
  const cut = wordAtCursor(line, line.length);
  if (!cut) return '';
  const { before, word, quote } = cut;
  const between = line.length === cut.from; // nothing is typed of the next word
  const place = contextAt(between ? before : [...before, word], '', { registry });
  if (quote !== '' && !line.endsWith(quote)) return '';
  const { command } = place;
  if (!command) return '';
  if (!between && word.startsWith('-') && !isWhole(word, place.flags)) return '';
  const parts = (command.usage.match(/<[^>]*>|\[[^\]]*\]/g) ?? []).filter((p) => !isFlag(p) || p.startsWith('<'));
  const flags = parts.filter((p) => isFlag(p) && !place.flags.some((f) => place.parsed.has(f.name) && names(p, f.name, f.short)));
  const args = parts.filter((p) => !isFlag(p)).slice(place.expects === 'nothing' ? Number.POSITIVE_INFINITY : place.args);
  const value = place.expects === 'value' && place.flag ? [`<${kindName(place.flag)}>`] : [];
  const rest = [...value, ...flags, ...args].join(' ');
  return rest === '' || between ? rest : ` ${rest}`;
}

/** Whether the word is a flag that was typed to its end. */
function isWhole(word: string, flags: CompletionContext['flags']): boolean {
  return word.includes('=') || flags.some((f) => word === `--${f.name}` || word === `-${f.short}`);
}

const isFlag = (part: string): boolean => /^.-/.test(part);

/** Whether a part of the usage is about a flag: `<-w worker ...>` is about --worker. */
function names(part: string, flag: string, short: string | undefined): boolean {
  return part.startsWith(`<--${flag}`) || (short !== undefined && part.startsWith(`<-${short}`));
}

function kindName({ name, values }: { name: string; values?: unknown }): string {
  return typeof values === 'string' && values !== 'none' ? values : name;
}
