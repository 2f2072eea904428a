// Checks the instances of a task: sources, start positions, references, and entries that no instance uses.

import { nearestNames } from '../../text/nearest.ts';
import { goQuote } from '../../text/quote.ts';
import { type ConfigNode, childOf, entriesOf, entryOf, isNull, type Span, textOf } from '../document.ts';
import type { LintContext } from './finding.ts';
import type { Instance, Reference, Section, Uses } from './uses.ts';

/** Checks all instances and the use of the sections. */
export function checkInstances(context: LintContext, uses: Uses): void {
  const sources = new Map<string, number>();
  const names = new Map<string, ReadonlySet<string>>();
  for (const instance of uses.instances) {
    const { node, index } = instance;
    if (isNull(node)) {
      const span = context.dashOf(node.span);
      context.error('empty-entry', span, `mysql-instances[${index}]`, `entry ${index + 1} of mysql-instances has no content`, {
        code: '20012',
      });
    }
    if (node.kind !== 'map') continue;
    checkSource(context, instance, sources);
    checkMeta(context, instance);
    checkBothForms(context, instance);
    checkBothLists(context, instance);
    checkReferences(context, instance, uses, names);
  }
  checkUnused(context, uses);
}

function checkSource(context: LintContext, { node, index }: Instance, sources: Map<string, number>): void {
  const id = childOf(node, 'source-id');
  if (id?.kind !== 'scalar' || id.text === '') return;
  const path = `mysql-instances[${index}].source-id`;
  const first = sources.get(id.text);
  if (first !== undefined) {
    const message = `instance ${first + 1} already has the source ${goQuote(id.text)}`;
    context.error('duplicate-source', id.span, path, message, { fix: 'use each source once', code: '20014' });
  }
  sources.set(id.text, first ?? index);
  if (Buffer.byteLength(id.text) > 32) {
    const message = `a source-id has at most 32 bytes, not ${Buffer.byteLength(id.text)}: no such source can exist`;
    context.warn('invalid-value', id.span, path, message, { fix: 'use the source-id of the source file' });
  }
}

/** Checks where replication starts. */
function checkMeta(context: LintContext, { node, index }: Instance): void {
  const path = `mysql-instances[${index}].meta`;
  const meta = entryOf(node, 'meta');
  const mode = textOf(context.root, 'task-mode');
  if (!meta || isNull(meta.value)) {
    if (mode !== 'incremental') return;
    const isRejected = context.before('6.1');
    const message = isRejected
      ? 'mode incremental requires meta: where replication starts'
      : 'mode incremental without meta: start-task then requires --start-time';
    context.report(isRejected ? 'error' : 'warning', 'incomplete-instance', firstKey(node), path, message, {
      fix: 'add meta with binlog-name and binlog-pos',
      ...(isRejected && { code: '20022' }),
    });
    return;
  }
  if (meta.value.kind !== 'map') return;
  const isStart = textOf(meta.value, 'binlog-name') !== '' || (context.since('2.0') && textOf(meta.value, 'binlog-gtid') !== '');
  if (!isStart) {
    const needed = context.since('2.0') ? 'binlog-name or binlog-gtid' : 'binlog-name';
    context.error('incomplete-instance', meta.nameSpan, path, `meta requires ${needed}`, { fix: `add ${needed}`, code: '20011' });
  } else if (mode === 'full' || mode === 'all') {
    context.warn('ignored-key', meta.nameSpan, path, `DM ignores meta in mode ${mode}`, { fix: 'remove it, or use mode incremental' });
  }
}

/** The place of the first key of an instance. */
function firstKey(node: ConfigNode): Span {
  return entriesOf(node).find((e) => !e.merged)?.nameSpan ?? node.span;
}

const FORMS = [
  ['mydumper', 'mydumper-config-name', '20015'],
  ['loader', 'loader-config-name', '20016'],
  ['syncer', 'syncer-config-name', '20017'],
] as const;

