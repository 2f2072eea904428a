// Shows an answer in the form that the line wants, through a pager where one was chosen and the answer is long.

import { CUT, Interrupted, UsageError, WriteFailed } from '../command/errors.ts';
import { formatText, isHumanReadable } from '../command/output-format.ts';
import type { RunOptions } from '../command/run-options.ts';
import type { AdviceOf } from '../domain/error-catalog.ts';
import type { IO } from '../io/io.ts';
import { unlessClosed } from '../io/write-outcome.ts';
import type { View } from '../presenters/view.ts';
import { forTerminal } from '../text/sanitize.ts';
import type { FormatTools, Renderable } from './formats.ts';
import type { Screen } from './table/table.ts';

export type { Renderable } from './formats.ts';

/** Where and how to show something. */
export interface RenderContext {
  readonly io: IO;
  readonly options: RunOptions;
  /** Aborted by Ctrl-C and at the end of -timeout. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left of -timeout; undefined without one. */
  leftMs(): number | undefined;
  /** What the dialect advises about errors; loaded for who reads one. */
  errorAdvice(): Promise<AdviceOf>;
  /** Lends the terminal to something that reads keys, such as a pager. */
  lendTerminal<T>(use: () => Promise<T>): Promise<T>;
}

/**
 * What is shown after Ctrl-C or -timeout tells how things were left: only one more Ctrl-C ends that.
 * @returns the context for it, and what ends the listening
 */
function hearAgain(context: RenderContext): { context: RenderContext; release: () => void } {
  if (!context.signal.aborted) return { context, release: () => {} };
  const again = new AbortController();
  const release = context.io.onInterrupt(() => again.abort());
  return { context: { ...context, signal: again.signal, leftMs: () => undefined }, release };
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
export type Renderer = (shown: Renderable, auto: () => Chunks) => Promise<void>;

/** Makes ready for the form of the line, before anything is sent. Throws UsageError for a path that cannot be read. */
export async function openRenderer(context: RenderContext, before?: View): Promise<Renderer> {
  const text = await openFormatter(context, before);
  return async (shown, auto) => {
    const { context: heard, release } = hearAgain(context);
    try {
      await unlessClosed(writeOrPage(heard, await text(shown, auto)));
    } catch (error) {
      throw isTooLarge(error)
        ? new WriteFailed(`the answer is too large for -output ${formatText(context.options.format)}`, USE_JSON)
        : error;
    } finally {
      release();
    }
  };
}

/** The same as a text in chunks; those of views are safe for a terminal, others are not yet. */
export async function openFormatter(
  context: RenderContext,
  before?: View,
): Promise<(shown: Renderable, auto: () => Chunks) => Promise<Chunks>> {
  const { options } = context;
  const { format, query } = options;
  if (format.kind === 'auto' && query === '') return async (_shown, auto) => auto();
  const tools = await toolsFor(options);
  const { structuredChunks, humanChunks } = await import('./formats.ts');
  const wanted = format.kind === 'auto' ? ({ kind: 'json' } as const) : format;
  if (!isHumanReadable(wanted)) return async (shown) => structuredChunks(wanted, shown, tools);
  const screen = await screenOf(context, before);
  return async (shown) => humanChunks(wanted, await shown.view(), screen);
}

/** The context for what the original has no text of: rows where no form was chosen. */
function preferTable(context: RenderContext): RenderContext {
  const { format, query } = context.options;
  const chosen = format.kind !== 'auto' || query !== '';
  return chosen ? context : { ...context, options: { ...context.options, format: { kind: 'table' } } };
}

/**
 * Shows what a command of ours has to tell: a plain value for programs, and rows of it for people.
 * @param auto the text where no form was chosen; without it the rows are shown
 */
export async function renderValue(context: RenderContext, value: unknown, view: View, auto?: () => Chunks): Promise<void> {
  const shownIn = auto ? context : preferTable(context);
  const [show, { renderableValue, renderableList }] = await Promise.all([openRenderer(shownIn), import('./renderable.ts')]);
  const shown = Array.isArray(value) ? renderableList(value, () => view) : renderableValue(value, () => view);
  await show(shown, auto ?? (() => []));
}

async function toolsFor({ format, query }: RunOptions): Promise<FormatTools> {
  const path = format.kind === 'jsonpath' ? format.path : query;
  const yaml = format.kind === 'yaml' ? await import('./yaml.ts') : undefined;
  if (path === '' && format.kind !== 'jsonpath') return { yaml };
  const { jsonPath } = await import('../text/jsonpath.ts');
  try {
    return { yaml, find: jsonPath(path) };
  } catch (e) {
    throw new UsageError((e as Error).message);
  }
}

/** What is known of the screen that views are made for. */
export async function screenOf(context: Pick<RenderContext, 'io' | 'options' | 'errorAdvice'>, before?: View): Promise<Screen> {
  const {
    io: { stdout, env },
    options: { format, color },
  } = context;
  const { hasColor, paint } = await import('./style.ts');
  return {
    adviceOf: await context.errorAdvice(),
    columns: stdout.isTTY ? (stdout.columns ?? 80) : undefined,
    paint: paint(hasColor(color, stdout, env)),
    wide: format.kind === 'wide',
    before,
  };
}

async function writeOrPage(context: RenderContext, chunks: Chunks): Promise<void> {
  const { io, options } = context;
  const command = pagerOf(io, options);
  const iterator = chunks[Symbol.iterator]();
  const { rows = 0 } = io.stdout;
  const held: (string | Buffer)[] = [];
  if (command !== '' && rows > 0) {
    let lines = 0;
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      held.push(next.value);
      lines += lineBreaks(next.value);
      if (lines < rows) continue;
      await context.lendTerminal(() => io.page(command, texts(held, iterator, options)));
      return;
    }
  }
  for (const chunk of held) await write(context, chunk);
  await breathe();
  // Before the first chunk there may be a long look at the whole answer; from then on each takes a moment.
  let chunk = context.io.compute(() => slice(iterator), context.leftMs());
  while (chunk.length > 0) {
    await write(context, chunk);
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
 * what came from the network, and has colors of its own; JSON is raw in a pipe.
 */
async function write({ io, options, signal }: RenderContext, chunk: string | Buffer): Promise<void> {
  const text = isHumanReadable(options.format) || !io.stdout.isTTY ? chunk : forTerminal(String(chunk));
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
function* texts(held: readonly (string | Buffer)[], rest: Iterator<string | Buffer>, { format }: RunOptions): Generator<string> {
  const safe = (chunk: string | Buffer): string => (isHumanReadable(format) ? String(chunk) : forTerminal(String(chunk)));
  for (const chunk of held) yield safe(chunk);
  for (let next = rest.next(); !next.done; next = rest.next()) yield safe(next.value);
}

const lineBreaks = (chunk: string | Buffer): number => String(chunk).split('\n').length - 1;

/**
 * The command of the pager; empty for none. What was chosen for dmctl pages everything on a terminal; $PAGER alone pages
 * views only, since it was not chosen for what the original prints.
 */
function pagerOf({ stdout, env, terminal }: IO, { pager, format }: RunOptions): string {
  if (!stdout.isTTY || !terminal || env.TERM === 'dumb') return '';
  const chosen = pager ?? (isHumanReadable(format) ? (env.PAGER ?? '') : '');
  return chosen === 'off' || chosen === 'cat' ? '' : chosen.trim();
}
