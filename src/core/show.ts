// Shows an answer in the form that the line wants, through a pager where one was chosen and the answer is long.

import type { FormTools, Shown } from '../print/forms.ts';
import { forTerminal } from '../print/sanitise.ts';
import type { Screen } from '../print/table.ts';
import type { View } from '../views/shape.ts';
import { CUT, Interrupted, UsageError } from './errors.ts';
import { formText, isView } from './form.ts';
import { type IO, WriteFailed } from './io.ts';
import type { Manners } from './manners.ts';
import type { Session } from './session.ts';
import { unlessClosed } from './told.ts';

export type { Shown } from '../print/forms.ts';

/**
 * What is shown after Ctrl-C or -timeout tells how things were left: only one more Ctrl-C ends that.
 * @returns what ends the listening
 */
function hearAgain(session: Session): () => void {
  if (!session.line.signal.aborted) return () => {};
  const again = new AbortController();
  session.line = { signal: again.signal, leftMs: () => undefined };
  return session.io.onInterrupt(() => again.abort());
}

type Chunks = Iterable<string | Buffer>;

const USE_JSON = 'use -output json, which prints answers of any size';

/** Whether a text, a list or the calls for it went beyond what the runtime can hold. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError || (error as NodeJS.ErrnoException)?.code === 'ERR_STRING_TOO_LONG';

/**
 * Shows one answer on standard output; resolves, too, when nobody reads it. `auto` is what the original prints of it.
 * @throws WriteFailed, Interrupted
 */
export type Show = (shown: Shown, auto: () => Chunks) => Promise<void>;

/** Makes ready for the form of the line, before anything is sent. Throws UsageError for a path that cannot be read. */
export async function openShow(session: Session, before?: View): Promise<Show> {
  const text = await openText(session, before);
  return async (shown, auto) => {
    const release = hearAgain(session);
    try {
      await unlessClosed(deliver(session, await text(shown, auto)));
    } catch (error) {
      throw isTooLarge(error) ? new WriteFailed(`the answer is too large for -output ${formText(session.manners.form)}`, USE_JSON) : error;
    } finally {
      release();
    }
  };
}

/** The same as a text in chunks; those of views are safe for a terminal, others are not yet. */
export async function openText({ io, manners }: Session, before?: View): Promise<(shown: Shown, auto: () => Chunks) => Promise<Chunks>> {
  const { form, query } = manners;
  if (form.kind === 'auto' && query === '') return async (_shown, auto) => auto();
  const tools = await toolsFor(manners);
  const { formChunks, viewChunks } = await import('../print/forms.ts');
  const wanted = form.kind === 'auto' ? ({ kind: 'json' } as const) : form;
  if (!isView(wanted)) return async (shown) => formChunks(wanted, shown, tools);
  const screen = await screenOf(io, manners, before);
  return async (shown) => viewChunks(wanted, await shown.view(), screen);
}

/** Shows rows where no form was chosen: for what the original has no text of. */
export function preferRows(session: Session): void {
  const { form, query } = session.manners;
  if (form.kind === 'auto' && query === '') session.manners = { ...session.manners, form: { kind: 'table' } };
}

/**
 * Shows what a command of ours has to tell: a plain value for programs, and rows of it for people.
 * @param auto the text where no form was chosen; without it the rows are shown
 */
export async function showOwn(session: Session, value: unknown, view: View, auto?: () => Chunks): Promise<void> {
  if (!auto) preferRows(session);
  const [show, { shownValue, shownValues }] = await Promise.all([openShow(session), import('./shown.ts')]);
  const shown = Array.isArray(value) ? shownValues(value, () => view) : shownValue(value, () => view);
  await show(shown, auto ?? (() => []));
}

async function toolsFor({ form, query }: Manners): Promise<FormTools> {
  const path = form.kind === 'jsonpath' ? form.path : query;
  const yaml = form.kind === 'yaml' ? await import('../print/yaml.ts') : undefined;
  if (path === '' && form.kind !== 'jsonpath') return { yaml };
  const { jsonPath } = await import('../text/jsonpath.ts');
  try {
    return { yaml, find: jsonPath(path) };
  } catch (e) {
    throw new UsageError((e as Error).message);
  }
}

