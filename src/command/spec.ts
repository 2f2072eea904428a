// A command is data: one declaration feeds parsing, help, checks, docs and tests.

import type { Cluster, SubTask } from '../domain/cluster.ts';
import type { ErrorCatalog } from '../domain/error-catalog.ts';
import type { WaitCommands } from '../domain/wait-evaluator.ts';
import type { Comparison } from '../presenters/comparison.ts';
import type { Lock } from '../presenters/locks.ts';
import type { WorkerResult } from '../presenters/outcomes.ts';
import type { View } from '../presenters/view.ts';
import type { Projection } from '../wire/decode.ts';
import type { Schema } from '../wire/schema.ts';
import type { FileValue } from './file-kinds.ts';
import type { FlagSpec, ParsedArgs } from './flags.ts';
import type { Generation, Release } from './release.ts';

export type { FlagSpec, ParsedArgs } from './flags.ts';

/** What a word of a line names, so that it can be completed and asked for. */
export type ValueKind =
  | 'task'
  | 'worker'
  | 'source'
  | 'lock'
  /** A database of the upstream. */
  | 'database'
  /** A table of the database that the line names. */
  | 'table'
  | 'master'
  /** A DM-master or a DM-worker. */
  | 'member'
  | FileValue
  | 'error-code'
  /** A profile of the configuration file. */
  | 'profile'
  /** A place in the binlog. */
  | 'position'
  | 'sql'
  | 'none'
  | { readonly oneOf: readonly string[] };

/** The kind of an argument that depends on the argument before it. */
export interface DependentKind {
  readonly after: Readonly<Record<string, ValueKind>>;
}

/** Flags of which a command needs at least one. The command checks that itself; guided prompts use this to ask. */
export interface FlagRequirement {
  /** Their names. One of them is enough. */
  readonly oneOf: readonly string[];
  /** Whether the list must have exactly one value. */
  readonly single?: boolean;
  /** Flags: if one is given, nothing is missing. */
  readonly unless?: readonly string[];
  /** Bool flags: something is missing only if one of them is given. */
  readonly when?: readonly string[];
}

/** What a command may use to check its input and build its request. */
export interface CommandContext {
  /** The text of a configuration file. Throws InputError if it cannot be read, or is empty and must not be. */
  readText(path: string, mayBeEmpty?: boolean): Promise<string>;
  /** Prints a line of the original before the answer, on standard output. */
  printRemark(text: string): Promise<void>;
  /** Prints a line for people, on standard error. */
  warn(text: string): Promise<void>;
  /** On a terminal only: shows what is about to be sent, numbered. */
  preview(title: string, pieces: readonly string[]): Promise<void>;
}

/** Fetches context for a question: the decoded answer of a read-only method; undefined if it is unavailable. */
export type Lookup = (method: string, request: object) => Promise<unknown>;

/** A warning before a call. */
export interface Warning {
  readonly text: string;
  /** Severe enough to ask about, where confirmations are on. */
  readonly requiresConfirmation?: boolean;
}

/** How an answer is printed when it is not plain JSON. */
export type CompatOutput =
  | { readonly as: 'json' }
  /** As JSON, with the text of a failed pre-check unquoted, as in the original. */
  | { readonly as: 'check' }
  /** As a plain value computed from the answer. Falls back to JSON if undefined. */
  | { readonly as: 'value'; value(answer: never): unknown };

/** What a line of several calls may use. */
export interface StepContext extends CommandContext {
  /**
   * Makes one call and returns the decoded answer.
   * @param limitMs the timeout in milliseconds, if it is shorter than that of every call
   * @throws RpcError, Interrupted
   */
  call(method: string, request: object, limitMs?: number): Promise<unknown>;
  /** Writes a file that only the user can read. Throws InputError. */
  writeText(path: string, text: string): Promise<void>;
  /** Creates a folder that only the user can read. Throws InputError. */
  makeFolder(path: string): Promise<void>;
  /** The names of what is in a folder; undefined if there is no such folder. Throws InputError. */
  listFiles(folder: string): Promise<readonly string[] | undefined>;
  /**
   * The bytes that an argument stands for: its own text or, for `-`, what is typed without echo or read from a pipe.
   * @throws Interrupted, Refusal, InputError
   */
  readSecret(text: string, question: string): Promise<Buffer>;
  /** Prints progress for people, on standard error. */
  note(text: string): Promise<void>;
}

