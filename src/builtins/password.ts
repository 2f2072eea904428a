// Passwords of configuration files: from the command line, a terminal without echo, or a pipe.

import { InputError, Refusal } from '../command/errors.ts';
import { decryptPassword, encryptPassword } from '../domain/password-cipher.ts';
import type { RunContext } from '../invoke/context.ts';
import type { IO } from '../io/io.ts';
import { askSecret } from '../io/load-prompts.ts';
import { readAll } from '../io/text-file.ts';
import { writeMessage } from '../io/write-safe.ts';

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

/** Prints the ciphertext of a text. `-` asks for the text, or reads it from a pipe. */
export async function encrypt(text: string, { io, visible, secret: read }: SecretIO): Promise<void> {
  if (text !== '-' && visible && io.stderr.isTTY) await writeMessage(io.stderr, VISIBLE);
  const plain = text === '-' ? await read('Password to encrypt') : Buffer.from(text);
  await io.stdout.write(`${encryptPassword(plain)}\n`);
}

/** Prints the password of a ciphertext; `-` as for encrypt. Throws InputError. */
export async function decrypt(text: string, { io, secret: read }: SecretIO): Promise<void> {
  const cipherText = text === '-' ? (await read('Ciphertext to decrypt')).toString('utf8').trim() : text;
  let plain: Buffer;
  try {
    plain = decryptPassword(cipherText);
  } catch (e) {
    throw new InputError(`${(e as Error).message}; give the text that encrypt printed, whole`);
  }
  await io.stdout.write(Buffer.concat([plain, Buffer.from('\n')]));
}

async function secret(io: IO, question: string): Promise<Buffer> {
  const { questions, onInterrupt } = io;
  if (questions) return Buffer.from(await askSecret(question, { terminal: questions, onInterrupt }, io.env.TERM === 'dumb'));
  const bytes = await readAll(io.stdin);
  const end = bytes.at(-1) !== 0x0a ? bytes.length : bytes.at(-2) === 0x0d ? bytes.length - 2 : bytes.length - 1;
  if (end === 0) throw new InputError('standard input is empty; nothing was read');
  return bytes.subarray(0, end);
}
