// A fresh commander tree for each line: it holds and runs the one command that the line names.

import { Command, Option } from 'commander';
import type { FlagValue, Scanned } from './flags.ts';
import type { FlagSpec, Given } from './spec.ts';

/** Hands the scanned flags to a commander tree of this one command, and takes back what its action was given. */
export function give(name: string, scanned: Scanned, flags: readonly FlagSpec[]): Given {
  let result: Given | undefined;
  const root = new Command('dmctl').exitOverride().helpCommand(false);
  const command = root.command(name).exitOverride().helpOption(false).argument('[args...]');
  for (const flag of flags) {
    const option = new Option(`${flag.short ? `-${flag.short}, ` : ''}--${flag.name}${flag.kind === 'bool' ? '' : ' <value>'}`);
    command.addOption(flag.kind === 'strings' ? option.argParser((v: string, all: string[] = []) => [...all, v]) : option);
  }
  command.action((args: string[]) => {
    const values = new Map(flags.map((f) => [f.name, command.getOptionValue(attribute(f.name)) as FlagValue | undefined]));
    result = {
      args,
      workers: (values.get('worker') as string[] | undefined) ?? [],
      text: (flag) => (values.get(flag) as string | undefined) ?? '',
      on: (flag) => values.get(flag) === true,
    };
  });
  root.parse([name, ...canonical(scanned), '--', ...scanned.args], { from: 'user' });
  return result as unknown as Given;
}

/** The flags again, in the one form that commander reads as it was meant. */
function canonical(scanned: Scanned): string[] {
  return [...scanned.values].flatMap(([name, value]) => {
    if (value === false) return [];
    if (value === true) return [`--${name}`];
    return Array.isArray(value) ? value.map((v) => `--${name}=${v}`) : [`--${name}=${value}`];
  });
}

/** The key under which commander keeps an option. */
function attribute(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