/** The outcome of several calls: what standard output shows, and whether it counts as a success. */
export interface StepResult {
  /** The answer as a plain value, printed as the original prints it. */
  readonly value?: object;
  /** The answer if it is a text. */
  readonly text?: string;
  readonly view?: View;
  readonly failed: boolean;
}

/** Makes the calls of a line, each once. */
export type Steps = (context: StepContext) => Promise<StepResult>;

/** A name that several commands begin with, such as `binlog`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  /** Flags of all its commands. */
  readonly flags: readonly FlagSpec[];
}

/** What a command declares so that src/bulk can run it on many tasks at once. */
export interface BulkSpec {
  /** Whether the command applies to a sub task in its current stage. */
  appliesTo(subTask: SubTask): boolean;
  /** The word for such a sub task, as in "no sub task is running"; empty if the command applies to all. */
  readonly stateName: string;
  /** Which sub tasks --problems selects. A command without it has no such flag. */
  isProblem?(subTask: SubTask): boolean;
  /** Warnings before the calls, shown on a terminal. May fetch context. */
  warnings?(tasks: readonly string[], lookup: Lookup): Promise<readonly Warning[]>;
  /** A note shown once before the question, for any number of tasks. */
  readonly impact?: readonly string[];
  /** The results in an answer by worker; a single overall result if the answer names no worker. */
  results(answer: never): Promise<readonly WorkerResult[]>;
}

/** What a command of one task file declares so that src/bulk can run it for several files, and for standard input. */
export interface ManyFilesSpec {
  /** The results in an answer by worker; a single overall result if the answer names no worker. */
  results(answer: never): Promise<readonly WorkerResult[]>;
}

/** A call that must succeed before the call of a command is made. */
export interface Preflight {
  readonly command: CommandSpec;
  readonly request: object;
  /** The message when it fails, such as "Nothing was started". */
  readonly ifRejected: string;
}

export interface CommandSpec {
  readonly name: string;
  /** The first release that has it, such as `6.0`; undefined if the whole generation has it. */
  readonly since?: string;
  /** The release that removed it, such as `8.0`; undefined if no release did. */
  readonly until?: string;
  /** Callable, but in no list: the release has another command in its place. */
  readonly hidden?: boolean;
  /** Other names, listed in its help. */
  readonly aliases?: readonly string[];
  /** The arguments in the usage line, as in the original. */
  readonly usage: string;
  /** The arguments of our additions, one usage line each. */
  readonly moreUsage?: readonly string[];
  readonly summary: string;
  /** One or two examples, as typed at the prompt. */
  readonly examples: readonly string[];
  readonly args: {
    readonly min: number;
    readonly max: number;
    /** Whether a line with a flag that the original does not have takes any number of arguments: such a line is ours. */
    readonly many?: boolean;
    readonly names: readonly string[];
    /** The kind of each argument, in order. The last one also applies to all further arguments. */
    readonly kinds?: readonly (ValueKind | DependentKind)[];
    /** Flags that replace the arguments: with one of them, no argument is needed. */
    readonly unless?: readonly string[];
    /** The flags that the command requires, in the order in which to ask for them. */
    readonly requires?: readonly FlagRequirement[];
  };
  readonly flags: readonly FlagSpec[];
  /** Whether the command takes the target selector. */
  readonly takesTargets: boolean;
  /** Whether the rest of the line after the first argument is verbatim SQL. */
  readonly sqlTail?: boolean;
  /** Whether it changes the cluster. Such a call is never repeated. */
  readonly mutating: boolean;
  /** For a mutating command: whether a line only reads. */
  readsOnly?(parsed: ParsedArgs): boolean;
  readonly method: string;
  /** Checks the input and builds the request. Throws InputError. */
  request(parsed: ParsedArgs, context: CommandContext): object | Promise<object>;
  /** For dangerous commands: the lines that say what will happen and to whom, shown with the confirmation. None if a line is harmless. */
  impact?(parsed: ParsedArgs, request: object, lookup: Lookup): Promise<readonly string[]> | readonly string[];
  /** Whether a line selects tasks that it does not name. Such a line is asked about on every terminal, not only at the prompt. */
  selectsUnnamed?(parsed: ParsedArgs): boolean;
  /** Warnings before the call, shown on a terminal. May fetch context. */
  warnings?(parsed: ParsedArgs, request: object, lookup: Lookup): Promise<readonly Warning[]>;
  /** Hints after the answer, such as what to look at next, shown on a terminal. Pure. */
  hints?(parsed: ParsedArgs, answer: never, request: never): Promise<readonly string[]>;
  /** The call that must succeed first; undefined if there is none. */
  preflight?(parsed: ParsedArgs, request: object): Preflight | undefined;
  /** For commands that take many tasks at once. */
  readonly bulk?: BulkSpec;
  /** For commands that take several task files at once. */
  readonly manyFiles?: ManyFilesSpec;
  /** The kind of the configuration files that its arguments name. On a terminal, lint checks them before the call. */
  readonly lints?: 'task';
  /** The text before the reason when the call fails. Without it the original prints nothing, and we print an error. */
  failure?(parsed: ParsedArgs): string;
  /** For a line that takes several calls: what makes them. Undefined if the line is one call of `method`. */
  steps?(parsed: ParsedArgs): Steps | undefined;
  /** For a line that can fail although its answer reports no failure, such as a name that it does not contain: what decides that. */
  failureCheck?(parsed: ParsedArgs): Promise<((answer: never) => boolean) | undefined>;
  compatOutput?(parsed: ParsedArgs): CompatOutput | Promise<CompatOutput>;
  /** The answer as rows, for -output table, wide and name. A function if building them is expensive. */
  present(answer: never, parsed: ParsedArgs): Promise<View | (() => View)>;
  /**
   * The fields that the view uses of an answer that can be large; without it everything is decoded. A streamed list can
   * be iterated once, with `for … of` only.
   */
  readonly projection?: Projection;
  /** Whether a flag asks for something that has no text in the original, so that rows are the default output. */
  prefersTable?(parsed: ParsedArgs): boolean;
}

