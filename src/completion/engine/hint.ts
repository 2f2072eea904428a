// The gray text after the cursor: the rest of a line from the history, or the missing arguments of the command.

import type { CommandRegistry } from '../../command/registry.ts';
import { LEFT_OUT } from '../../repl/history/redact.ts';
import { type CompletionContext, contextAt } from './context.ts';
import { wordAtCursor } from './word-at-cursor.ts';

/** The hint for a line; empty if there is none. */
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

/** The missing arguments and required flags of the command, as in its usage. */
export function argumentHint(line: string, registry: CommandRegistry): string {
  const cut = wordAtCursor(line, line.length);
  if (!cut) return '';
  const { before, word, quote } = cut;
  const between = line.length === cut.from; // the next word has not been started
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

/** Whether the word is a complete flag. */
function isWhole(word: string, flags: CompletionContext['flags']): boolean {
  return word.includes('=') || flags.some((f) => word === `--${f.name}` || word === `-${f.short}`);
}

const isFlag = (part: string): boolean => /^.-/.test(part);

/** Whether a part of the usage describes a flag: `<-w worker ...>` describes --worker. */
function names(part: string, flag: string, short: string | undefined): boolean {
  return part.startsWith(`<--${flag}`) || (short !== undefined && part.startsWith(`<-${short}`));
}

function kindName({ name, values }: { name: string; values?: unknown }): string {
  return typeof values === 'string' && values !== 'none' ? values : name;
}
