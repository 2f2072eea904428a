// Random answers through every command: the output for people, the messages, and the output for programs.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from '../../src/args/parse.ts';
import { builtinsFor } from '../../src/builtins/index.ts';
import { InputError } from '../../src/command/errors.ts';
import type { ParsedArgs } from '../../src/command/flags.ts';
import type { CommandRegistry } from '../../src/command/registry.ts';
import type { CommandSpec } from '../../src/command/spec.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { printAnswer } from '../../src/output/json/answer.ts';
import { paint } from '../../src/output/style.ts';
import { namesText, tableText } from '../../src/output/table/table.ts';
import type { View } from '../../src/presenters/view.ts';
import { jsonPath } from '../../src/text/jsonpath.ts';
import { forTerminal } from '../../src/text/sanitize.ts';
import { decode } from '../../src/wire/decode.ts';
import { schema } from '../../src/wire/generated/v1.ts';
import { WireError } from '../../src/wire/scan.ts';
import type { MessageType } from '../../src/wire/schema.ts';
import { answers } from './answers.ts';
import { assertSafe, fuzz, mayThrow } from './fuzz.ts';
import { texts } from './texts.ts';

const registry: CommandRegistry = { dialect: v1, builtins: builtinsFor('one-shot'), topics: [] };
const { adviceOf } = await v1.errors();
const WIDTHS = [20, 80, 200, undefined];

/** Lines of a command: without a flag, and with each of its flags. */
function linesOf(command: CommandSpec): ParsedArgs[] {
  const args = command.args.names.slice(0, Math.max(1, command.args.min)).map((_, i) => `name${i}`);
  const given = [[], ...command.flags.map((flag) => [flag.kind === 'bool' ? `--${flag.name}` : `--${flag.name}=x`])];
  return given.flatMap((flags) => {
    const invocation = mayThrow([Error, InputError], () => parse([command.name, ...flags, ...args.slice(0, command.args.max)], registry));
    return invocation?.kind === 'call' ? [invocation.parsed] : [];
  });
}

/** Commands with their parsed lines, by the type of their answers. */
const byType = new Map<string, { command: CommandSpec; parsed: ParsedArgs }[]>();
for (const command of v1.commands) {
  const { response = '' } = schema.methods[command.method] ?? {};
  const lines = linesOf(command).map((parsed) => ({ command, parsed }));
  assert.ok(lines.length > 0, `no line of ${command.name} can be parsed`);
  byType.set(response, [...(byType.get(response) ?? []), ...lines]);
}

function lineFor(type: MessageType, pick: number): { command: CommandSpec; parsed: ParsedArgs } {
  const lines = byType.get(type.name) ?? [];
  return lines[pick % lines.length] ?? assert.fail(`no command gets a ${type.name}`);
}

function assertShown(view: View, before: View | undefined): void {
  for (const columns of WIDTHS) {
    for (const wide of [false, true]) {
      const screen = { adviceOf, columns, paint: paint(false), wide };
      assertSafe([...tableText(view, screen)].join(''));
      // Changes are underlined, which is the only code in a view without color.
      if (before) assertSafe([...tableText(view, { ...screen, before })].join(''), /\n|\p{Cc}\[(?:1|4|22|24)m/gu);
    }
  }
  assertSafe(namesText(view));
}

async function viewOf({ command, parsed }: { command: CommandSpec; parsed: ParsedArgs }, answer: unknown): Promise<View> {
  const view = await command.present(answer as never, parsed);
  return typeof view === 'function' ? view() : view;
}

let before: { readonly command: CommandSpec; readonly view: View } | undefined;

fuzz('every view of an answer fits its screen and steers no terminal', [answers, fc.nat(1000)], async ({ type, bytes }, pick) => {
  const { command, parsed } = lineFor(type, pick);
  try {
    const view = await viewOf({ command, parsed }, decode(type, bytes, command.projection));
    assertShown(view, before?.command === command ? before.view : undefined);
    before = { command, view };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
  }
});

fuzz('hints, and what the original prints, are safe once they are escaped', [answers, fc.nat(1000)], async ({ type, bytes }, pick) => {
  const answer = mayThrow([WireError], () => decode(type, bytes));
  if (!answer) return;
  const { command, parsed } = lineFor(type, pick);
  for (const hint of (await command.hints?.(parsed, answer as never, {} as never)) ?? []) assertSafe(forTerminal(hint), /[\n\t]/g);
  const printing = (await command.compatOutput?.(parsed)) ?? { as: 'json' };
  assertSafe(forTerminal([...printAnswer(printing, type, bytes)].map(String).join('')), /[\n\t]/g);
});

const TASK = [
  'name: ',
  'name0',
  '\n',
  'task-mode: all\n',
  'mysql-instances:\n',
  '- ',
  'source-id: s\n',
  '&a ',
  '*a ',
  '<<: ',
  '[',
  '{',
  '? ',
];

fuzz('a task file is compared with any cluster, or refused', [answers, texts(TASK)], async ({ type, bytes }, text) => {
  if (type.name !== schema.methods[v1.clusterQuery.method]?.response) return;
  const answer = mayThrow([WireError], () => decode(type, bytes));
  if (!answer) return;
  const { compare } = await import('../../src/dialects/v1/compare-task.ts');
  const cluster = await v1.clusterQuery.read(answer as never);
  mayThrow([InputError], () => compare(text, cluster));
  mayThrow([InputError], () => compare(`name: ${JSON.stringify(text)}\n`, cluster));
});

const PATHS = [
  '$',
  '.workers',
  '[*]',
  '..',
  '[?',
  '@.msg',
  '==',
  '&&',
  "match(@.msg, '",
  'a*',
  "')",
  ']',
  'length(',
  ')',
  '[0]',
  '[::-1]',
  "'",
];

fuzz('a JSONPath is refused, or finds values in any answer', [answers, texts(PATHS)], ({ type, bytes }, path) => {
  const find = mayThrow([Error], () => jsonPath(path));
  const json = mayThrow([WireError], () => [...printAnswer({ as: 'json' }, type, bytes)].map(String).join(''));
  if (find && json !== undefined) assert.ok(Array.isArray(find(JSON.parse(json))));
});
