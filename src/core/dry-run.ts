// --dry-run: what a command would send, for reading. Passwords in the text of a file are left out.

import { withoutPasswords } from '../text/passwords.ts';
import type { Row, View } from '../views/shape.ts';
import type { Shown } from './show.ts';
import { shownValue, shownValues } from './shown.ts';
import type { Before, CommandSpec } from './spec.ts';

/** A call as a value. */
export interface Sending {
  readonly method: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** The method that is called before it, and has to say yes. */
  readonly first?: string;
}

/** What a command would send; texts of files without their passwords. */
export function sendingOf({ method, args }: CommandSpec, request: object, before?: Before): Sending {
  const file = args.kinds?.includes('file') ?? false;
  const fields = Object.entries(request).map(([name, value]) => [
    name,
    file && typeof value === 'string' ? withoutPasswords(value) : value,
  ]);
  return { ...(before && { first: before.command.method }), method, request: Object.fromEntries(fields) };
}

/** One call, as it can be shown. */
export function dryRun(command: CommandSpec, request: object, address: string, before?: Before): [Shown, () => string[]] {
  const sending = sendingOf(command, request, before);
  const view = (): View => ({ columns: COLUMNS, rows: [row(sending, sending.method)], footer: NOT_SENT });
  return [shownValue(sending, view), () => [text(sending, address)]];
}

/** Many calls by the name that each is about; the lines of their plan are what is shown where no form was chosen. */
export function dryRuns(sendings: readonly { name: string; sending: Sending }[], plan: readonly string[]): [Shown, () => string[]] {
  const rows = sendings.map(({ name, sending }) => row(sending, name));
  const values = sendings.map((s) => s.sending);
  return [
    shownValues(values, () => ({ columns: COLUMNS, rows, footer: NOT_SENT })),
    () => [[...plan, NOT_SENT].map((line) => `${line}\n`).join('')],
  ];
}

const NOT_SENT = 'nothing was sent';
const COLUMNS = [{ title: 'METHOD' }, { title: 'REQUEST', cut: true }];

function row({ method, request }: Sending, name: string): Row {
  const fields = filled(request).map(([field, value]) => `${field}=${Array.isArray(value) ? value.join(',') : value}`);
  return { key: `${method}\n${name}`, name, cells: [method, fields.join(' ')] };
}

/** The fields that say something: what is empty is not on the wire. */
function filled(request: Sending['request']): [string, unknown][] {
  return Object.entries(request).filter(([, v]) => v !== '' && v !== false && v !== undefined && !(Array.isArray(v) && v.length === 0));
}

/** Method and fields; a text of many lines comes last, as it stands. */
function text({ method, request, first }: Sending, address: string): string {
  const fields = filled(request);
  const long = fields.filter(([, v]) => typeof v === 'string' && v.includes('\n'));
  const short = fields.filter(([, v]) => !(typeof v === 'string' && v.includes('\n')));
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  const pad = ' '.repeat(width + 4);
  const lines = short.map(([name, value]) => {
    const values = (Array.isArray(value) ? value : [value]).map((v) => String(v).trim().replaceAll('\n', `\n${pad}`));
    return `  ${name.padEnd(width)}  ${values.join(`\n${pad}`)}\n`;
  });
  return [
    `${method} to ${address}${first ? `, once ${first} has said yes` : ''}; ${NOT_SENT}\n`,
    ...lines,
    ...long.map(([name, value]) => `  ${name}:\n\n${String(value)}${String(value).endsWith('\n') ? '' : '\n'}`),
  ].join('');
}
