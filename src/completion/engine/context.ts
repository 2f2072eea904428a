// Determines what is expected at a place of a line: the name of a command, a flag, the value of a flag, or an argument.

import { commonFlagsBeside } from '../../args/common-flags.ts';
import { isRepeatable } from '../../args/find-command.ts';
import { HELP_FLAG } from '../../args/pflag.ts';
import type { BuiltinCommand, CommandRegistry } from '../../command/registry.ts';
import type { CommandSpec, FlagSpec } from '../../command/spec.ts';

/** The input of a completion. */
export interface CompletionSetup {
  readonly registry: CommandRegistry;
  /** The flags of the program itself, if they can be given: one dash or two, before and after the command. */
  readonly program?: readonly FlagSpec[];
}

export type Command = CommandSpec | BuiltinCommand;

export interface CompletionContext {
  readonly expects: 'command' | 'flag' | 'value' | 'argument' | 'nothing';
  readonly command?: Command;
  /** Whether `help` was typed, so that a command is expected. */
  readonly topic: boolean;
  /** The flag whose value is expected. */
  readonly flag?: FlagSpec;
  /** The part of the word before the value, as in --worker=a. */
  readonly head: string;
  /** Arguments and flags that were given before. */
  readonly args: number;
  readonly typed: readonly string[];
  readonly parsed: ReadonlySet<string>;
  /** Flags that are allowed here. */
  readonly flags: readonly FlagSpec[];
  /** Those that need only one dash. */
  readonly goStyle: readonly FlagSpec[];
}

/** The context of a word that follows other words. */
export function contextAt(before: readonly string[], word: string, { registry, program = [] }: CompletionSetup): CompletionContext {
  const { dialect, builtins } = registry;
  let flags: readonly FlagSpec[] = [...(program.length > 0 ? program : dialect.globalFlags), HELP_FLAG];
  let goStyle = program;
  let command: Command | undefined;
  let wrapper: Command | undefined;
  let topic = false;
  let ended = false;
  let args = 0;
  const typed: string[] = [];
  let parsed = new Set<string>();
  const begin = (named: Command | undefined): void => {
    command = named;
    const ours = builtins.find((c) => c === named);
    const outer = wrapper?.flags.filter((f) => !named?.flags.some((own) => own.name === f.name)) ?? [];
    const own = [...(ours ? [] : dialect.globalFlags), ...(named?.flags ?? []), ...outer];
    const common = commonFlagsBeside(own);
    const others = program.filter((f) => longer(f) && !common.some((c) => c.name === f.name));
    flags = [...own, HELP_FLAG, ...others, ...common];
    goStyle = [...(ours?.flags ?? []), ...outer, ...common.filter((f) => f.oneDash), ...program.filter((f) => !f.extension)];
  };
  const place = (wanted: CompletionContext['expects'], more: Partial<CompletionContext> = {}): CompletionContext => ({
    expects: wanted,
    ...(command && { command }),
    topic,
    head: '',
    args,
    typed,
    parsed,
    flags,
    goStyle,
    ...more,
  });
  for (let i = 0; i < before.length; i += 1) {
    const text = before[i] as string;
    if (!ended && text === '--') {
      if (!command) return place('nothing');
      ended = true;
    } else if (!ended && text.length > 1 && text.startsWith('-')) {
      const read = readFlag(text, flags, goStyle);
      if (read.flag) parsed.add(read.flag.name);
      if (!read.takesNext) continue;
      if (i === before.length - 1) return read.flag ? place('value', { flag: read.flag }) : place('nothing');
      i += 1;
    } else if (command && isWrapper(command)) {
      const wrapped = [...dialect.commands, ...builtins].find((c) => c.name === text && isRepeatable(c));
      if (!wrapped) return place('nothing');
      wrapper = command;
      begin(wrapped);
      parsed = new Set();
    } else if (command || topic) {
      args += 1;
      typed.push(text);
      if (command && 'sqlTail' in command && command.sqlTail) return place(i === before.length - 1 ? 'argument' : 'nothing');
    } else {
      topic = text === 'help' || text === '?';
      begin([...dialect.commands, ...builtins].find((c) => c.name === text));
      if (!command && !topic) return place('nothing');
    }
  }
  if (!ended && word.startsWith('-')) {
    const read = readFlag(word, flags, goStyle);
    return read.head === undefined ? place('flag') : place('value', { head: read.head, ...(read.flag && { flag: read.flag }) });
  }
  if (topic || (command && !isWrapper(command))) return place('argument');
  return place('command');
}

/** Whether a command wraps another one whose name was not typed yet. */
export function isWrapper(command: Command): boolean {
  return 'wrapsCommand' in command && command.wrapsCommand === true;
}

/** Whether a flag has a long name. Flags of one letter are not allowed after a command. */
const longer = (flag: FlagSpec): boolean => flag.name.length > 1;

interface FlagRead {
  readonly flag: FlagSpec | undefined;
  /** Whether the next word is its value. */
  readonly takesNext: boolean;
  /** The part before the value, if the word also contains the value. */
  readonly head?: string;
}

function readFlag(word: string, flags: readonly FlagSpec[], goStyle: readonly FlagSpec[]): FlagRead {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const long = name.startsWith('--') ? flags.find((f) => `--${f.name}` === name) : goStyle.find((f) => `-${f.name}` === name);
  if (long || name.startsWith('--')) {
    if (equals >= 0) return { flag: long, takesNext: false, head: word.slice(0, equals + 1) };
    return { flag: long, takesNext: long !== undefined && long.kind !== 'bool' };
  }
  for (let i = 1; i < word.length; i += 1) {
    const flag = flags.find((f) => f.short === word[i]);
    if (!flag) return { flag: undefined, takesNext: false };
    if (flag.kind === 'bool') continue;
    if (i === word.length - 1) return { flag, takesNext: true };
    return { flag, takesNext: false, head: word.slice(0, word[i + 1] === '=' ? i + 2 : i + 1) };
  }
  return { flag: flags.find((f) => f.short === word.at(-1)), takesNext: false };
}
