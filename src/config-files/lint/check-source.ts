// Checks source files of DM 2.0 and later, and worker files of DM 1.0, beyond their keys and types.

import { goQuote } from '../../text/quote.ts';
import { childOf, entryOf, isNull, numberOf, textOf } from '../document.ts';
import { checkConnection, checkPasswords } from './check-common.ts';
import { checkFilterRule } from './check-rules.ts';
import { orList, valueFix } from './check-structure.ts';
import type { LintContext } from './finding.ts';
import { durationMs, durationProblem, isBinlogName, isGtidSet } from './formats.ts';

const FLAVORS = ['mysql', 'mariadb'];

/** Checks a source file. */
export function checkSource(context: LintContext): void {
  const { root } = context;
  const from = entryOf(root, 'from');
  if (!from || isNull(from.value)) {
    const details = { fix: 'add from with host, port, user and password', code: '10001' };
    const span = from?.nameSpan ?? { start: 0, end: 1 };
    context.error('missing-key', span, 'from', 'the key from is missing: DM cannot connect to the database', details);
  }
  checkConnection(context, 'from');
  checkPasswords(context, 'from');
  checkSourceId(context);
  checkRelayStart(context);
  const serverId = numberOf(childOf(root, 'server-id')) ?? 0;
  checkFlavor(context, serverId === 0 ? '11010' : undefined);
  checkBackoff(context);
  const filters = childOf(root, 'filters');
  if (filters?.kind !== 'list') return;
  for (const [i, filter] of filters.items.entries()) {
    checkFilterRule(context, filter, { span: context.dashOf(filter.span), path: `filters[${i}]`, isUsed: true });
  }
}

/** Checks a worker file. */
export function checkWorker(context: LintContext): void {
  checkPasswords(context, 'from');
  checkSourceId(context);
  checkRelayStart(context);
  checkFlavor(context, undefined);
  if (context.before('1.0.2') && textOf(context.root, 'flavor') === '') {
    const message = 'flavor is missing. A DM-worker of this release crashes at its start';
    context.warn('missing-key', entryOf(context.root, 'flavor')?.nameSpan ?? { start: 0, end: 1 }, 'flavor', message, {
      fix: 'write flavor = "mysql" or "mariadb"',
    });
  }
}

function checkSourceId(context: LintContext): void {
  const node = childOf(context.root, 'source-id');
  if (node?.kind !== 'scalar' || Buffer.byteLength(node.text) <= 32) return;
  const message = `source-id must have at most 32 bytes, not ${Buffer.byteLength(node.text)}`;
  context.error('invalid-value', node.span, 'source-id', message, { fix: 'use a shorter name', code: '40006' });
}

function checkRelayStart(context: LintContext): void {
  const { root } = context;
  const name = childOf(root, 'relay-binlog-name');
  if (name?.kind === 'scalar' && name.text !== '' && !isBinlogName(name.text)) {
    const message = `relay-binlog-name is not the name of a binlog file: ${goQuote(name.text)}`;
    context.error('invalid-value', name.span, 'relay-binlog-name', message, { fix: 'use a name such as mysql-bin.000001', code: '40007' });
  }
  const gtid = childOf(root, 'relay-binlog-gtid');
  const flavor = textOf(root, 'flavor');
  if (gtid?.kind === 'scalar' && gtid.text !== '' && !isGtidSet(gtid.text, flavor)) {
    const example = flavor === 'mariadb' ? '0-1-100' : '3ccc475b-2343-11e7-be21-6c0b84d59f30:1-14';
    context.error('invalid-gtid', gtid.span, 'relay-binlog-gtid', `relay-binlog-gtid is not a GTID set: ${goQuote(gtid.text)}`, {
      fix: `use for example ${example}`,
      ...(context.before('2.0') && { code: '11009' }),
    });
  }
}

function checkFlavor(context: LintContext, code: string | undefined): void {
  const flavor = childOf(context.root, 'flavor');
  if (flavor?.kind !== 'scalar' || flavor.text === '' || FLAVORS.includes(flavor.text)) return;
  const outcome = code === undefined ? '. DM does not check it, and replication fails later' : '';
  const message = `flavor must be ${orList(FLAVORS)}, not ${goQuote(flavor.text)}${outcome}`;
  context.report(code === undefined ? 'warning' : 'error', 'invalid-value', flavor.span, 'flavor', message, {
    fix: valueFix(flavor.text, FLAVORS),
    code,
  });
}

/** The shortest waiting time, which the file cannot change. */
const MIN_BACKOFF_MS = 1000;

function checkBackoff(context: LintContext): void {
  const node = childOf(context.root, 'checker', 'backoff-max');
  if (node?.kind !== 'scalar' || durationProblem(node.text) !== undefined) return;
  if (durationMs(node.text) >= MIN_BACKOFF_MS) return;
  const message = `backoff-max must be 1s or more, not ${node.text}`;
  context.error('invalid-duration', node.span, 'checker.backoff-max', message, { fix: 'use for example 5m', code: '20043' });
}
