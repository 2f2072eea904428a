// Finds the names that an answer of DM 1.0 rejects as unknown.

import type { UnknownName } from '../../../command/spec.ts';

/** DM's texts, each with the kind of the name in it. A stack trace may follow them. */
const TEXTS: readonly (readonly [kind: UnknownName['kind'], text: RegExp])[] = [
  ['task', /\btask (.*) has no workers or not exist/],
  ['task', /\bsub task with name (.*) not found/],
  ['task', /\bno sub task with name (.*) has started/],
  ['task', /\btask (.*) and worker \S+ not match/],
  ['worker', /\band worker (\S+) not match/],
  ['worker', /([^\s,]+(?:, [^\s,]+)*) relevant worker-client not found/],
  ['lock', /\b(?:lock|DDLLockInfo) with ID (.*) not found/],
  ['source', /\bsource (\S+) in deployment configuration not found/],
];

/** This text does not contain the name: the entry of the answer does. */
const NOT_IN_TASK = "worker not found in task's config or deployment config";

/** Characters of a text that are searched. The messages stand at its start. */
const SEARCHED = 2000;

/** The names in a decoded answer that may be unknown, each once. One text names a task and a worker without saying which is. */
export function unknownNames(answer: object): UnknownName[] {
  const found = new Map<string, UnknownName>();
  const add = (kind: UnknownName['kind'], name: string): void => void found.set(`${kind} ${name}`, { kind, name });
  for (const { text, worker } of textsOf(answer)) {
    if (text.startsWith(NOT_IN_TASK)) add('worker', worker);
    for (const [kind, pattern] of TEXTS) {
      const names = pattern.exec(text.slice(0, SEARCHED))?.[1];
      for (const name of kind === 'worker' ? (names?.split(', ') ?? []) : [names ?? '']) if (name !== '') add(kind, name);
    }
  }
  return [...found.values()];
}

/** The messages of an answer and of its entries, with the worker of the entry. */
function* textsOf(value: object): Generator<{ text: string; worker: string }> {
  const { msg, worker } = value as { msg?: unknown; worker?: unknown };
  if (typeof msg === 'string' && msg !== '') yield { text: msg, worker: typeof worker === 'string' ? worker : '' };
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null && !ArrayBuffer.isView(member)) yield* textsOf(member);
  }
}
