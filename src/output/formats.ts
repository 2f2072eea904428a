// Formats an answer.

import type { OutputFormat } from '../command/output-format.ts';
import type { View } from '../presenters/view.ts';
import { compactJson } from './json/compact.ts';
import { goJson } from './json/go-json.ts';
import type { Part } from './json/protojson.ts';
import { csvText } from './table/csv.ts';
import { namesText, type Screen, tableText } from './table/table.ts';

/** Something that can be shown in any format. */
export interface Renderable {
  /** The text as JSON, in chunks. */
  json(): Iterable<string | Buffer>;
  /** The same as a plain value. */
  value(): unknown;
  /** The value in parts, if the whole may be large. */
  parts?: (() => Iterable<Part>) | undefined;
  /** The items, if it is a list: -output jsonl prints one line for each. */
  lines?(): Iterable<unknown>;
  /** For people. */
  view(): View | Promise<View>;
}

/** Returns the values that a JSONPath matches. */
export type Finder = (value: unknown) => readonly unknown[];

/** What a format needs that is loaded only for it. */
export interface FormatTools {
  readonly find?: Finder | undefined;
  readonly yaml?:
    | { readonly yamlText: (value: unknown) => Iterable<string>; readonly yamlParts: (parts: Iterable<Part>) => Iterable<string> }
    | undefined;
}

/** The text of a format that has rows, in chunks. */
export function* rowChunks(form: OutputFormat, view: View, screen: Screen): Generator<string> {
  if (form.kind === 'name') yield namesText(view);
  else if (form.kind === 'csv') yield* csvText(view, ',');
  else if (form.kind === 'tsv') yield* csvText(view, '\t');
  else yield* tableText(view, screen);
}

/** The text of a format for programs, in chunks. */
export function* structuredChunks(
  form: OutputFormat,
  shown: Pick<Renderable, 'json' | 'value' | 'lines' | 'parts'>,
  { find, yaml }: FormatTools,
): Generator<string | Buffer> {
  if (form.kind === 'json' && !find) {
    yield* shown.json();
    return;
  }
  if (!find && shown.parts) {
    if (form.kind === 'jsonl') return yield* compactJson(shown.json());
    if (form.kind === 'yaml') return yield* yaml?.yamlParts(shown.parts()) ?? [];
  }
  const value = find ? find(shown.value()) : shown.value();
  switch (form.kind) {
    case 'jsonpath':
      for (const found of value as unknown[]) yield `${typeof found === 'string' ? found : JSON.stringify(found)}\n`;
      return;
    case 'jsonl':
      for (const line of find ? (value as unknown[]) : (shown.lines?.() ?? [value])) yield `${JSON.stringify(line)}\n`;
      return;
    case 'yaml':
      yield* yaml?.yamlText(value) ?? [];
      return;
    default:
      yield goJson(value);
  }
}
