// The types of errors. exit-codes.ts alone turns them into texts, streams and exit statuses.

import type { ParsedArgs } from './flags.ts';
import type { BuiltinCommand } from './registry.ts';
import { type Generation, generationName, type MasterIdentity } from './release.ts';
import type { CommandSpec } from './spec.ts';

/** An unknown word or flag, or a wrong number of arguments. Exit status 2. */
export class UsageError extends Error {
  /** Printed after the message: a usage text, or nothing. */
  readonly usage: string;
  constructor(message: string, usage = '') {
    super(message);
    this.name = 'UsageError';
    this.usage = usage;
  }
}

/** `help` for an unknown topic. The text is cobra's. */
export class UnknownTopic extends UsageError {
  /** Whether it counts as a success. */
  readonly harmless: boolean;
  constructor(words: readonly string[], usage: string, harmless = false) {
    super(`Unknown help topic [${words.map((word) => `\`${word}\``).join(' ')}]`, usage);
    this.name = 'UnknownTopic';
    this.harmless = harmless;
  }
}

/** A wrong number of arguments. The usage follows the message. */
export class CountError extends UsageError {
  constructor(message: string, usage: string) {
    super(message, usage);
    this.name = 'CountError';
  }
}

/** Arguments are missing. On a terminal, guided prompts ask for them. */
export class IncompleteError extends CountError {
  /** The command, and what the line gave so far. */
  readonly command: CommandSpec | BuiltinCommand;
  readonly parsed: ParsedArgs;
  constructor(message: string, usage: string, command: CommandSpec | BuiltinCommand, parsed: ParsedArgs) {
    super(message, usage);
    this.name = 'IncompleteError';
    this.command = command;
    this.parsed = parsed;
  }
}

/** Invalid input, with the original's message. Nothing was sent. Exit status 2. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InputError';
  }
}

/** Invalid input that the original would have sent or has no message for: ours, on standard error. Exit status 2. */
export class Refusal extends InputError {
  constructor(message: string) {
    super(message);
    this.name = 'Refusal';
  }
}

/** The DM-master is not of the generation that a request was made for. Only the detection was sent. */
export class OtherGeneration extends Refusal {
  /** @param set whether the user set the generation, instead of the client having detected it earlier */
  constructor(address: string, { generation, release }: MasterIdentity, expected: Generation, set: boolean) {
    const which = release?.text ? ` (release ${release.text})` : '';
    const found = `the DM-master at ${address} is ${generationName(generation)}${which}`;
    super(
      set
        ? `${found}, not ${generationName(expected)}. Nothing was sent. Leave out -protocol ${expected} to use the generation of the master`
        : `${found} now, but this command was parsed for ${generationName(expected)}. Nothing was sent. Repeat the command`,
    );
    this.name = 'OtherGeneration';
  }
}

/** The call failed. Exit status 1. */
export class RpcError extends Error {
  /** The gRPC status code, including unknown ones. */
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
  }
}

/** An answer that reports a failure, and has nothing to show except the reason. Exit status 1. */
export class Rejected extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Rejected';
  }
}

/** The state after an interrupt in the middle of a call. */
const UNKNOWN = 'The DM-master may still carry out the call';
/** The state after an interrupt before any call. */
export const NOT_SENT = 'Nothing was sent';
/** The state after an interrupt of a read-only call. */
export const CUT = 'The answer was not printed completely';

/** The user stopped the command (Ctrl-C). Exit status 130. */
export class Interrupted extends Error {
  /** The state that the interrupt leaves. */
  readonly note: string;
  constructor(note = UNKNOWN) {
    super('interrupted');
    this.name = 'Interrupted';
    this.note = note;
  }
}

/** The user cancelled a question that had to be answered first. Nothing was sent. Exit status 130. */
export class Cancelled extends Error {
  constructor() {
    super(`cancelled. ${NOT_SENT}`);
    this.name = 'Cancelled';
  }
}

/** The program cannot start: flags, configuration file or address. Exit status 2. */
export class StartError extends Error {
  /** How to fix it: a line, or the usage of the flags. */
  readonly usage: string;
  constructor(message: string, usage = '') {
    super(message);
    this.name = 'StartError';
    this.usage = usage;
  }
}

/** The whole command exceeded -timeout. Exit status 3. */
export class TimedOut extends Error {
  /** The state that the timeout leaves. */
  readonly note: string;
  constructor(limitMs: number, note = UNKNOWN) {
    super(`timed out after ${limitMs / 1000} s`);
    this.name = 'TimedOut';
    this.note = note;
  }
}

/** The reader of our output closed it (`| head`): the run ends quietly. */
export class PipeClosed extends Error {
  constructor() {
    super('the reader of the output closed it');
    this.name = 'PipeClosed';
  }
}

/** An output cannot be written: a full disk or a failing device. The run ends with status 1. */
export class WriteFailed extends Error {
  /** @param note a sentence that says what was or was not done, appended to the message */
  constructor(what: string, note = '') {
    super(note === '' ? what : `${what}. ${note}`);
    this.name = 'WriteFailed';
  }
}
