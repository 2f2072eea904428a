// Guided prompts: on a terminal, an incomplete command asks for what is missing and offers the cluster's current names.
// The answers become words of the line, which is parsed again, shown, and run like any other line.

import { type Answer, answerWords, lineText, withAnswer } from '../args/answer.ts';
import { type Draft, nextQuestion, parseDraft, promptKind, type Question, valuesOf } from '../args/missing.ts';
import { type Invocation, needsOf } from '../args/parse.ts';
import { Cancelled, Interrupted, RpcError } from '../command/errors.ts';
import { fittingPaths, isFileValue } from '../command/file-kinds.ts';
import type { FlagSpec, Names, ValueKind } from '../command/spec.ts';
import type { Cluster } from '../domain/cluster.ts';
import type { Choice } from '../io/prompter.ts';
import { writeMessage } from '../io/write-safe.ts';
import { inOneLine } from '../text/sanitize.ts';
import { isPastable } from '../text/suggested-command.ts';
import { truncate } from '../text/width.ts';
import { settleGeneration } from './call.ts';
import { fetchCluster } from './cluster-status.ts';
import { type RunContext, withSignal } from './context.ts';
import { choice, clusterChoices, matching } from './guided-choices.ts';
import { createLookup } from './lookup.ts';
import { createNameCache } from './name-cache.ts';
import type { Guide } from './session.ts';

/** The timeout for names in milliseconds: they are optional. */
const NAMES_MS = 3000;

/**
 * Asks for everything that the words lack, shows the line, and returns its invocation.
 * @throws Cancelled if the user cancelled; RpcError and Refusal if the master accepts no commands; Refusal and
 * UsageError for other mistakes in the line
 */
export async function askForMissing(words: readonly string[], context: RunContext, guide: Guide): Promise<Invocation> {
  const { io, registry, signal } = context;
  const asking = new Asking(context, guide);
  let line = words;
  let flags = 0;
  try {
    for (;;) {
      const draft = parseDraft(line, registry);
      const question = draft && nextQuestion(draft, registry);
      if (draft && question) {
        const answer = await asking.answerTo(question, draft);
        line = withAnswer(line, answer, flags, registry);
        if (answer.kind === 'flag') flags += answer.words.length;
        continue;
      }
      if (!draft?.invocation) throw draft?.error ?? new Error('help has no missing arguments');
      const text = lineText(line, draft);
      await io.stderr.write(`» ${inOneLine(text)}\n`);
      guide.remember?.(text);
      return draft.invocation;
    }
  } catch (error) {
    throw signal.aborted && error instanceof Interrupted ? new Cancelled() : error;
  }
}

/** Asks the questions. Fetches names when the first question needs them. */
class Asking {
  private readonly context: RunContext;
  private readonly guide: Guide;
  private readonly signal: AbortSignal;
  private cluster: Promise<Cluster | undefined> | undefined;
  private generation: Promise<void> | undefined;

  constructor(context: RunContext, guide: Guide) {
    this.context = context;
    this.guide = guide;
    this.signal = context.signal;
  }

  async answerTo(question: Question, draft: Draft): Promise<Answer> {
    if (needsOf(draft.command) === 'master') await this.settled();
    if (question.about === 'choice') {
      const cells = (this.context.io.stderr.columns ?? 80) - 2;
      const choices = question.flags.map((flag) => flagChoice(flag, cells));
      const chosen = await this.guide.prompter.select('Choose one:', choices, this.signal);
      const flag = question.flags.find((f) => `--${f.name}` === chosen);
      if (!flag) throw new Error(`${chosen} is not one of the choices`);
      if (flag.kind === 'bool') return answerWords({ about: 'flag', flag, list: false }, []);
      return await this.answerTo({ about: 'flag', flag, list: false }, draft);
    }
    return answerWords(question, await this.valuesFor(question, draft));
  }

  /** Does not ask for a command that cannot be sent. */
  private settled(): Promise<void> {
    this.generation ??= settleGeneration(this.context);
    return this.generation;
  }

  private async valuesFor(question: Question, draft: Draft): Promise<readonly string[]> {
    const { prompter, files } = this.guide;
    const { signal } = this;
    const kind = valuesOf(question);
    const message = messageOf(question);
    if (isFileValue(kind)) {
      const fitting = (typed: string): readonly string[] => fittingPaths(files(typed), kind);
      return [await prompter.search(message, (typed) => filesFor(typed, fitting), signal, isFile)];
    }
    const choices = await this.choicesFor(kind, draft);
    if (choices.length === 0) {
      const typed = await prompter.input(message, kind === 'position' ? await this.position(draft) : '', signal);
      return promptKind(question) === 'checkbox' ? typed.split(',').map((item) => item.trim()) : [typed];
    }
    switch (promptKind(question)) {
      case 'checkbox':
        return await prompter.checkbox(message, choices, signal);
      case 'search':
        return [await prompter.search(message, (typed) => matching(choices, typed), signal)];
      default:
        return [await prompter.select(message, choices, signal)];
    }
  }