function checkBothForms(context: LintContext, { node, index }: Instance): void {
  for (const [block, name, code] of FORMS) {
    const own = entryOf(node, block);
    if (!own || isNull(own.value) || textOf(node, name) === '') continue;
    const message = `an instance has either ${block} or ${name}, not both`;
    context.error('conflicting-keys', own.nameSpan, `mysql-instances[${index}].${block}`, message, { fix: 'remove one of them', code });
  }
}

function checkBothLists(context: LintContext, { node, index }: Instance): void {
  const old = entryOf(node, 'black-white-list');
  if (context.before('2.0') || !old || textOf(node, 'block-allow-list') === '') return;
  const message = 'DM ignores black-white-list, because the instance has block-allow-list';
  context.warn('ignored-key', old.nameSpan, `mysql-instances[${index}].black-white-list`, message, { fix: 'remove it' });
}

/** The code of a master for a name that a section does not have. */
const UNKNOWN_CODES: Readonly<Record<Section, string>> = {
  routes: '20023',
  filters: '20024',
  'column-mappings': '20025',
  lists: '20026',
  mydumpers: '20027',
  loaders: '20029',
  syncers: '20030',
  'expression-filter': '20040',
  validators: '20056',
};

function checkReferences(context: LintContext, { references }: Instance, uses: Uses, names: Map<string, ReadonlySet<string>>): void {
  const seen = new Set<string>();
  for (const reference of references) {
    const { section, name, node, path } = reference;
    const place = section === 'lists' ? uses.listSection : section;
    const known = names.get(place) ?? new Set(entriesOf(childOf(context.root, place)).map((e) => e.name));
    names.set(place, known);
    if (!known.has(name)) {
      const [near] = nearestNames(name, known, 1);
      const fix = near === undefined ? `valid: ${[...known].join(', ') || `none, ${place} is empty`}` : `did you mean ${goQuote(near)}?`;
      context.error('unknown-reference', node.span, path, `${place} has no entry ${goQuote(name)}`, { fix, code: UNKNOWN_CODES[section] });
    }
    const id = `${section} ${name}`;
    if (seen.has(id)) duplicate(context, reference);
    seen.add(id);
  }
}

/** The sections whose references are checked for duplicates, with the first release that does. */
const DUPLICATES_SINCE: Partial<Record<Section, string>> = {
  routes: '1.0.3',
  filters: '1.0.3',
  'column-mappings': '2.0',
  'expression-filter': '2.0.5',
};

function duplicate(context: LintContext, { section, name, node, path }: Reference): void {
  const since = DUPLICATES_SINCE[section];
  if (since === undefined) return;
  const isChecked = context.since(since);
  const isError = isChecked || section === 'routes'; // 1.0.1 finds two routes with the same pattern
  context.report(isError ? 'error' : 'warning', 'duplicate-reference', node.span, path, `the instance names ${goQuote(name)} twice`, {
    fix: 'remove one of them',
    ...(isError && { code: isChecked ? '20032' : '26003' }),
  });
}

const CHECKED_FOR_USE = [
  'routes',
  'filters',
  'column-mappings',
  'mydumpers',
  'loaders',
  'syncers',
  'expression-filter',
  'validators',
] as const;

function checkUnused(context: LintContext, uses: Uses): void {
  if (uses.instances.length === 0) return; // another error, and the reason for all of these
  const isRejected = context.since('2.0.2');
  for (const section of CHECKED_FOR_USE) {
    for (const { name, nameSpan } of entriesOf(childOf(context.root, section))) {
      if (uses.of(section).has(name)) continue;
      context.report(
        isRejected ? 'error' : 'warning',
        'unused-entry',
        nameSpan,
        `${section}.${name}`,
        `no instance uses ${section}.${name}`,
        {
          fix: 'name it in an instance, or remove it',
          ...(isRejected && { code: '20038' }),
        },
      );
    }
  }
}
