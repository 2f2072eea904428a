// A command is data: one declaration feeds parsing, help, checks, docs and tests.

import type { Cluster, SubTask } from '../domain/cluster.ts';
import type { ErrorCatalog } from '../domain/error-catalog.ts';
import type { Comparison } from '../presenters/comparison.ts';
import type { WorkerResult } from '../presenters/outcomes.ts';
import type { View } from '../presenters/view.ts';
import type { Projection } from '../wire/decode.ts';
import type { Schema } from '../wire/schema.ts';
import type { FlagSpec, ParsedArgs } from './flags.ts';

export type { FlagSpec, ParsedArgs } from './flags.ts';

/** What a word of a line names, so that it can be completed and asked for. */
export type ValueKind =
  | 'task'
  | 'worker'
  | 'source'
  | 'lock'
  | 'file'
  | 'error-code'
  /** A place in the binlog. */
  | 'position'
  | 'sql'
  | 'none'
  | { readonly oneOf: readonly string[] };

/** What an argument names where the one before it decides. */
export interface DependentKind {
  readonly after: Readonly<Record<string, ValueKind>>;
}

/** Flags of which a command cannot do without one. It checks that itself; this is what guided prompts ask by. */
export interface FlagRequirement {
  /** Their names. One of them is enough. */
  readonly oneOf: readonly string[];
  /** Whether a list of one value is meant. */
  readonly single?: boolean;
  /** Bool flags: with one of them nothing is missing. */
  readonly unless?: readonly string[];
  /** Bool flags: only with one of them is anything missing. */
  readonly when?: readonly string[];
}

/** What a command may use to check its input and make its request. */
export interface CommandContext {
  /** The text of a configuration file; the reasons why it cannot be had are InputErrors. */
  readText(path: string): Promise<string>;
  /** A line that the original prints before the answer, on standard output. */
  printRemark(text: string): Promise<void>;
  /** A line for people, on standard error. */
  warn(text: string): Promise<void>;
  /** On a terminal only: shows what is about to be sent, numbered. */
  preview(title: string, pieces: readonly string[]): Promise<void>;
}

/** Looks something up before a question: the decoded answer of a method that changes nothing; undefined when it cannot be had. */
export type Lookup = (method: string, request: object) => Promise<unknown>;

/** Something to know before a call that the command does not say. */
export interface Warning {
  readonly text: string;
  /** Bad enough to be asked about, where harmful commands are asked about. */
  readonly requiresConfirmation?: boolean;
}

/** How an answer is printed when it is not plain JSON. */
export type CompatOutput =
  | { readonly as: 'json' }
  /** As JSON, with the text of a failed pre-check put in raw, as the original does. */
  | { readonly as: 'check' }
  /** As a plain value made of the answer; undefined falls back to JSON. */
  | { readonly as: 'value'; value(answer: never): unknown };

/** What a command needs to say to be given many tasks at once; core/many does the rest, for whichever command. */
export interface BulkSpec {
  /** Whether a sub task is one that the command can do something to. */
  appliesTo(subTask: SubTask): boolean;
  /** What such a sub task is, in a word, as in "no sub task is running"; empty where it may be anything. */
  readonly stateName: string;
  /** Which of them --problems is about; a command without it has no such flag. */
  isProblem?(subTask: SubTask): boolean;
  /** What to know before the calls: told on a terminal, looked up where need be. */
  warnings?(tasks: readonly string[], lookup: Lookup): Promise<readonly Warning[]>;
  /** What is told once before the question, however many tasks there are. */
  readonly impact?: readonly string[];
  /** What an answer says was done, by worker; of the whole where it names none. */
  results(answer: never): Promise<readonly WorkerResult[]>;
}

/** A call that has to say yes before the call of a command is made. */
export interface Preflight {
  readonly command: CommandSpec;
  readonly request: object;
  /** What is said when it says no, such as "nothing was started". */
  readonly ifRejected: string;
}

