// Generates flags, the arguments of `set` and lists for help from the table of settings. (Values: resolve.ts.)

import type { FlagSpec } from '../command/flags.ts';
import type { CommandSpec } from '../command/spec.ts';
import type { Setting } from './setting.ts';

/** The flag of a setting. */
export function settingFlag({ name, kind, flag, values }: Setting): FlagSpec {
  return {
    name,
    ...(flag.short && { short: flag.short, oneDash: true }),
    usage: flag.usage,
    ...(kind === 'switch' ? { kind: 'bool' } : { kind: 'string', values }),
    ...(!flag.original && { extension: true }),
    ...(flag.forReading && { forReading: true }),
  };
}

/** The flags that every command takes. */
export function lineFlags(settings: readonly Setting[]): readonly FlagSpec[] {
  return settings.filter((s) => s.flag.everyLine).map(settingFlag);
}

/** The keys of the configuration file, which are also the rows of `config show`. */
export function fileSettings(settings: readonly Setting[]): readonly Setting[] {
  return settings.filter((s) => !s.flagOnly);
}

/** The settings that `set` can change. */
export function settableSettings(settings: readonly Setting[]): readonly Setting[] {
  return settings.filter((s) => s.settable);
}

/** The arguments of `set`: a setting and the kind of its values. */
export function setArguments(settings: readonly Setting[]): CommandSpec['args'] {
  const found = settableSettings(settings);
  return {
    min: 2,
    max: 2,
    names: ['<setting>', '<value>'],
    kinds: [{ oneOf: found.map((s) => s.name) }, { after: Object.fromEntries(found.map((s) => [s.name, s.values])) }],
  };
}

/** Names and summaries in two columns, one per line. */
export function describeSettings(settings: readonly Setting[], prefix = ''): string {
  const width = Math.max(...settings.map((s) => s.name.length)) + prefix.length + 2;
  return settings.map((s) => `  ${(prefix + s.name).padEnd(width)}${s.summary}\n`).join('');
}