  /** The choices; none if they are unknown or unlimited. */
  private async choicesFor(kind: ValueKind, { command, parsed }: Draft): Promise<readonly Choice[]> {
    if (typeof kind === 'object') return kind.oneOf.map((value) => choice(value));
    switch (kind) {
      case 'task':
      case 'worker':
      case 'source': {
        this.cluster ??= this.fetchCluster(command.name);
        const cluster = await this.cluster;
        const appliesTo = 'bulk' in command ? command.bulk?.appliesTo : undefined;
        const context = { task: taskOf({ command, parsed }), ...(appliesTo && { appliesTo }) };
        const found = cluster ? clusterChoices(kind, cluster, context) : [];
        return kind === 'worker' ? [...found, ...(await this.freeWorkers(found))] : found;
      }
      case 'lock':
        return (await this.names()).locks.map((lock) => choice(lock));
      case 'master':
        return (await this.names()).masters.map((name) => choice(name));
      case 'member': {
        const { masters, workers } = await this.names();
        return [...masters.map((name) => choice(name, 'DM-master')), ...workers.map((name) => choice(name, 'DM-worker'))];
      }
      case 'error-code':
        return (await this.context.registry.dialect.errors()).codes.map(({ code, title }) => choice(String(code), title));
      default:
        return [];
    }
  }

  private async fetchCluster(label: string): Promise<Cluster | undefined> {
    const limit = AbortSignal.timeout(NAMES_MS);
    try {
      const cluster = await fetchCluster(withSignal(this.context, AbortSignal.any([this.signal, limit])), { label });
      if (cluster.refused === '') return cluster;
      await this.noNames(cluster.refused);
    } catch (error) {
      if (this.signal.aborted) throw error;
      if (!(error instanceof RpcError) && !limit.aborted) throw error;
      await this.noNames(limit.aborted ? `no answer within ${NAMES_MS / 1000} s` : (error as Error).message);
    }
    return undefined;
  }

  private async noNames(why: string): Promise<void> {
    await writeMessage(this.context.io.stderr, `there are no names to choose from: ${inOneLine(why)}\n`);
  }

  /** The workers without a source, which the state of the cluster does not have. In DM 1.0 every worker has one. */
  private async freeWorkers(bound: readonly Choice[]): Promise<Choice[]> {
    if (!this.context.registry.dialect.mastersQuery) return [];
    const { workers } = await this.names();
    return workers.filter((name) => !bound.some(({ value }) => value === name)).map((name) => choice(name, 'no source'));
  }

  private async names(): Promise<Names> {
    const names = createNameCache(this.context.session, { deadlineMs: NAMES_MS });
    const close = (): void => names.close();
    this.signal.addEventListener('abort', close);
    try {
      await names.refresh();
      return names.known();
    } finally {
      this.signal.removeEventListener('abort', close);
      close();
    }
  }

  /** The position of the task's error, as a suggestion; empty if it has none. */
  private async position(draft: Draft): Promise<string> {
    const { method, request, read } = this.context.registry.dialect.positionQuery;
    const answer = await createLookup(this.context)(method, request(taskOf(draft), draft.parsed.targets));
    const found = answer === undefined ? [] : read(answer as never);
    return found.find((position) => isPastable('position', position)) ?? '';
  }
}

/** The task that the line already names; empty if none. */
function taskOf({ command, parsed }: Pick<Draft, 'command' | 'parsed'>): string {
  return parsed.args[command.args.kinds?.indexOf('task') ?? -1] ?? '';
}

/** A flag with the start of its help text, in one row of the terminal. */
function flagChoice({ name, usage }: FlagSpec, cells: number): Choice {
  const whole = choice(`--${name}`, usage.replaceAll('`', ''));
  return { ...whole, label: truncate(whole.label, cells) };
}

const isFile = (path: string): boolean => !path.endsWith('/');

function filesFor(typed: string, files: Guide['files']): readonly Choice[] {
  const found = files(typed);
  return (found.length > 0 || typed === '' ? found : [typed]).map((path) => choice(path));
}

const TITLES: Readonly<Partial<Record<Extract<ValueKind, string>, string>>> = {
  task: 'Task',
  worker: 'Worker',
  source: 'Source',
  lock: 'DDL lock',
  file: 'File',
  'yaml-file': 'File',
  'toml-file': 'File',
  'config-file': 'File',
  'error-code': 'Error code',
  position: 'Binlog position',
  sql: 'SQL',
};

function messageOf(question: Question): string {
  const kind = valuesOf(question);
  const title = typeof kind === 'string' ? TITLES[kind] : undefined;
  if (question.about === 'flag') return `${title ?? `--${question.flag.name}`}${question.list ? 's' : ''}:`;
  return `${title ?? (question.about === 'argument' ? question.name.replace(/^[<[]|[>\]]$/g, '') : '')}:`;
}
