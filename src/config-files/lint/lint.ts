// Checks one configuration file, offline.

import { isUtf8 } from 'node:buffer';
import type { Release } from '../../command/release.ts';
import { type ConfigNode, entriesOf, LineIndex, type ReadProblem, type ReadResult } from '../document.ts';
import { type FileKind, KINDS, kindOf, likelyRelease, releaseName } from '../file-kind.ts';
import { isReadBy } from '../key-tree.ts';
import { readPlainYaml } from '../read-plain-yaml.ts';
import { readToml } from '../read-toml.ts';
import { checkMaster } from './check-master.ts';
import { checkSource, checkWorker } from './check-source.ts';
import { checkStructure } from './check-structure.ts';
import { checkTask } from './check-task.ts';
import { type Finding, LintContext } from './finding.ts';
import { suppressed } from './suppress.ts';

export interface LintRequest {
  /** The release to check for. Undefined: the one that the file was probably written for. */
  readonly release?: Release | undefined;
  /** Undefined: found from the keys. */
  readonly kind?: FileKind | undefined;
  /** The name of the file, for its extension. */
  readonly path?: string;
  /** Whether other users of the system can read the file. */
  readonly isReadableByOthers?: boolean;
}

export interface LintResult {
  /** Undefined if the file is no configuration file that lint knows. */
  readonly kind: FileKind | undefined;
  readonly release: Release | undefined;
  readonly findings: readonly Finding[];
  readonly lines: LineIndex;
  readonly root: ConfigNode | undefined;
}

/** Checks a file. Never throws for its content. */
export async function lintFile(bytes: Buffer, request: LintRequest = {}): Promise<LintResult> {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const lines = new LineIndex(text);
  const isTomlText = looksLikeToml(text);
  const named = request.kind ? KINDS[request.kind].syntax : undefined;
  const syntax = named ?? (/\.toml$/i.test(request.path ?? '') || (isTomlText && !/\.ya?ml$/i.test(request.path ?? '')) ? 'TOML' : 'YAML');
  const read = syntax === 'TOML' ? readToml(text, TOML_NAMES) : await readYamlText(text);
  const kind = request.kind ?? kindIn(read, text, syntax, request.path);
  if (kind === undefined) return { kind, release: undefined, findings: [UNCHECKED], lines, root: read.root };
  const release = request.release ?? likelyRelease(kind, text);
  const context = new LintContext(kind, release, text, lines, read.root);
  if (!isUtf8(bytes)) {
    const at = text.indexOf('\ufffd');
    context.error('not-utf8', { start: at, end: at + 1 }, '', 'the file is not UTF-8', {
      fix: 'save it as UTF-8',
      code: KINDS[kind].decodeCode,
    });
  }
  if (bytes.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf)) && syntax === 'TOML') {
    const code = KINDS[kind].decodeCode;
    context.error('syntax-error', { start: 0, end: 1 }, '', 'TOML files must not have a byte order mark', {
      fix: 'save it without one',
      code,
    });
  }
  try {
    check(context, read, syntax === 'YAML' && isTomlText);
  } catch (e) {
    const { rule, span, message } = tooDeep(e);
    context.error(rule, span, '', message, { code: KINDS[kind].decodeCode });
  }
  if (request.isReadableByOthers) checkPermissions(context);
  return { kind, release, findings: suppressed(context.findings(), lines), lines, root: read.root };
}

/** The finding in a file that is not for DM. */
const UNCHECKED: Finding = {
  rule: 'unchecked-file',
  severity: 'warning',
  line: 1,
  column: 1,
  endColumn: 2,
  path: '',
  message: 'this is not a configuration file that lint knows',
  fix: 'name the kind with --kind, if it is a file of DM',
  code: '',
};

/** The yaml package is loaded only for a file that needs it. */
async function readYamlText(text: string): Promise<ReadResult> {
  try {
    const plain = readPlainYaml(text);
    if (plain) return { root: plain, problems: [] };
    const { readYaml } = await import('../read-yaml.ts');
    return readYaml(text);
  } catch (e) {
    return { root: undefined, problems: [tooDeep(e)] };
  }
}

/** The problem of values whose nesting exhausts the stack. Throws any other error again. */
function tooDeep(error: unknown): ReadProblem {
  if (!(error instanceof RangeError)) throw error;
  return { rule: 'syntax-error', span: { start: 0, end: 1 }, message: 'the values are nested too deeply' };
}