/** Whether a line of a command changes the cluster. */
export function changesCluster(command: CommandSpec, parsed: ParsedArgs): boolean {
  return command.mutating && !command.readsOnly?.(parsed);
}

/** The names in a cluster. */
export interface Names {
  readonly tasks: readonly string[];
  /** DM-workers: their addresses in DM 1.0, their names from 2.0 on. */
  readonly workers: readonly string[];
  /** Names of DM-masters; none in DM 1.0. */
  readonly masters: readonly string[];
  readonly sources: readonly { readonly id: string; readonly worker: string }[];
  /** IDs of DDL locks. */
  readonly locks: readonly string[];
  /** Tables that errors, waiting statements and locks mention: those that need attention. */
  readonly tables: readonly TableName[];
}

export interface TableName {
  readonly database: string;
  readonly table: string;
}

/** A name that an answer rejects, because the cluster does not have it. */
export interface UnknownName {
  readonly kind: 'task' | 'worker' | 'source' | 'lock';
  readonly name: string;
}

/** A read-only call that returns names. */
export interface NameQuery {
  readonly method: string;
  readonly request: object;
  /** The names in its decoded answer. */
  read(answer: never): Partial<Names>;
}

/** A read-only call that returns the binlog positions of a task's errors. */
export interface PositionQuery {
  readonly method: string;
  /** The request for a task on some workers; an empty list means all. */
  request(task: string, workers: readonly string[]): object;
  /** The positions in its decoded answer, in the form that commands take. */
  read(answer: never): readonly string[];
}

/** The masters of a cluster. */
export interface Masters {
  /** The name of the leader; empty if there is none. */
  readonly leader: string;
  readonly masters: readonly { readonly name: string; readonly alive: boolean; readonly addresses: readonly string[] }[];
}

/** A read-only call that returns the masters of a cluster. */
export interface MastersQuery {
  readonly method: string;
  readonly request: object;
  read(answer: never): Masters;
}

/** A worker that the masters know, bound to a source or not. */
export interface KnownWorker {
  readonly name: string;
  /** DM's word: `free`, `bound`, `relay` or `offline`. */
  readonly stage: string;
}

/** A read-only call that returns the workers that the masters know. */
export interface WorkersQuery {
  readonly method: string;
  readonly request: object;
  read(answer: never): readonly KnownWorker[];
}

/** A read-only call that returns the state of the cluster. */
export interface ClusterQuery {
  readonly method: string;
  /** The request for a task on some workers; an empty list means all. */
  request(task: string, workers: readonly string[]): object;
  read(answer: never): Promise<Cluster>;
  /** For a large answer that is read in parts: the list to iterate, and the fields that nothing reads. */
  readonly projection: Projection & { readonly streamed: string };
}

/** A read-only call that returns the DDL locks. */
export interface LocksQuery {
  readonly method: string;
  readonly request: object;
  read(answer: never): readonly Lock[];
}

/** The commands that `top` offers for a task. */
export type TaskAction = 'pause' | 'resume' | 'stop' | 'skip' | 'unlock';

