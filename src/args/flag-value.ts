// Reads the values of flags, once, as commander's argument parsers. The rules and messages are Go's.

import type { FlagSpec, FlagValue } from '../command/flags.ts';
import { goQuote } from '../text/quote.ts';
import { readCsv } from './csv.ts';
import { FlagError, LIST_SEPARATOR } from './pflag.ts';

/** Reads a bool as Go's strconv.ParseBool does; undefined for any other text. */
export function parseBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  return undefined;
}

/** The argument parser that commander calls with each text of a flag. Throws FlagError with pflag's message. */
export function flagParser(flag: FlagSpec): (text: string) => FlagValue {
  const reject = (text: string, reason: string): FlagError => {
    const shown = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
    return new FlagError(`invalid argument ${goQuote(text)} for "${shown}" flag: ${reason}`);
  };
  switch (flag.kind) {
    case 'string':
      return (text) => text;
    case 'bool':
      return (text) => {
        const value = parseBool(text);
        if (value === undefined) throw reject(text, `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`);
        return value;
      };
    case 'int':
      return (text) => {
        if (!/^[+-]?\d{1,15}$/.test(text)) throw reject(text, `strconv.ParseInt: parsing ${goQuote(text)}: invalid syntax`);
        return Number(text);
      };
    case 'strings':
      return (text) => text.split(LIST_SEPARATOR).flatMap((part) => listItems(part, (reason) => reject(part, reason), flag));
  }
}

/** The items of a list. An empty item is an error: dropping it could widen the command to all workers. */
function listItems(text: string, reject: (reason: string) => FlagError, { name, short, emptyItems }: FlagSpec): readonly string[] {
  let items: string[];
  try {
    items = readCsv(text);
  } catch (e) {
    throw reject((e as Error).message);
  }
  if (emptyItems) return text === '' ? [] : items;
  if (items.length > 0 && items.every((item) => item.trim() !== '')) return items;
  const shown = short ? `-${short}` : `--${name}`;
  const what = text.trim() === '' ? 'the value is empty' : 'a value in the list is empty';
  throw reject(`${what}. Write ${shown} VALUE, or ${shown} VALUE,VALUE for several values, or leave out the flag`);
}
