// How a run, or one line of it, treats what it is asked to do and shows what it gets.

import { parseDuration } from '../text/duration.ts';
import { UsageError } from './errors.ts';
import { AUTO, type ColourChoice, type Form, parseColour, parseForm } from './form.ts';
import type { Given } from './spec.ts';

/** Which generation of DM is spoken: what the master says, or what the user says. */
const PROTOCOLS = ['auto', 'v1'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Reads a protocol. Throws Error that says which there are. */
export function parseProtocol(text: string): Protocol {
  const protocol = PROTOCOLS.find((name) => name === text);
  if (protocol) return protocol;
  throw new Error(`invalid protocol ${text}: it must be ${PROTOCOLS.join(' or ')}`);
}

export interface Manners {
  readonly protocol: Protocol;
  /** Milliseconds that each call may take. */
  readonly timeoutMs: number;
  /** The bytes that one answer may have. */
  readonly maxAnswerBytes: number;
  /** Whether harmful commands are asked about first. */
  readonly asks: boolean;
  /** Whether the user has said that nothing is to be asked. */
  readonly yes: boolean;
  /** Whether a command is asked about first that goes to every task that a pattern or --all finds. */
  readonly asksMany: boolean;
  /** Whether everything that changes the cluster is refused. */
  readonly readOnly: boolean;
  /** Why it is, with what to do about it, where nobody said so. */
  readonly readOnlyReason: string | undefined;
  /** Whether a call that changes nothing is made once more when its connection broke. */
  readonly repeatsReads: boolean;
  readonly form: Form;
  /** A JSONPath of what is wanted of the answer; empty for all. */
  readonly query: string;
  readonly colour: ColourChoice;
  /** The pager that was chosen for dmctl, `off` for none; undefined leaves it to $PAGER. */
  readonly pager: string | undefined;
  /** Whether nothing but errors is said on standard error. */
  readonly quiet: boolean;
  /** Milliseconds that a whole command may take; undefined for as long as it likes. */
  readonly limitMs: number | undefined;
}

/** The original's ways. */
export const PLAIN_MANNERS: Manners = {
  protocol: 'auto',
  timeoutMs: 0,
  maxAnswerBytes: 2 ** 30,
  asks: false,
  yes: false,
  asksMany: false,
  readOnly: false,
  readOnlyReason: undefined,
  repeatsReads: false,
  form: AUTO,
  query: '',
  colour: 'auto',
  pager: undefined,
  quiet: false,
  limitMs: undefined,
};

/** The session's manners with what the line itself says. Throws UsageError. */
export function lineManners(given: Given, session: Manners): Manners {
  const taken = <T>(flag: string, read: (text: string) => T, otherwise: T): T => {
    const text = given.text(flag);
    if (text === '') return otherwise;
    try {
      return read(text);
    } catch (e) {
      throw new UsageError(`--${flag}: ${(e as Error).message}`);
    }
  };
  const manners: Manners = {
    ...session,
    form: taken('output', parseForm, session.form),
    query: given.text('query') || session.query,
    colour: taken('color', parseColour, session.colour),
    pager: given.text('pager') || session.pager,
    limitMs: taken<number | undefined>('timeout', parseDuration, session.limitMs),
    quiet: given.on('quiet') || session.quiet,
    asks: session.asks && !given.on('yes'),
    yes: session.yes || given.on('yes'),
    asksMany: session.asksMany && !given.on('yes'),
  };
  checkQuery(manners);
  return manners;
}

/** What -query finds is JSON; there is no table of it. */
function checkQuery({ form, query }: Manners): void {
  if (query === '' || ['auto', 'json', 'jsonl', 'yaml'].includes(form.kind)) return;
  throw new UsageError(`--query goes with --output json, jsonl or yaml, not with ${form.kind}`);
}