/** What a command of `top` is for. */
export interface TaskTarget {
  readonly task: string;
  /** Values of the target selector; empty for the whole task. */
  readonly targets: readonly string[];
  /** The ID of the DDL lock to unlock; empty for none. */
  readonly lock: string;
  /** Where the binlog event to skip is, if the generation needs it; empty if unknown. */
  readonly position: string;
}

/** The state of a task that must take a changed file. */
export interface UpdateState {
  /** Whether all its sub tasks are paused, by a user or by an error. */
  readonly isPaused: boolean;
  /** Whether a user paused all of them. */
  readonly isHeld: boolean;
}

/** How a task takes a changed file. */
export interface UpdatePlan {
  /** What will happen, for the question. */
  readonly impact: readonly string[];
  /** The words of the lines to run, in order. */
  readonly lines: readonly (readonly string[])[];
}

/** How to flush the checkpoints of sub tasks: pausing flushes after all running jobs finish; then they are resumed. */
export interface FlushSpec {
  readonly pause: CommandSpec;
  readonly resume: CommandSpec;
  /** The target selector as typed, such as `-w`. */
  readonly selector: string;
  /** The result by worker in an answer of either. */
  results(answer: never): Promise<readonly WorkerResult[]>;
  /** Whether a worker's answer means that it may still perform the operation later. */
  mayFollow(text: string): boolean;
}

/** The commands and messages of one generation of DM. */
export interface Dialect {
  readonly name: string;
  readonly generation: Generation;
  /** The release; undefined if it is unknown. */
  readonly release?: Release | undefined;
  /** Who has the key of the passwords in configuration files: it is compiled into every program up to 7.x, then the master's own. */
  readonly passwordKey: 'shared' | 'master';
  /** What the list of commands says about `help`. */
  readonly helpSummary: string;
  /** Its messages. Loaded with the first call, because help does not need them. */
  schema(): Promise<Schema>;
  /** In order of registration, which is the order of suggestions. Help sorts by name. */
  readonly commands: readonly CommandSpec[];
  /** Flags that every command of the dialect takes, the target selector among them. */
  readonly globalFlags: readonly FlagSpec[];
  /** The flags of the program that the original's help lists under every command. */
  readonly programFlags?: readonly FlagSpec[];
  readonly groups?: readonly CommandGroup[];
  /** The flag that limits a command to some targets: workers in DM 1.0, sources from 2.0 on. */
  readonly targetSelector: FlagSpec;
  /** Which calls to make for the names that completion offers. */
  readonly nameQueries: readonly NameQuery[];
  /** The names that a decoded answer rejects as unknown. */
  unknownNames?(answer: object): Promise<readonly UnknownName[]>;
  readonly clusterQuery: ClusterQuery;
  /** Undefined if a cluster has one master. */
  readonly mastersQuery?: MastersQuery;
  /** Undefined if the state of the cluster has every worker. */
  readonly workersQuery?: WorkersQuery;
  readonly locksQuery: LocksQuery;
  /** The words of the line that does something to a task; undefined if the target lacks what the line needs. */
  taskCommand(action: TaskAction, target: TaskTarget): readonly string[] | undefined;
  /** Which call to make for the position that a guided prompt suggests. */
  readonly positionQuery: PositionQuery;
  /** The error codes, for completion. */
  readonly errorCodes: readonly number[];
  /** The meaning of errors and what to do about them. Loaded on first use. */
  errors(): Promise<ErrorCatalog>;
  /** Whether help about an unknown word counts as a success, as in the original. */
  readonly allowsUnknownTopics?: boolean;
  /** Whether piped lines get a banner before and a line after them. */
  readonly framesPipes?: boolean;
  /** Whether the original sends a read again when its connection broke. */
  readonly repeatsReads?: boolean;
  readonly waitCommands: WaitCommands;
  /** Whether the state of a sub task has its lag in seconds. */
  readonly reportsLag?: boolean;
  /** Whether the state of a sub task has that of its validation, which `wait --for validated` needs. */
  readonly reportsValidation?: boolean;
  /** Undefined if a generation cannot do it. */
  readonly flush?: FlushSpec;
  /** The text of a task file that the master has stored; undefined if it has none. Without it, the generation does not report it. */
  taskText?(task: string, lookup: Lookup): Promise<string | undefined>;
  /** How a task takes a changed file. */
  updatePlan(task: string, file: string, state: UpdateState): UpdatePlan;
  /** Compares a task file with the cluster. Throws Refusal for a file that cannot be read. */
  compareTask(file: string, cluster: Cluster, lookup: Lookup): Promise<Comparison>;
}