/** What is known of the screen that views are made for. */
export async function screenOf({ stdout, env }: Pick<IO, 'stdout' | 'env'>, { form, colour }: Manners, before?: View): Promise<Screen> {
  const { hasColour, paint } = await import('../print/style.ts');
  return {
    columns: stdout.isTTY ? (stdout.columns ?? 80) : undefined,
    paint: paint(hasColour(colour, stdout, env)),
    wide: form.kind === 'wide',
    before,
  };
}

async function deliver(session: Session, chunks: Chunks): Promise<void> {
  const { io, manners } = session;
  const command = pagerOf(io, manners);
  const iterator = chunks[Symbol.iterator]();
  const { rows = 0 } = io.stdout;
  const held: (string | Buffer)[] = [];
  if (command !== '' && rows > 0) {
    let lines = 0;
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      held.push(next.value);
      lines += lineBreaks(next.value);
      if (lines < rows) continue;
      await session.lend(() => io.page(command, texts(held, iterator, manners)));
      return;
    }
  }
  for (const chunk of held) await write(session, chunk);
  await breathe();
  // Before the first chunk there may be a long look at the whole answer; from then on each takes a moment.
  let chunk = session.io.compute(() => slice(iterator), session.line.leftMs());
  while (chunk.length > 0) {
    await write(session, chunk);
    chunk = slice(iterator);
  }
}

/** Lets the program hear what has happened meanwhile. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What is made before it is written: so many bytes, or so many milliseconds of work. */
const SLICE_BYTES = 1 << 18;
const SLICE_MS = 20;

/** The next chunks of an answer as one; empty at its end. */
function slice(iterator: Iterator<string | Buffer>): string | Buffer {
  const parts: (string | Buffer)[] = [];
  const until = performance.now() + SLICE_MS;
  for (let size = 0; size < SLICE_BYTES && (size === 0 || performance.now() < until); ) {
    const next = iterator.next();
    if (next.done) break;
    parts.push(next.value);
    size += next.value.length;
  }
  if (parts.length === 1) return parts[0] as string | Buffer;
  return parts.every((p) => typeof p === 'string') ? parts.join('') : Buffer.concat(parts.map((p) => Buffer.from(p as string)));
}

/**
 * Writes a chunk and lets the program hear signals; a reader that is slow does not keep it from them. A view has made safe
 * what came from the network, and has colours of its own; JSON is raw in a pipe.
 */
async function write({ io, manners, line: { signal } }: Session, chunk: string | Buffer): Promise<void> {
  const text = isView(manners.form) || !io.stdout.isTTY ? chunk : forTerminal(String(chunk));
  await unlessAborted(io.stdout.write(text), signal);
  await breathe();
  if (signal.aborted) throw new Interrupted(CUT);
}

async function unlessAborted(writing: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Interrupted(CUT));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([writing, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** For a pager, which writes to the terminal. */
function* texts(held: readonly (string | Buffer)[], rest: Iterator<string | Buffer>, { form }: Manners): Generator<string> {
  const safe = (chunk: string | Buffer): string => (isView(form) ? String(chunk) : forTerminal(String(chunk)));
  for (const chunk of held) yield safe(chunk);
  for (let next = rest.next(); !next.done; next = rest.next()) yield safe(next.value);
}

const lineBreaks = (chunk: string | Buffer): number => String(chunk).split('\n').length - 1;

/**
 * The command of the pager; empty for none. What was chosen for dmctl pages everything on a terminal; $PAGER alone pages
 * views only, since it was not chosen for what the original prints.
 */
function pagerOf({ stdout, env, terminal }: IO, { pager, form }: Manners): string {
  if (!stdout.isTTY || !terminal || env.TERM === 'dumb') return '';
  const chosen = pager ?? (isView(form) ? (env.PAGER ?? '') : '');
  return chosen === 'off' || chosen === 'cat' ? '' : chosen.trim();
}