/** The names of the keys of TOML files, in lower case. */
const TOML_NAMES: ReadonlySet<string> = new Set(
  [...KINDS.worker.keys, ...KINDS.master.keys].map((k) => k.path.split('.').at(-1)?.toLowerCase() as string),
);

function looksLikeToml(text: string): boolean {
  const first = /^[^\S\n]*(?!#)\S.*$/m.exec(text)?.[0] ?? '';
  return /^\s*[\w.-]+\s*=/.test(first) || /^\s*\[{1,2}[\w.-]+\]{1,2}\s*(?:#.*)?$/.test(first);
}

/** The kind of a file by its top-level keys. A file that cannot be read may be any kind of its syntax. */
function kindIn({ root, problems }: ReadResult, text: string, syntax: 'YAML' | 'TOML', path = ''): FileKind | undefined {
  const names = entriesOf(root).map((e) => e.name);
  const isBroken = root === undefined || root.kind !== 'map' || problems.some((p) => p.rule === 'syntax-error');
  const written = isBroken ? [...text.matchAll(/^\[{0,2}([\w-]+)(?=\]|\s*[:=])/gm)].map((m) => m[1] as string) : names;
  const found = kindOf(written, syntax);
  if (found !== undefined) return found;
  if (written.length > 0 && !isBroken) return undefined;
  const [usual, other]: readonly [FileKind, FileKind] = syntax === 'YAML' ? ['task', 'source'] : ['worker', 'master'];
  return new RegExp(`${other}[^/\\\\]*$`, 'i').test(path) ? other : usual;
}

function check(context: LintContext, read: ReadResult, isToml: boolean): void {
  const { kind, release } = context;
  const { title, decodeCode } = KINDS[kind];
  if (isToml) {
    const line = context.lines.startOf(firstLine(context.lines));
    const written = [...context.lines.line(firstLine(context.lines))].length;
    const message = `this is TOML. DM reads a ${title} as YAML`;
    const fix = 'a worker file of DM 1.0 corresponds to a source file in YAML';
    context.error('wrong-file-kind', { start: line, end: line + written }, '', message, { fix, code: decodeCode });
    return;
  }
  if (!isReadBy(kind, release)) {
    const message = `${releaseName(release)} has no ${title}`;
    const fix = kind === 'source' ? 'DM 1.0 has a worker file instead' : 'DM 2.0 and later have source files instead';
    context.error('wrong-file-kind', { start: 0, end: 1 }, '', message, { fix, code: decodeCode });
    return;
  }
  for (const { rule, span, message, fix, warning } of read.problems) {
    context.report(warning ? 'warning' : 'error', rule, span, '', message, { fix, ...(!warning && { code: decodeCode }) });
  }
  const hasSyntaxError = read.problems.some((p) => p.rule === 'syntax-error');
  if (hasSyntaxError && context.isYaml && read.root === undefined) return;
  checkKind(context);
  checkStructure(context);
  if (kind === 'task') checkTask(context);
  else if (kind === 'source') checkSource(context);
  else if (kind === 'worker') checkWorker(context);
  else checkMaster(context);
}

/** The number of the first line with content. */
function firstLine(lines: LineIndex): number {
  for (let i = 1; i <= lines.count; i += 1) if (!/^\s*(?:#.*)?$/.test(lines.line(i))) return i;
  return 1;
}

/** Reports a file of another kind, so that not only its keys are reported as unknown. */
function checkKind(context: LintContext): void {
  const names = entriesOf(context.root).map((e) => e.name);
  const { syntax, title } = KINDS[context.kind];
  const likely = kindOf(names, syntax);
  if (likely === undefined || likely === context.kind) return;
  const first = entriesOf(context.root)[0];
  const span = first?.nameSpan ?? { start: 0, end: 1 };
  context.error('wrong-file-kind', span, '', `this looks like a ${KINDS[likely].title}, not a ${title}`, {
    fix: `check it with --kind ${likely}`,
    code: KINDS[context.kind].unknownCode,
  });
}

function checkPermissions(context: LintContext): void {
  const block = context.kind === 'task' ? 'target-database' : 'from';
  const password = entriesOf(entriesOf(context.root).find((e) => e.name === block)?.value).find((e) => e.name === 'password');
  if (password?.value.kind !== 'scalar' || password.value.text === '') return;
  const message = 'other users of this system can read the file and its password';
  context.warn('open-permissions', password.nameSpan, `${block}.password`, message, { fix: 'run chmod 600 on the file' });
}
