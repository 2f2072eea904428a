// The names of the cluster, for completion: fetched in the background, cached for some seconds, and never a
// reason to wait or to print anything.

import type { Dialect, NameQuery, Names, TableName } from '../command/spec.ts';
import { decode } from '../wire/decode.ts';
import { encode } from '../wire/encode.ts';
import { messageType } from '../wire/schema.ts';
import type { ResolvingCaller } from './dialect-resolver.ts';
import type { Session } from './session.ts';

export const NO_NAMES: Names = { tasks: [], workers: [], masters: [], sources: [], locks: [], tables: [] };

export interface NameCache {
  /** The names that are known now. */
  known(): Names;
  /**
   * Asks the master unless the names are fresh. At most one request round runs at a time.
   * @returns a promise that resolves when the round is over, and never rejects; undefined if there is none
   */
  refresh(): Promise<void> | undefined;
  /** Cancels a running round. */
  close(): void;
}

export interface NameOptions {
  /** The timeout of a round in milliseconds. */
  readonly deadlineMs?: number;
  /** How long the result of a round is used, in milliseconds, even if the round failed. */
  readonly freshMs?: number;
  /** A monotonic clock in milliseconds. */
  readonly clock?: () => number;
}

/** Larger answers are not decoded, because that would delay typing. */
const MAX_BYTES = 4 << 20;

type NameSession = Pick<Session, 'settle' | 'connectionId'> & { caller(): Promise<Pick<ResolvingCaller, 'call'>> };

/** The names of a session's cluster. Nothing is sent before the first refresh. */
export function createNameCache(session: NameSession, options: NameOptions = {}): NameCache {
  const { deadlineMs = 1500, freshMs = 5000, clock = () => performance.now() } = options;
  const stop = new AbortController();
  let names = NO_NAMES;
  let round: Promise<void> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asked = session.connectionId;
  /** The names of one cluster are not valid for another. */
  const forgetOther = (): void => {
    if (asked === session.connectionId) return;
    asked = session.connectionId;
    askedAt = Number.NEGATIVE_INFINITY;
    names = NO_NAMES;
    round = undefined;
  };

  const ask = async (query: NameQuery, dialect: Dialect, { connection, tables }: Round): Promise<void> => {
    try {
      const schema = await dialect.schema();
      const method = schema.methods[query.method];
      if (!method || connection !== session.connectionId) return;
      const caller = await session.caller();
      const request = encode(messageType(schema, method.request), query.request);
      const bytes = await caller.call(method.path, request, {
        timeoutMs: deadlineMs,
        signal: stop.signal,
        reads: true,
        generation: dialect.generation,
      });
      if (bytes.length > MAX_BYTES || connection !== session.connectionId) return;
      const { tables: more = [], ...others } = query.read(decode(messageType(schema, method.response), bytes) as never);
      tables.push(...more);
      names = { ...names, ...tidy(others), tables: distinct(tables) };
    } catch {
      // a message in the middle of a line would disturb; the known names stay
    }
  };

  const askAll = async (): Promise<void> => {
    const connection = session.connectionId;
    try {
      const { dialect } = await session.settle({ timeoutMs: deadlineMs, signal: stop.signal });
      const shared: Round = { connection, tables: [] };
      await Promise.all(dialect.nameQueries.map((query) => ask(query, dialect, shared)));
    } catch {
      // as above
    }
  };

  return {
    known: () => {
      forgetOther();
      return names;
    },
    refresh: () => {
      forgetOther();
      if (round) return round;
      if (clock() - askedAt < freshMs || stop.signal.aborted) return undefined;
      askedAt = clock();
      const begun = askAll().then(() => {
        if (round === begun) round = undefined;
      });
      round = begun;
      return begun;
    },
    close: () => stop.abort(),
  };
}

/** What the queries of a round share. */
interface Round {
  /** The connection of the session when the round began. */
  readonly connection: number;
  /** Several answers mention tables. */
  readonly tables: TableName[];
}

/** Each name once, sorted, without empty names. */
function tidy(found: Partial<Names>): Partial<Names> {
  const { tasks, workers, masters, sources, locks } = found;
  const set = (list: readonly string[]): string[] => [...new Set(list)].filter((n) => n !== '').sort();
  return {
    ...(tasks && { tasks: set(tasks) }),
    ...(workers && { workers: set(workers) }),
    ...(masters && { masters: set(masters) }),
    ...(sources && { sources: sources.filter((s) => s.id !== '' && s.worker !== '') }),
    ...(locks && { locks: set(locks) }),
  };
}

function distinct(tables: readonly TableName[]): TableName[] {
  return [...new Map(tables.map((one) => [JSON.stringify([one.database, one.table]), one])).values()];
}
