// Passwords that a command reads: from a terminal without echo, or from a pipe.

import { InputError, Refusal } from '../command/errors.ts';
import type { IO } from '../io/io.ts';
import { askSecret } from '../io/load-prompts.ts';
import { readAll } from '../io/text-file.ts';
import { writeMessage } from '../io/write-safe.ts';
import type { RunContext } from './context.ts';

const VISIBLE = 'note: other users of this machine can see a password on the command line; `dmctl encrypt` asks for it or reads a pipe\n';

/** What a password needs of the world. */
export interface SecretIO {
  readonly io: IO;
  /** Whether arguments are visible to other users of the machine. */
  readonly visible: boolean;
  /** Asks on the terminal, or reads standard input. Throws Interrupted, Refusal. */
  secret(question: string): Promise<Buffer>;
}

/** Passwords of a command line: standard input is theirs. */
export const oneShotSecrets = (io: IO): SecretIO => ({ io, visible: true, secret: (question) => secret(io, question) });

/** Passwords of a built-in command. At the prompt they are asked for; in a pipe, standard input has the commands. */
export function secretIO(command: string, context: RunContext): SecretIO {
  const { io, session } = context;
  if (session.mode === 'one-shot') return oneShotSecrets(io);
  return {
    io,
    visible: false,
    secret: async (question) => {
      if (!io.questions) {
        throw new Refusal(`standard input has the commands, so ${command} cannot read a text from it. Use dmctl ${command} in a script`);
      }
      return await context.lendTerminal(() => secret(io, question));
    },
  };
}

/** The bytes that an argument stands for: its own text, with a note if others can see it, or what is asked for if it is `-`. */
export async function secretOf(text: string, question: string, { io, visible, secret: read }: SecretIO): Promise<Buffer> {
  if (text === '-') return await read(question);
  if (visible && io.stderr.isTTY) await writeMessage(io.stderr, VISIBLE);
  return Buffer.from(text);
}

async function secret(io: IO, question: string): Promise<Buffer> {
  const { questions, onInterrupt } = io;
  if (questions) return Buffer.from(await askSecret(question, { terminal: questions, onInterrupt }, io.env.TERM === 'dumb'));
  const bytes = await readAll(io.stdin);
  const end = bytes.at(-1) !== 0x0a ? bytes.length : bytes.at(-2) === 0x0d ? bytes.length - 2 : bytes.length - 1;
  if (end === 0) throw new InputError('standard input is empty; nothing was read');
  return bytes.subarray(0, end);
}
