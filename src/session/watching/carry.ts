// A command that is run again and again: one of the dialect that changes nothing, or one of ours that only looks.

import { Refusal } from '../../core/errors.ts';
import { ask, mannersFor, type OwnRunner, reading } from '../../core/execute.ts';
import { isRepeatable } from '../../core/find-command.ts';
import type { Manners } from '../../core/manners.ts';
import { parse } from '../../core/parse.ts';
import { give } from '../../core/program.ts';
import type { Session } from '../../core/session.ts';
import type { Shown } from '../../core/show.ts';
import type { Given } from '../../core/spec.ts';

/** What came of a round. */
export interface Answer {
  readonly shown: Shown;
  auto(): Iterable<string | Buffer>;
  /** Looks at the bytes as it is shown. Throws RpcError when they are no such message. */
  reading<T>(use: () => T | Promise<T>): Promise<T>;
  /** The status of a run that ended with it. */
  status(): number;
}

export interface Carried {
  readonly given: Given;
  /** Whether its answers come in every form; else there is only its text. */
  readonly hasForms: boolean;
  /** What is said before the reason when it fails. */
  readonly failure: string;
  manners(line: Manners): Manners;
  /** One round. Throws what the command throws; RpcError is a round that failed, everything else ends a watch. */
  ask(signal: AbortSignal): Promise<Answer>;
}

/** The command of the words. Throws Refusal for one that may change something, UsageError. */
export function carry(words: readonly string[], session: Session, runOwn: OwnRunner): Carried {
  const parsed = parse(words, session.catalogue);
  if (parsed.kind === 'help') throw new Refusal('help does not change; there is nothing to watch'); // it was shown before this
  const { command } = parsed;
  if (!isRepeatable(command)) {
    const why = parsed.kind === 'call' ? 'it changes the cluster' : 'it is not there to look at something';
    throw new Refusal(`${command.name} cannot be watched: ${why}; nothing was sent`);
  }
  const given = give(command.name, parsed.scanned, parsed.flags);
  if (parsed.kind === 'own') return ownCarried((signal, to) => runOwn(parsed.command, given, to, signal), session, given);
  return {
    given,
    hasForms: true,
    failure: parsed.command.failure?.(given) ?? '',
    manners: (line) => mannersFor(parsed.command, given, line),
    ask: async (signal) => {
      const asked = await ask(parsed.command, given, session, signal);
      hush(session);
      return { ...asked, reading: (use) => reading(asked.type, use) };
    },
  };
}

/** Warnings, questions and the sign of life of a call are there once: after the first round the screen is the answer's. */
function hush(session: Session): void {
  session.manners = { ...session.manners, quiet: true, asks: false };
}

/** One of ours writes its text itself: it is caught, to be shown as the writer of the watch wants. */
function ownCarried(run: (signal: AbortSignal, to: Session) => Promise<number>, session: Session, given: Given): Carried {
  const onlyText = (): never => {
    throw new Error('it has no other form');
  };
  return {
    given,
    hasForms: false,
    failure: '',
    manners: (line) => line,
    ask: async (signal) => {
      const texts: (string | Buffer)[] = [];
      const { columns, rows } = session.io.stdout;
      const stdout = { write: async (text: string | Buffer) => void texts.push(text), isTTY: false, columns, rows };
      const io = Object.create(session.io, { stdout: { value: stdout } }) as Session['io'];
      const status = await run(signal, Object.create(session, { io: { value: io } }) as Session);
      return {
        shown: { json: onlyText, value: onlyText, view: onlyText },
        auto: () => texts,
        reading: async (use) => await use(),
        status: () => status,
      };
    },
  };
}