export interface CommandSpec {
  readonly name: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  readonly summary: string;
  /** One or two lines as they are typed at the prompt. */
  readonly examples: readonly string[];
  readonly args: {
    readonly min: number;
    readonly max: number;
    readonly names: readonly string[];
    /** What each argument names, in their order; where there is no end of them, the last says it for all further ones. */
    readonly kinds?: readonly (ValueKind | DependentKind)[];
    /** Flags that stand for the arguments: with one of them none is needed. */
    readonly unless?: readonly string[];
    /** What it cannot do without among the flags, in the order in which it is asked for. */
    readonly requires?: readonly FlagRequirement[];
  };
  readonly flags: readonly FlagSpec[];
  /** Whether -w means anything to the command. */
  readonly takesWorkers: boolean;
  /** After its first argument the rest of a line is SQL, verbatim. */
  readonly sqlTail?: boolean;
  /** Whether it changes the cluster: such a call is never repeated. */
  readonly mutating: boolean;
  readonly method: string;
  /** Checks the input and gives the request. Throws InputError. */
  request(parsed: ParsedArgs, context: CommandContext): object | Promise<object>;
  /** For commands that can do harm: what will happen to whom, in lines, asked about before the call. */
  impact?(parsed: ParsedArgs, request: object, lookup: Lookup): Promise<readonly string[]> | readonly string[];
  /** What to know before the call: told on a terminal, looked up where need be. */
  warnings?(parsed: ParsedArgs, request: object, lookup: Lookup): Promise<readonly Warning[]>;
  /** What to know after the answer, as what to look at next: told on a terminal. Pure. */
  hints?(parsed: ParsedArgs, answer: never): Promise<readonly string[]>;
  /** What has to be asked first, and to be answered with yes; undefined where nothing is. */
  preflight?(parsed: ParsedArgs, request: object): Preflight | undefined;
  /** For commands that take many tasks at once. */
  readonly bulk?: BulkSpec;
  /** What is said, before the reason, when the call fails; without it the original says nothing, and we say it among the errors. */
  failure?(parsed: ParsedArgs): string;
  compatOutput?(parsed: ParsedArgs): CompatOutput | Promise<CompatOutput>;
  /** The answer for people: the rows of -output table, wide and name; a function where making them takes long. */
  present(answer: never, parsed: ParsedArgs): Promise<View | (() => View)>;
  /**
   * What the view wants of an answer that can be large; without it all of it is decoded. A list that is streamed can be gone
   * through once, and by `for … of` only.
   */
  readonly projection?: Projection;
  /** Whether a flag asks for something that the original has no text for, so that rows are shown where no form was chosen. */
  prefersTable?(parsed: ParsedArgs): boolean;
}

/** The names that a cluster knows. */
export interface Names {
  readonly tasks: readonly string[];
  /** Addresses of DM-workers. */
  readonly workers: readonly string[];
  readonly sources: readonly { readonly id: string; readonly worker: string }[];
  /** IDs of DDL locks. */
  readonly locks: readonly string[];
}

/** A call that tells names. It changes nothing. */
export interface NameQuery {
  readonly method: string;
  readonly request: object;
  /** The names in its decoded answer. */
  read(answer: never): Partial<Names>;
}

/** The call that tells at which places in the binlog a task has errors. It changes nothing. */
export interface PositionQuery {
  readonly method: string;
  /** The request for a task on some workers; empty for all. */
  request(task: string, workers: readonly string[]): object;
  /** The positions in its decoded answer, as commands take them. */
  read(answer: never): readonly string[];
}

/** The call that tells how the cluster stands. It changes nothing. */
export interface ClusterQuery {
  readonly method: string;
  /** The request for a task on some workers; empty for all. */
  request(task: string, workers: readonly string[]): object;
  read(answer: never): Promise<Cluster>;
}

/** How the checkpoints of sub tasks are written at once: pausing does that, after all that they have begun; then they are resumed. */
export interface FlushSpec {
  readonly pause: CommandSpec;
  readonly resume: CommandSpec;
  /** What the answer of either says was done, by worker. */
  results(answer: never): Promise<readonly WorkerResult[]>;
  /** Whether what a worker answered means that it may still do it later. */
  mayFollow(text: string): boolean;
}

/** The commands and messages of one generation of DM. */
export interface Dialect {
  readonly name: string;
  /** Its messages; loaded with the first call, since help needs none. */
  schema(): Promise<Schema>;
  /** In the order of registration, which is the order of suggestions; help sorts by name. */
  readonly commands: readonly CommandSpec[];
  /** Flags that every command of the dialect takes, the target selector among them. */
  readonly globalFlags: readonly FlagSpec[];
  /** The flag that narrows a command down to some targets: workers in DM 1.0, sources from 2.0 on. */
  readonly targetSelector: FlagSpec;
  /** What to ask for the names that completion offers. */
  readonly nameQueries: readonly NameQuery[];
  readonly clusterQuery: ClusterQuery;
  /** What to ask for the position that a guided prompt suggests. */
  readonly positionQuery: PositionQuery;
  /** The codes of its errors, for completion. */
  readonly errorCodes: readonly number[];
  /** What its errors mean, and what to do about them; loaded when somebody is to read one. */
  errors(): Promise<ErrorCatalog>;
  /** Left out where a generation cannot do it. */
  readonly flush?: FlushSpec;
  /** Holds a task file against how the cluster stands, as far as this generation tells. Throws Refusal for a file that cannot be read. */
  compareTask?(file: string, cluster: Cluster): Promise<Comparison>;
}
