// What can go wrong, as types. outcome.ts alone turns them into texts, streams and exit codes.

import type { ParsedArgs } from './flags.ts';
import type { BuiltinCommand } from './registry.ts';
import type { CommandSpec } from './spec.ts';

/** A word, flag or number of arguments that the program does not take. Exit status 2. */
export class UsageError extends Error {
  /** What follows the message: a usage text, or nothing. */
  readonly usage: string;
  constructor(message: string, usage = '') {
    super(message);
    this.name = 'UsageError';
    this.usage = usage;
  }
}

/** `help` was asked about something that there is no help for; the text is cobra's. */
export class UnknownTopic extends UsageError {
  constructor(words: readonly string[], usage: string) {
    super(`Unknown help topic [${words.map((word) => `\`${word}\``).join(' ')}]`, usage);
    this.name = 'UnknownTopic';
  }
}

/** The number of arguments was wrong: the message says which, the usage follows. */
export class CountError extends UsageError {
  constructor(message: string, usage: string) {
    super(message, usage);
    this.name = 'CountError';
  }
}

/** Arguments are missing; on a terminal they can be asked for. */
export class IncompleteError extends CountError {
  /** The command, and what the line gave to it so far. */
  readonly command: CommandSpec | BuiltinCommand;
  readonly parsed: ParsedArgs;
  constructor(message: string, usage: string, command: CommandSpec | BuiltinCommand, parsed: ParsedArgs) {
    super(message, usage);
    this.name = 'IncompleteError';
    this.command = command;
    this.parsed = parsed;
  }
}

/** Input that cannot be used, in the original's words: nothing was sent. Exit status 2. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InputError';
  }
}

/** Input that the original would have sent, or of which it says nothing: ours, never among the answers. Exit status 2. */
export class Refusal extends InputError {
  constructor(message: string) {
    super(message);
    this.name = 'Refusal';
  }
}

/** The DM-master is of a generation that this client does not speak: nothing was sent but the question of what it is. */
export class OtherGeneration extends Refusal {
  /** @param release as the master tells it; undefined where it does not */
  constructor(address: string, release: string | undefined) {
    const known = release !== undefined && /^v?\d+\.\d/.test(release); // a development build has a word there
    const which = known ? `release ${release}` : 'it does not tell its release';
    const use = `Use the dmctl of ${known ? release : 'its release'}.`;
    super(`the DM-master at ${address} is DM 2.0 or later (${which}), and this dmctl speaks only DM 1.0; nothing was sent. ${use}`);
    this.name = 'OtherGeneration';
  }
}

/** The call failed. Exit status 1. */
export class RpcError extends Error {
  /** The gRPC status code, also where it is none of the known ones. */
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
  }
}

/** What an end in the middle of a call leaves open. */
const UNKNOWN = 'the DM-master may still carry the call out';
/** What an end before any call leaves. */
export const NOT_SENT = 'nothing was sent';
/** What an end after a call that changes nothing leaves. */
export const CUT = 'the answer was not printed to its end';

/** The user stopped the command (Ctrl-C). Exit status 130. */
export class Interrupted extends Error {
  /** What the end leaves behind. */
  readonly note: string;
  constructor(note = UNKNOWN) {
    super('interrupted');
    this.name = 'Interrupted';
    this.note = note;
  }
}

/** The user left a question that had to be answered first: nothing was sent. Exit status 130. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled; nothing was sent');
    this.name = 'Cancelled';
  }
}

/** The program cannot begin: flags, configuration file, address. Exit status 2. */
export class StartError extends Error {
  /** How to mend it: a line, or the usage of the flags. */
  readonly usage: string;
  constructor(message: string, usage = '') {
    super(message);
    this.name = 'StartError';
    this.usage = usage;
  }
}

/** The whole command took longer than -timeout allows. Exit status 3. */
export class TimedOut extends Error {
  /** What the end leaves behind. */
  readonly note: string;
  constructor(limitMs: number, note = UNKNOWN) {
    super(`timed out after ${limitMs / 1000} s`);
    this.name = 'TimedOut';
    this.note = note;
  }
}

/** Nobody reads our output any more (`| head`): the run ends quietly. */
export class PipeClosed extends Error {
  constructor() {
    super('the reader of the output is gone');
    this.name = 'PipeClosed';
  }
}

/** An output cannot be written: a full disk, a device that fails. The run ends with status 1. */
export class WriteFailed extends Error {
  /** @param note what had been done or was not done, for the end of the message */
  constructor(what: string, note = '') {
    super(note === '' ? what : `${what}; ${note}`);
    this.name = 'WriteFailed';
  }
}
