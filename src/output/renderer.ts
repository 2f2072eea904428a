// Prints an answer in the format of the line, through a pager if one was chosen and the answer is long.

import { CUT, Interrupted, UsageError, WriteFailed } from '../command/errors.ts';
import { formatText, hasRows, isHumanReadable } from '../command/output-format.ts';
import type { RunOptions } from '../command/run-options.ts';
import type { AdviceOf } from '../domain/error-catalog.ts';
import type { IO } from '../io/io.ts';
import { unlessClosed } from '../io/write-outcome.ts';
import type { View } from '../presenters/view.ts';
import { forTerminal } from '../text/sanitize.ts';
import type { FormatTools, Renderable } from './formats.ts';
import type { Screen } from './table/table.ts';

export type { Renderable } from './formats.ts';

/** Where and how to print. */
export interface RenderContext {
  readonly io: IO;
  readonly options: RunOptions;
  /** Aborted by Ctrl-C and by -timeout. */
  readonly signal: AbortSignal;
  /** The milliseconds left of -timeout; undefined without it. */
  leftMs(): number | undefined;
  /** The dialect's advice about errors; loaded when an error is shown. */
  errorAdvice(): Promise<AdviceOf>;
  /** Lends the terminal to a program that reads keys, such as a pager. */
  lendTerminal<T>(use: () => Promise<T>): Promise<T>;
}

/**
 * What is printed after Ctrl-C or -timeout describes the state that they left: only another Ctrl-C ends it.
 * @returns the context for it, and a function that removes the listener
 */
function hearAgain(context: RenderContext): { context: RenderContext; release: () => void } {
  if (!context.signal.aborted) return { context, release: () => {} };
  const again = new AbortController();
  const release = context.io.onInterrupt(() => again.abort());
  return { context: { ...context, signal: again.signal, leftMs: () => undefined }, release };
}

type Chunks = Iterable<string | Buffer>;

const USE_JSON = 'Use -output json, which prints answers of any size';

/** Whether a text, a list or the call stack exceeded the limits of the runtime. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError || (error as NodeJS.ErrnoException)?.code === 'ERR_STRING_TOO_LONG';

/**
 * Prints one answer on standard output. Also resolves if the reader is gone. `auto` is the original's text.
 * @throws WriteFailed, Interrupted
 */
export type Renderer = (shown: Renderable, auto: () => Chunks) => Promise<void>;

/** Prepares the format of the line before anything is sent. Throws UsageError for an invalid path. */
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

/** The text in chunks. Views are already safe for a terminal, other formats are not yet. */
export async function openFormatter(
  context: RenderContext,
  before?: View,
): Promise<(shown: Renderable, auto: () => Chunks) => Promise<Chunks>> {
  const { options } = context;
  const { format, query } = options;
  if (format.kind === 'auto' && query === '') return async (_shown, auto) => auto();
  const tools = await toolsFor(options);
  const { structuredChunks, rowChunks } = await import('./formats.ts');
  const wanted = format.kind === 'auto' ? ({ kind: 'json' } as const) : format;
  if (!hasRows(wanted)) return async (shown) => structuredChunks(wanted, shown, tools);
  const { selectRows } = await import('./table/select-rows.ts');
  const screen = await screenOf(context, before && selectRows(before, options));
  return async (shown) => rowChunks(wanted, selectRows(await shown.view(), options), screen);
}

/** The context for output without a text in the original: rows, unless a format was chosen. */
function preferTable(context: RenderContext): RenderContext {
  const { format, query } = context.options;
  const chosen = format.kind !== 'auto' || query !== '';
  return chosen ? context : { ...context, options: { ...context.options, format: { kind: 'table' } } };
}

/**
 * Prints the result of a built-in command: a plain value for programs, and rows for people.
 * @param auto the text if no format was chosen; without it, the rows are printed
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

/** The properties of the screen for views. */
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
  // Building the first chunk may take long, because it may examine the whole answer. Later chunks are fast.
  let chunk = context.io.compute(() => slice(iterator), context.leftMs());
  while (chunk.length > 0) {
    await write(context, chunk);
    chunk = slice(iterator);
  }
}

/** Lets the program process events. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** How much to build before writing: a number of bytes, or of milliseconds of work. */
const SLICE_BYTES = 1 << 18;
const SLICE_MS = 20;

/** The next chunks of an answer joined; empty at its end. */
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
 * Writes a chunk and lets the program process signals, even if the reader is slow. A view is already safe
 * and has colors of its own; JSON is raw in a pipe.
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
 * The command of the pager; empty for none. A pager chosen for dmctl pages everything on a terminal. $PAGER pages
 * views only, because it was not chosen for what the original prints.
 */
function pagerOf({ stdout, env, terminal }: IO, { pager, format }: RunOptions): string {
  if (!stdout.isTTY || !terminal || env.TERM === 'dumb') return '';
  const chosen = pager ?? (isHumanReadable(format) ? (env.PAGER ?? '') : '');
  return chosen === 'off' || chosen === 'cat' ? '' : chosen.trim();
}
