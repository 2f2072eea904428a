// Questions before harm: what will happen to whom, and whether to go on.

import { forTerminal } from '../print/sanitise.ts';
import { decode } from '../wire/decode.ts';
import { Refusal } from './errors.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';
import type { CommandSpec, Given } from './spec.ts';

/** Says what a harmful command will do and asks. Throws Refusal when the answer is no, or nobody can be asked. */
export async function askFirst(command: CommandSpec, given: Given, request: object, session: Session, signal: AbortSignal): Promise<void> {
  refuseUnasked(command, session);
  const lookup = async (method: string, asked: object): Promise<unknown> => {
    try {
      const { type, answer } = await send(session, method, asked, false, signal);
      return decode(type, answer);
    } catch {
      return undefined; // what cannot be looked up is left out of the question
    }
  };
  const lines = (await command.harm?.(given, request, lookup)) ?? [];
  await ask(command, lines, session);
}

/** Says what will be done, and asks. Throws Refusal as above. */
export async function ask(command: CommandSpec, lines: readonly string[], session: Session): Promise<void> {
  const confirm = refuseUnasked(command, session);
  await session.io.stderr.write(lines.map((line) => `${forTerminal(line)}\n`).join(''));
  if (!(await confirm('Go on?'))) throw new Refusal('nothing was sent');
}

function refuseUnasked(command: CommandSpec, { confirm }: Session): NonNullable<Session['confirm']> {
  if (confirm) return confirm;
  throw new Refusal(`${command.name} is to be confirmed, but there is no terminal to ask on; give -yes if it is meant`);
}
