// Checks the settings of dump, load, replication and validation: in their sections, and inside instances.

import {
  type ConfigNode,
  childOf,
  entriesOf,
  entryOf,
  isNull,
  isTrue,
  numberOf,
  type ScalarNode,
  type Span,
  scalarsOf,
  textOf,
} from '../document.ts';
import { emptyEntry } from './check-task-entries.ts';
import type { LintContext } from './finding.ts';
import { durationMs, durationProblem, isSize } from './formats.ts';
import type { Section, Uses } from './uses.ts';

/** Settings of a unit: an entry of a section that is used, or a block of an instance. */
interface UnitSettings {
  readonly node: ConfigNode;
  readonly path: string;
  readonly isUsed: boolean;
}

function unitSettings(context: LintContext, uses: Uses, section: Section, block: string): UnitSettings[] {
  const named = entriesOf(childOf(context.root, section)).map(({ name, nameSpan, value }) => {
    const isUsed = uses.of(section).has(name);
    // A master until 2.0.7 crashes if an instance uses such an entry. Later ones take the defaults.
    if (isNull(value)) emptyEntry(context, nameSpan, `${section}.${name}`, isUsed && context.before('5.3') ? '' : undefined);
    return { node: value, path: `${section}.${name}`, isUsed };
  });
  const inline = uses.instances.flatMap(({ node, index }) => {
    const own = childOf(node, block);
    return own ? [{ node: own, path: `mysql-instances[${index}].${block}`, isUsed: true }] : [];
  });
  return [...named, ...inline];
}

const scalar = (node: ConfigNode, key: string): ScalarNode | undefined => {
  const value = childOf(node, key);
  return value?.kind === 'scalar' ? value : undefined;
};

/** Whether the task dumps data. */
const dumps = (context: LintContext): boolean => ['full', 'all', 'dump'].includes(textOf(context.root, 'task-mode'));

/** Checks the settings of the dump. */
export function checkDumps(context: LintContext, uses: Uses): void {
  for (const { node, path, isUsed } of unitSettings(context, uses, 'mydumpers', 'mydumper')) {
    if (node.kind !== 'map') continue;
    const binary = entryOf(node, 'mydumper-path');
    if (binary?.value.kind === 'scalar' && binary.value.text.replace(/^(?:~|null)$/i, '') === '' && isUsed && dumps(context)) {
      const message = 'mydumper-path must not be empty, although later releases do not use it';
      context.error('missing-key', binary.nameSpan, `${path}.mydumper-path`, message, { fix: 'remove the key', code: '20028' });
    }
    const size = scalar(node, 'chunk-filesize');
    if (size && context.since('2.0') && size.text !== '' && !isSize(size.text)) {
      const message = `chunk-filesize is not a size: "${size.text}"`;
      const isError = isUsed;
      context.report(isError ? 'error' : 'warning', 'invalid-size', size.span, `${path}.chunk-filesize`, message, {
        fix: 'use a number of MB, or a unit, such as 64MB',
        ...(isError && { code: '20047' }),
      });
    }
    checkThreads(context, scalar(node, 'threads'), `${path}.threads`, isUsed);
  }
  for (const { node, index } of uses.instances) {
    checkThreads(context, scalar(node, 'mydumper-thread'), `mysql-instances[${index}].mydumper-thread`, true);
  }
}

/** A negative number of threads crashes the pre-check of a dump in 6.5 and later, or it never ends. */
function checkThreads(context: LintContext, node: ScalarNode | undefined, path: string, isUsed: boolean): void {
  const number = numberOf(node);
  if (!node || number === undefined || number >= 0) return;
  const skipped = scalarsOf(childOf(context.root, 'ignore-checking-items')).some(({ text }) => text === 'all' || text === 'conn_number');
  const isFatal = context.since('6.5') && isUsed && dumps(context) && !skipped;
  const outcome = isFatal ? `: check-task ${context.since('6.6') ? 'never ends' : 'crashes the DM-master'}` : '';
  const message = `the number of threads must be 1 or more, not ${number}${outcome}`;
  context.report(isFatal ? 'error' : 'warning', 'threads-negative', node.span, path, message, { fix: 'write for example 4' });
}

