// Describes an error for a person: a summary line first, then labelled details.

import type { DmError, ErrorHead } from '../domain/dm-error.ts';
import type { Advice } from '../domain/error-catalog.ts';
import { type Place, suggest, type Values } from '../text/suggested-command.ts';

export interface DescribedDetail {
  /** means, cause, statement, where, around, server, try or type. Rows with the same label are adjacent. */
  readonly label: string;
  readonly text: string;
}

export interface DescribedError {
  /** `10006 database (downstream): execute statement failed: Error 1062: …`. */
  readonly line: string;
  readonly details: readonly DescribedDetail[];
}

/** The maximum length of a cause in the line. The details contain all of it. */
const LONGEST = 300;
/** The maximum number of errors around the innermost one. Real errors have one or two. */
const MAX_AROUND = 8;

export interface DescribeOptions {
  readonly advice?: Advice | undefined;
  /** The context of each occurrence besides its text, used to fill in commands. */
  readonly known?: readonly Values[];
  /** Where the commands will be typed. The prompt by default. */
  readonly place?: Place;
}

/** Describes an error: a line first, then details. No text contains a line break. */
export function describeError(error: DmError, { advice, known = [{}], place = 'prompt' }: DescribeOptions = {}): DescribedError {
  const { what, causes } = error;
  const last = causes.at(-1);
  const said = last === undefined || what === '' ? what || (last ?? '') : `${what}: ${last}`;
  const head = headOf(error);
  const line = [head, cut(said)].filter((t) => t !== '').join(': ');
  const statements = error.details.filter((d) => d.label === 'statement');
  const wheres = error.details.filter((d) => d.label !== 'statement');
  const rows: DescribedDetail[] = [
    ...rowsOf('means', advice && advice.title !== '' ? [advice.title] : []),
    ...rowsOf('cause', cut(said) !== said ? [what, ...causes] : causes.length > 1 ? causes : []),
    ...rowsOf(
      'statement',
      statements.map((d) => d.text),
    ),
    ...rowsOf('where', [...sideOf(error.scope), ...wheres.map((d) => `${d.label} ${d.text}`)]),
    ...rowsOf(
      'around',
      error.outer.slice(0, MAX_AROUND).map((o) => [headOf(o), o.what].filter((t) => t !== '').join(': ')),
    ),
    ...rowsOf('server', error.workaround === undefined ? [] : [error.workaround]),
    ...rowsOf('try', advice?.next ?? []),
    ...rowsOf('type', commandsOf(error, advice?.commands ?? [], known, place)),
  ];
  return { line: oneLine(line) || 'an empty text', details: rows };
}

/** For how many occurrences of one error commands are shown. */
const MAX_CASES = 5;

/** The commands, filled in from the text and each occurrence. */
function commandsOf(error: DmError, templates: readonly string[], known: readonly Values[], place: Place): string[] {
  const told = valuesOf(error);
  const cases = known.slice(0, MAX_CASES).map((values) => ({ ...told, ...withoutUnknown(values) }));
  return [...new Set(templates.flatMap((template) => cases.map((values) => suggest(template, values, place))))];
}

/** The values in a text by the placeholders of commands. An ambiguous value is left out. */
function valuesOf({ details }: DmError): Values {
  const values = new Map<string, string | undefined>();
  for (const { label, text } of details) {
    if (label === 'position' && !text.includes(':')) continue; // not in the form that a command accepts
    values.set(label, values.has(label) ? undefined : text);
  }
  return Object.fromEntries(values);
}

const withoutUnknown = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

function headOf({ code, class: of, scope }: ErrorHead): string {
  if (code === undefined) return '';
  const side = scope === 'upstream' || scope === 'downstream' ? ` (${scope})` : '';
  return `${code}${of ? ` ${of}` : ''}${side}`;
}

/** The database of a scope. */
function sideOf(scope: string | undefined): string[] {
  if (scope === 'upstream') return ['the source (upstream)'];
  return scope === 'downstream' ? ['the target (downstream)'] : [];
}

const rowsOf = (label: string, texts: readonly string[]): DescribedDetail[] => texts.map((text) => ({ label, text: oneLine(text) }));

/** The text without line breaks. */
function oneLine(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ').trim();
}

/** The text, cut between characters if it is very long. */
function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const code = text.charCodeAt(LONGEST - 1);
  return `${text.slice(0, code >= 0xd800 && code < 0xdc00 ? LONGEST - 1 : LONGEST)} …`;
}
