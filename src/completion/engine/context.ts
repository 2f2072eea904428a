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
  /** The words before the cursor that begin the name of a command, such as `binlog` of `binlog skip`. */
  readonly group: readonly string[];
  /** Whether `help` was typed, so that a command is expected. */
  readonly topic: boolean;
  /** The flag whose value is expected. */
  readonly flag?: FlagSpec;
  /** The part of the word before the value, as in --worker=a. */
  readonly head: string;
  /** Arguments and flags that were given before. */
  readonly args: number;
  readonly typed: readonly string[];
  /** The values of flags that were given before; empty for a switch. */
  readonly parsed: ReadonlyMap<string, string>;
  /** Flags that are allowed here. */
  readonly flags: readonly FlagSpec[];
  /** Those that need only one dash. */
  readonly goStyle: readonly FlagSpec[];
}

/** The context of a word that follows other words. */
export function contextAt(before: readonly string[], word: string, setup: CompletionSetup): CompletionContext {
  return new ContextReader(setup).read(before, word);
}

/** Reads the words of a line from left to right. */
class ContextReader {
  private readonly registry: CommandRegistry;
  private readonly program: readonly FlagSpec[];
  private readonly commands: readonly Command[];
  private flags: readonly FlagSpec[];
  private goStyle: readonly FlagSpec[];
  private command: Command | undefined;
  private wrapper: Command | undefined;
  private group: string[] = [];
  private topic = false;
  private ended = false;
  private args = 0;
  private typed: string[] = [];
  private parsed = new Map<string, string>();

  constructor({ registry, program = [] }: CompletionSetup) {
    this.registry = registry;
    this.program = program;
    this.commands = [...registry.dialect.commands, ...registry.builtins];
    this.flags = [...(program.length > 0 ? program : registry.dialect.globalFlags), HELP_FLAG];
    this.goStyle = program;
  }

  read(before: readonly string[], word: string): CompletionContext {
    for (let i = 0; i < before.length; i += 1) {
      const text = before[i] as string;
      const last = i === before.length - 1;
      if (!this.ended && text === '--') {
        if (!this.command) return this.place('nothing');
        this.ended = true;
      } else if (!this.ended && text.length > 1 && text.startsWith('-')) {
        const { flag, takesNext } = readFlag(text, this.flags, this.goStyle);
        if (flag) this.parsed.set(flag.name, takesNext ? (before[i + 1] ?? '') : text.slice(text.indexOf('=') + 1));
        if (!takesNext) continue;
        if (last) return flag ? this.place('value', { flag }) : this.place('nothing');
        i += 1;
      } else {
        const end = this.readWord(text, last);
        if (end) return end;
      }
    }
    if (!this.ended && word.startsWith('-')) {
      const { flag, head } = readFlag(word, this.flags, this.goStyle);
      return head === undefined ? this.place('flag') : this.place('value', { head, ...(flag && { flag }) });
    }
    return this.place(this.topic || (this.command && !isWrapper(this.command)) ? 'argument' : 'command');
  }

  /** Reads a word that is no flag. Returns the context if nothing after it can be completed. */
  private readWord(text: string, last: boolean): CompletionContext | undefined {
    const { command } = this;
    const further = command && this.args === 0 ? this.commands.find((c) => c.name === `${command.name} ${text}`) : undefined;
    if (command && isWrapper(command)) return this.readName(text, isRepeatable);
    if (further) this.begin(further);
    else if (command || this.topic) {
      this.args += 1;
      this.typed.push(text);
      if (command && 'sqlTail' in command && command.sqlTail) return this.place(last ? 'argument' : 'nothing');
    } else if (this.group.length === 0 && (text === 'help' || text === '?')) this.topic = true;
    else return this.readName(text, () => true);
    return undefined;
  }

  /** Reads a word of the name of a command, which may have several. */
  private readName(text: string, fits: (command: Command) => boolean): CompletionContext | undefined {
    this.group.push(text);
    const name = this.group.join(' ');
    const named = this.commands.find((c) => c.name === name && fits(c));
    if (named) {
      if (this.command) {
        this.wrapper = this.command;
        this.parsed = new Map();
      }
      this.group = [];
      this.begin(named);
    } else if (this.commands.some((c) => c.name.startsWith(`${name} `))) {
      this.flags = [...this.flags, ...(this.registry.dialect.groups?.find((g) => g.name === name)?.flags ?? [])];
    } else return this.place('nothing');
    return undefined;
  }

  /** From here on, the flags of a command count. */
  private begin(command: Command): void {
    const { dialect, builtins } = this.registry;
    const ours = builtins.find((c) => c === command);
    const outer = this.wrapper?.flags.filter((f) => !command.flags.some((own) => own.name === f.name)) ?? [];
    const own = [...(ours ? [] : dialect.globalFlags), ...command.flags, ...outer];
    const common = commonFlagsBeside(own);
    const others = this.program.filter((f) => longer(f) && !common.some((c) => c.name === f.name));
    this.command = command;
    this.flags = [...own, HELP_FLAG, ...others, ...common];
    this.goStyle = [...(ours?.flags ?? []), ...outer, ...common.filter((f) => f.oneDash), ...this.program.filter((f) => !f.extension)];
  }

  private place(expects: CompletionContext['expects'], more: Partial<CompletionContext> = {}): CompletionContext {
    const { command, group, topic, args, typed, parsed, flags, goStyle } = this;
    return { expects, ...(command && { command }), group, topic, head: '', args, typed, parsed, flags, goStyle, ...more };
  }
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