/** Checks the settings of the load. */
export function checkLoads(context: LintContext, uses: Uses): void {
  for (const { node, path } of unitSettings(context, uses, 'loaders', 'loader')) {
    if (node.kind !== 'map') continue;
    const quota = scalar(node, 'disk-quota-physical');
    if (quota && context.since('6.6') && quota.text !== '' && !isSize(quota.text)) {
      const message = `disk-quota-physical is not a size: "${quota.text}"`;
      context.error('invalid-size', quota.span, `${path}.disk-quota-physical`, message, { fix: 'use for example 100MiB', code: '20003' });
    }
    const compress = scalar(node, 'compress-kv-pairs');
    if (compress && !['', 'gz', 'gzip'].includes(compress.text.toLowerCase())) {
      context.warn('invalid-value', compress.span, `${path}.compress-kv-pairs`, `unknown compression "${compress.text}"`, {
        fix: 'write gzip, or remove the key',
      });
    }
    const folder = scalar(node, 'dir');
    if (folder && /^\w+:\/\//.test(folder.text) && context.before('6.0')) {
      const message = 'storage such as s3:// is supported since 6.0. DM takes this as the name of a folder';
      context.warn('no-effect', folder.span, `${path}.dir`, message, { fix: 'use a local folder' });
    }
    checkImportInto(context, node, path);
  }
}

/** `import-into` of 26.3 cannot merge shards and needs shared storage. */
function checkImportInto(context: LintContext, node: ConfigNode, path: string): void {
  const mode = scalar(node, 'import-mode');
  if (mode?.text.toLowerCase() !== 'import-into' || context.before('26.3')) return;
  if (textOf(context.root, 'shard-mode') !== '' || isTrue(childOf(context.root, 'is-sharding'))) {
    const message = 'import-mode: import-into cannot merge sharded tables';
    context.error('conflicting-keys', mode.span, `${path}.import-mode`, message, { fix: 'use import-mode: logical', code: '20068' });
  }
  if (!/^\w+:\/\//.test(textOf(node, 'dir'))) {
    const message = 'import-mode: import-into requires shared storage as dir';
    context.error('conflicting-keys', mode.span, `${path}.import-mode`, message, { fix: 'write dir: s3://bucket/folder', code: '20069' });
  }
}

/** Checks the settings of the replication. */
export function checkSyncs(context: LintContext, uses: Uses): void {
  for (const { node, path, isUsed } of unitSettings(context, uses, 'syncers', 'syncer')) {
    if (node.kind !== 'map') continue;
    if (context.since('6.3') && isUsed) checkSafeMode(context, node, path);
    if (context.since('8.5.7') && context.before('26') && isUsed) checkForeignKeys(context, node, path);
  }
}

function checkSafeMode(context: LintContext, node: ConfigNode, path: string): void {
  const entry = entryOf(node, 'safe-mode-duration');
  const text = textOf(node, 'safe-mode-duration');
  if (!entry || text === '') return;
  const at = `${path}.safe-mode-duration`;
  if (durationProblem(text)) {
    const message = `safe-mode-duration is not a duration: "${text}"`;
    context.error('invalid-duration', entry.value.span, at, message, { fix: `use a unit, such as ${text}s`, code: '20060' });
  } else if (durationMs(text) === 0 && isTrue(childOf(node, 'safe-mode'))) {
    const message = 'safe-mode: true contradicts safe-mode-duration: 0s';
    context.error('conflicting-keys', entry.nameSpan, at, message, { fix: 'remove one of them', code: '20061' });
  }
}

function checkForeignKeys(context: LintContext, node: ConfigNode, path: string): void {
  const session = childOf(context.root, 'target-database', 'session');
  const isOn = ['1', 'on', 'true'].includes(textOf(session, 'foreign_key_checks').toLowerCase());
  for (const key of ['compact', 'multiple-rows']) {
    const entry = entryOf(node, key);
    if (!isOn || !entry || !isTrue(entry.value)) continue;
    const message = `${key} cannot be used with the session variable foreign_key_checks`;
    context.error('conflicting-keys', entry.nameSpan, `${path}.${key}`, message, { fix: `remove ${key}`, code: '20068' });
  }
}

/** Checks the settings of the validation. */
export function checkValidators(context: LintContext): void {
  if (context.before('6.0')) return;
  for (const { name, nameSpan, value } of entriesOf(childOf(context.root, 'validators'))) {
    const path = `validators.${name}`;
    if (isNull(value)) emptyEntry(context, nameSpan, path, undefined);
    const size = scalar(value, 'max-pending-row-size');
    if (!size || size.text === '' || isSize(size.text) || context.before('6.2')) continue;
    const span: Span = size.span;
    const message = `max-pending-row-size is not a size: "${size.text}"`;
    context.error('invalid-size', span, `${path}.max-pending-row-size`, message, { fix: 'use for example 500m' });
  }
}
