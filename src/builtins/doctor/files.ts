// Checks the files of a folder against what runs: task files against tasks, source files against sources.

import { InputError, Interrupted } from '../../command/errors.ts';
import { textOf } from '../../config-files/document.ts';
import { lintFile } from '../../config-files/lint/lint.ts';
import type { Cluster } from '../../domain/cluster.ts';
import type { RunContext } from '../../invoke/context.ts';
import { createLookup } from '../../invoke/lookup.ts';
import { configFilesIn } from '../../platform/config-files.ts';
import { differs } from '../../presenters/comparison.ts';
import { count } from '../../text/quantity.ts';
import { quoteWord, suggest } from '../../text/suggested-command.ts';
import { fileError } from '../../text/system-error.ts';
import { type Check, failed, firstNames, ok, warning } from './check.ts';

/** How many files to read, or tasks to compare, at once. */
const AT_ONCE = 8;

interface ConfigFile {
  readonly path: string;
  readonly kind: 'task' | 'source';
  /** The name of the task, or the ID of the source. Empty if the file has none. */
  readonly name: string;
  readonly text: string;
}

/** Runs the checks. Throws Interrupted. */
export async function checkFiles(folder: string, cluster: Cluster, context: RunContext): Promise<readonly Check[]> {
  let paths: readonly string[];
  try {
    paths = configFilesIn(folder);
  } catch (error) {
    const text = `cannot read the folder: ${fileError(error, folder)}`;
    return [failed('task files', text, 'Check --config-dir'), failed('source files', text, 'Check --config-dir')];
  }
  const read = await inParts(paths, (path) => readConfig(path, context));
  const unreadable = read.flatMap((file) => (typeof file === 'string' ? [file] : []));
  const files = read.flatMap((file) => (typeof file === 'object' ? [file] : []));
  return [await checkTasks(files, unreadable, cluster, context), checkSources(files, cluster)];
}

/** Applies a function to the items, some at once. */
async function inParts<T, R>(items: readonly T[], use: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += AT_ONCE) results.push(...(await Promise.all(items.slice(i, i + AT_ONCE).map(use))));
  return results;
}

/** The file; a text if it cannot be read; undefined if it is neither a task file nor one of a source. Throws Interrupted. */
async function readConfig(path: string, { io, signal }: RunContext): Promise<ConfigFile | string | undefined> {
  try {
    const bytes = await io.readFile(path, signal);
    const { kind, root } = await lintFile(bytes, { path });
    if (kind === 'task') return { path, kind, name: textOf(root, 'name'), text: bytes.toString('utf8') };
    // A worker of DM 1.0 has one source, which its file names.
    return kind === 'source' || kind === 'worker' ? { path, kind: 'source', name: textOf(root, 'source-id'), text: '' } : undefined;
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return fileError(error, path);
  }
}

async function checkTasks(
  files: readonly ConfigFile[],
  unreadable: readonly string[],
  cluster: Cluster,
  context: RunContext,
): Promise<Check> {
  const own = files.filter((file) => file.kind === 'task');
  const running = new Set(cluster.subTasks.map((s) => s.task));
  const idle = own.filter((file) => !running.has(file.name));
  const compared = await inParts(
    own.filter((file) => running.has(file.name)),
    async (file) => ({ file, result: await compare(file, cluster, context) }),
  );
  const different = compared.filter(({ result }) => result === 'differs').map(({ file }) => file);
  const open = compared.filter(({ result }) => result === 'unknown').map(({ file }) => file);
  const extra = [...running].filter((task) => !own.some((file) => file.name === task));
  const parts = [
    part(different, 'differs from the running task', 'differ from the running tasks'),
    part(idle, 'has a task that does not run', 'have tasks that do not run'),
    part(open, 'cannot be compared', 'cannot be compared'),
    extra.length === 0 ? '' : `${count(extra.length, 'task')} without a file: ${firstNames(extra)}`,
    unreadable.length === 0 ? '' : `${count(unreadable.length, 'file')} cannot be read: ${firstNames(unreadable)}`,
  ].filter((text) => text !== '');
  const counted = `${count(own.length, 'task file')}`;
  if (parts.length === 0) {
    return ok('task files', own.length === 0 ? 'there are no task files, and no task runs' : `${counted}, each ${comparedAs(context)}`);
  }
  return warning('task files', `${counted}: ${parts.join('; ')}`, adviceFor({ different, idle, extra }, context));
}

/** What the comparison covers. */
const comparedAs = ({ registry }: RunContext): string =>
  registry.dialect.generation === 'v1' ? 'agrees with what DM 1.0 reports of its task' : 'the same as its running task';

function part(files: readonly ConfigFile[], one: string, many: string): string {
  if (files.length === 0) return '';
  return `${count(files.length, 'file')} ${files.length === 1 ? one : many}: ${firstNames(files.map((file) => file.path))}`;
}

interface Found {
  readonly different: readonly ConfigFile[];
  readonly idle: readonly ConfigFile[];
  readonly extra: readonly string[];
}

/** What to do about the first of the most important ones. */
function adviceFor({ different: [changed], idle: [file], extra: [task] }: Found, { registry }: RunContext): string {
  if (changed) return `Use diff ${quoteWord(changed.path)}`;
  if (file) return `Use start-task ${quoteWord(file.path)}, if it must run`;
  if (task === undefined) return 'Use lint with these files';
  const shows = registry.dialect.commands.some((c) => c.name === 'config task');
  return shows ? `Use ${suggest('config task <task>', { task })} to write a file` : `Use ${suggest('query-status <task>', { task })}`;
}

async function compare({ text }: ConfigFile, cluster: Cluster, context: RunContext): Promise<'same' | 'differs' | 'unknown'> {
  try {
    const comparison = await context.registry.dialect.compareTask(text, cluster, createLookup(context));
    return differs(comparison) ? 'differs' : 'same';
  } catch (error) {
    if (error instanceof InputError) return 'unknown';
    throw error;
  }
}

function checkSources(files: readonly ConfigFile[], { workers }: Cluster): Check {
  const own = files.filter((file) => file.kind === 'source');
  const present = new Set(workers.map((w) => w.source).filter((source) => source !== ''));
  const missing = own.filter((file) => !present.has(file.name));
  const extra = [...present].filter((source) => !own.some((file) => file.name === source));
  const parts = [
    part(missing, 'has a source that the cluster does not have', 'have sources that the cluster does not have'),
    extra.length === 0 ? '' : `${count(extra.length, 'source')} without a file: ${firstNames(extra)}`,
  ].filter((text) => text !== '');
  const counted = count(own.length, 'source file');
  if (parts.length === 0)
    return ok('source files', own.length === 0 ? 'there are no source files' : `${counted}, each with a source of the cluster`);
  const [first] = missing;
  return warning(
    'source files',
    `${counted}: ${parts.join('; ')}`,
    first ? `Check source-id in ${quoteWord(first.path)}` : 'Add the missing files, if this folder must be complete',
  );
}
