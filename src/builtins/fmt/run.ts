// Runs `fmt`: formats files, prints what changes, and replaces them.

import { isUtf8 } from 'node:buffer';
import { Interrupted, Refusal, UsageError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { generationOf, type Release } from '../../command/release.ts';
import { KINDS, releaseName } from '../../config-files/file-kind.ts';
import { formatYaml } from '../../config-files/format/format-yaml.ts';
import { lintFile } from '../../config-files/lint/lint.ts';
import type { RunContext } from '../../invoke/context.ts';
import { readAll } from '../../io/text-file.ts';
import { unlessClosed } from '../../io/write-outcome.ts';
import { writeMessage, writeSafe } from '../../io/write-safe.ts';
import { withoutPasswords } from '../../text/passwords.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { fileError, systemReason } from '../../text/system-error.ts';
import { unifiedDiff } from '../../text/unified-diff.ts';
import { chosenRelease, findMaster, releaseOfFlag } from '../file-release.ts';
import type { Runner } from '../index.ts';
import type { fmt } from './command.ts';

/** Formats the files. A file that cannot be formatted is reported, and the others are formatted. Throws UsageError, Refusal, Interrupted. */
export const runFmt: Runner<typeof fmt> = async ({ args, flags }, context) => {
  if (flags.check && flags.stdout) throw new UsageError('--check and --stdout exclude each other. Use one of them');
  if (flags.dm !== '' && !flags.upgrade) throw new UsageError('--dm works only with --upgrade');
  if (args.filter((file) => file === '-').length > 0 && context.session.mode === 'lines') {
    throw new Refusal('fmt - cannot be used here: the commands come from standard input. Name a file');
  }
  const target = flags.upgrade ? await targetRelease(flags.dm, context) : undefined;
  const results: Outcome[] = [];
  for (const file of new Set(args)) {
    context.signal.throwIfAborted();
    results.push(await formatFile(file, target, flags, context));
  }
  if (results.includes('failed')) return EXIT_CODE.usage;
  return flags.check && results.includes('changed') ? EXIT_CODE.failed : EXIT_CODE.ok;
};

type Outcome = 'unchanged' | 'changed' | 'failed';

async function targetRelease(dm: string, context: RunContext): Promise<Release> {
  const release = releaseOfFlag(dm) ?? (await chosenRelease('task', await findMaster(context), context));
  if (generationOf(release) === 'v2') return release;
  throw new UsageError(
    `--upgrade replaces keys for DM 2.0 and later, not for ${releaseName(release)}. Name the new release, such as --dm 8.5`,
  );
}

async function formatFile(
  file: string,
  target: Release | undefined,
  flags: Parameters<typeof runFmt>[0]['flags'],
  context: RunContext,
): Promise<Outcome> {
  const { io, signal } = context;
  const name = file === '-' ? '<stdin>' : inOneLine(file);
  const fail = async (text: string): Promise<Outcome> => {
    await writeSafe(io.stderr, `${text}\n`);
    return 'failed';
  };
  const bytes = await (file === '-' ? readAll(io.stdin, signal) : io.readFile(file, signal)).catch((error: unknown) => {
    if (error instanceof Interrupted || error instanceof Refusal) throw error;
    return error;
  });
  if (!Buffer.isBuffer(bytes)) return await fail(fileError(bytes, name));
  const formatted = await format(bytes, file, target);
  if ('problem' in formatted) return await fail(`${name} ${formatted.problem}. It is unchanged`);
  const before = bytes.toString('utf8');
  const after = formatted.text;
  if (target) await reportRest(after, name, target, context);
  const outcome = before === after ? 'unchanged' : 'changed';
  if (!flags.check && (flags.stdout || file === '-')) {
    await unlessClosed(io.stdout.write(after));
    return outcome;
  }
  if (outcome === 'unchanged') return outcome;
  // A password must not appear on the screen or in the log of a build.
  const diff = unifiedDiff(withoutPasswords(before), withoutPasswords(after), name);
  if (!flags.check) {
    try {
      await io.replaceFile(file, bytes, after);
    } catch (error) {
      return await fail(`cannot replace ${name}: ${systemReason(error)}. It is unchanged`);
    }
  }
  await unlessClosed(writeSafe(io.stdout, diff || `${name}: the form of a password changes\n`));
  return outcome;
}

async function format(bytes: Buffer, path: string, target: Release | undefined): Promise<ReturnType<typeof formatYaml>> {
  if (!isUtf8(bytes)) return { problem: 'is not UTF-8' };
  const text = bytes.toString('utf8');
  const { kind, findings } = await lintFile(bytes, { path: path === '-' ? '' : path });
  if (kind === undefined) return { problem: 'is not a configuration file of DM' };
  if (KINDS[kind].syntax !== 'YAML') return { problem: `is a ${KINDS[kind].title}. fmt formats task and source files` };
  const bad = findings.find(({ rule }) => ['syntax-error', 'wrong-file-kind', 'duplicate-key', 'several-documents'].includes(rule));
  if (bad) return { problem: `has a mistake in line ${bad.line}: ${bad.message}` };
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const formatted = formatYaml(text.slice(mark.length), kind, target);
  return 'problem' in formatted ? formatted : { text: `${mark}${formatted.text}` };
}

/** Reports the deprecated and unknown keys that have no replacement of the same meaning. */
async function reportRest(text: string, name: string, release: Release, { io }: RunContext): Promise<void> {
  const { findings } = await lintFile(Buffer.from(text), { release });
  for (const { rule, line, message, fix } of findings) {
    if (rule !== 'deprecated-key' && rule !== 'unknown-key') continue;
    await writeMessage(io.stderr, `warning: ${name}:${line}: ${message}. It was not replaced${fix === '' ? '' : `: ${fix}`}\n`);
  }
}
