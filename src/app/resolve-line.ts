// Decides which generation of DM a line is for, and parses it accordingly. A line that no generation understands is rejected
// without calling the master. Lines that do not concern the master, such as help or a setting, never wait for it.

import { findCommand } from '../args/find-command.ts';
import { joinHelp } from '../args/help.ts';
import { type Invocation, parse } from '../args/parse.ts';
import { IncompleteError, NOT_SENT, Refusal, RpcError, UnknownTopic, UsageError } from '../command/errors.ts';
import type { BuiltinCommand, CommandRegistry, Registries } from '../command/registry.ts';
import type { MasterIdentity } from '../command/release.ts';
import type { CommandSpec } from '../command/spec.ts';
import type { RunContext } from '../invoke/context.ts';

/** Whether a line concerns only this client, so that any registry reads it in the same way. */
export function isLocal(words: readonly string[], { dialect, builtins }: CommandRegistry): boolean {
  const at = findCommand(words, dialect.globalFlags);
  const builtin = at < 0 ? undefined : builtinAt(words, at, builtins);
  return builtin !== undefined && !builtin.wrapsCommand && !builtin.usesDialect;
}

function builtinAt(words: readonly string[], at: number, builtins: readonly BuiltinCommand[]): BuiltinCommand | undefined {
  return builtins.find((c) => c.name.split(' ').every((part, i) => words[at + i] === part));
}

/**
 * The registry of the first generation that understands a line, DM 1.0's first. A line that lacks an argument is understood.
 * @throws UsageError, Refusal if no generation understands it: the error of the current registry, or of the one that has the command
 */
export async function registryFor(words: readonly string[], current: CommandRegistry, registries: Registries): Promise<CommandRegistry> {
  const { initial } = registries;
  const first = mistakeIn(words, initial);
  if (first === undefined) return initial;
  const newest = await registries.of(NEWEST);
  const second = mistakeIn(words, newest);
  if (second === undefined) return newest;
  if (current.dialect.generation === 'v2') throw mistakeIn(words, current) ?? second;
  throw isUnknownCommand(first) && !isUnknownCommand(second) ? second : first;
}

function mistakeIn(words: readonly string[], registry: CommandRegistry): unknown {
  try {
    parse(words, registry);
    return undefined;
  } catch (error) {
    // What help knows depends on the master.
    return error instanceof IncompleteError || error instanceof UnknownTopic ? undefined : error;
  }
}

const isUnknownCommand = (error: unknown): boolean => error instanceof UsageError && error.message.startsWith('unknown command');

/** The registry that parses a line, and its invocation. */
export interface ResolvedLine {
  readonly registry: CommandRegistry;
  /** The invocation. Throws UsageError, Refusal. */
  parse(): Invocation;
}

/**
 * Chooses the registry for a line: the master's, if it can be reached. Otherwise one that understands the line, and the call
 * of the line then reports why the master cannot be reached.
 * @throws UsageError, Refusal for a line that no generation understands; OtherGeneration, Interrupted
 */
export async function resolveLine(words: readonly string[], { session, signal, options }: RunContext): Promise<ResolvedLine> {
  const { registry: current, registries, address } = session;
  const resolved = (registry: CommandRegistry): ResolvedLine => ({ registry, parse: () => parse(words, registry) });
  if (isLocal(words, current)) return resolved(current);
  const fitting = await registryFor(words, current, registries);
  if (address === '') return await withoutMaster(words, fitting, registries);
  try {
    const registry = await session.settle({ timeoutMs: options.rpcTimeoutMs, signal });
    return { registry, parse: () => parseFor(words, registry, fitting, address) };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return await withoutMaster(words, mistakeIn(words, current) === undefined ? current : fitting, registries);
  }
}

/** Reads a line that no master can be asked about: help shows what each generation has to say. */
async function withoutMaster(words: readonly string[], fitting: CommandRegistry, registries: Registries): Promise<ResolvedLine> {
  const all = [registries.initial, await registries.of(EARLY), await registries.of(NEWEST)];
  const texts = all.map((registry) => ({
    title: titleOf(registry, all),
    text: helpIn(words, registry),
    theirs: helpIn(words, theirsOf(registry)),
  }));
  const [first, ...others] = texts.flatMap(({ title, text, theirs }) =>
    text === undefined ? [] : [{ title, text, theirs: theirs ?? text }],
  );
  if (!first) return { registry: fitting, parse: () => parse(words, fitting) };
  const own = helpOf(words, fitting);
  return { registry: fitting, parse: () => ({ kind: 'help', ...own, text: joinHelp([first, ...others]) }) };
}

/** The help that a registry has for a line; undefined if the line is not a question that it can answer. */
function helpOf(words: readonly string[], registry: CommandRegistry): Extract<Invocation, { kind: 'help' }> | undefined {
  try {
    const invocation = parse(words, registry);
    return invocation.kind === 'help' ? invocation : undefined;
  } catch (error) {
    if (error instanceof UsageError || error instanceof Refusal) return undefined;
    throw error;
  }
}

const helpIn = (words: readonly string[], registry: CommandRegistry): string | undefined => helpOf(words, registry)?.text;

/** A registry whose help lists only what the original has. */
const theirsOf = (registry: CommandRegistry): CommandRegistry => ({ ...registry, builtins: [], topics: [] });

/** Stands for every master of the second generation, before one has reported its release. */
const NEWEST: MasterIdentity = { generation: 'v2', release: undefined };

/** The oldest release of the second generation whose commands help shows. */
const EARLY: MasterIdentity = { generation: 'v2', release: { major: 2, minor: 0, patch: 7, text: '' } };

function titleOf(registry: CommandRegistry, [first, early]: readonly CommandRegistry[]): string {
  if (registry === first) return 'DM 1.0';
  return registry === early ? 'DM 2.0 to 5.3' : 'DM 5.4 and later';
}

/** Parses a line for a master. Says so if only masters of another generation or release have the command. */
function parseFor(words: readonly string[], registry: CommandRegistry, fitting: CommandRegistry, address: string): Invocation {
  try {
    return parse(words, registry);
  } catch (error) {
    const missing = isUnknownCommand(error) ? commandIn(words, fitting) : undefined;
    if (!missing) throw error;
    const since = missing.since ? ` ${missing.since} and later have this command` : ` ${fitting.dialect.name} has this command`;
    throw new UsageError(
      `the DM-master at ${address} is ${registry.dialect.name}, which has no command ${missing.name}. ${NOT_SENT}. DM${since.replace(/^ DM/, '')}`,
      "Run 'dmctl help' for the commands of this DM-master.\n",
    );
  }
}

function commandIn(words: readonly string[], registry: CommandRegistry): CommandSpec | undefined {
  const at = findCommand(words, registry.dialect.globalFlags);
  const named = registry.dialect.commands.filter((c) => c.name.split(' ').every((part, i) => words[at + i] === part));
  return named.sort((a, b) => b.name.length - a.name.length)[0];
}
