// Shows an answer in the form that the line wants, through a pager where one was chosen and the answer is long.

import type { FormTools, Shown } from '../print/forms.ts';
import type { Screen } from '../print/table.ts';
import type { View } from '../views/shape.ts';
import { UsageError } from './errors.ts';
import { isView } from './form.ts';
import type { IO } from './io.ts';
import type { Manners } from './manners.ts';
import { type Session, say } from './session.ts';

export type { Shown } from '../print/forms.ts';

type Chunks = Iterable<string | Buffer>;

/** Shows one answer on standard output. `auto` is what the original prints of it. */
export type Show = (shown: Shown, auto: () => Chunks) => Promise<void>;

/** Makes ready for the form of the line, before anything is sent. Throws UsageError for a path that cannot be read. */
export async function openShow(session: Session, before?: View): Promise<Show> {
  const text = await openText(session, before);
  return async (shown, auto) => await deliver(session, await text(shown, auto));
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
  const yaml = form.kind === 'yaml' ? (await import('../print/yaml.ts')).yamlText : undefined;
  if (path === '' && form.kind !== 'jsonpath') return { ...(yaml && { yaml }) };
  const { jsonPath } = await import('../text/jsonpath.ts');
  try {
    return { ...(yaml && { yaml }), find: jsonPath(path) };
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
  const { rows = 0 } = io.stdout;
  if (command === '' || rows === 0) {
    for (const chunk of chunks) await write(session, chunk);
    return;
  }
  const held: (string | Buffer)[] = [];
  let lines = 0;
  const iterator = chunks[Symbol.iterator]();
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    held.push(next.value);
    lines += lineBreaks(next.value);
    if (lines >= rows) {
      await session.lend(() => io.page(command, texts(held, iterator)));
      return;
    }
  }
  for (const chunk of held) await write(session, chunk);
}

/** A view has made safe what came from the network, and has colours of its own. */
async function write({ io, manners }: Session, chunk: string | Buffer): Promise<void> {
  if (isView(manners.form)) await io.stdout.write(chunk);
  else await say(io.stdout, chunk);
}

function* texts(held: readonly (string | Buffer)[], rest: Iterator<string | Buffer>): Generator<string> {
  for (const chunk of held) yield String(chunk);
  for (let next = rest.next(); !next.done; next = rest.next()) yield String(next.value);
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
