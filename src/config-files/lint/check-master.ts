// Checks master files of DM 1.0 beyond their keys and types.

import { type ConfigNode, childOf, entryOf, textOf } from '../document.ts';
import type { LintContext } from './finding.ts';
import { durationProblem } from './formats.ts';

/** Checks a master file. */
export function checkMaster(context: LintContext): void {
  const timeout = childOf(context.root, 'rpc-timeout');
  if (timeout?.kind === 'scalar' && !timeout.plain && timeout.text !== '' && durationProblem(timeout.text)) {
    const message = `rpc-timeout is not a duration: "${timeout.text}"`;
    context.error('invalid-duration', timeout.span, 'rpc-timeout', message, { fix: 'use a unit, such as "30s"', code: '38014' });
  }
  const deploy = childOf(context.root, 'deploy');
  if (deploy?.kind !== 'list') return;
  const sources = new Map<string, number>();
  const workers = new Map<string, number>();
  for (const [i, item] of deploy.items.entries()) {
    const path = `deploy[${i}]`;
    const source = textOf(item, 'source-id') || textOf(item, 'mysql-instance');
    if (source === '') {
      const message = 'this [[deploy]] has no source-id';
      context.error('missing-key', item.span, `${path}.source-id`, message, { fix: 'add source-id', code: '38009' });
    }
    if (textOf(item, 'dm-worker') === '') {
      const message = 'this [[deploy]] has no dm-worker: every check-task and start-task then fails with error 38008';
      context.warn('missing-key', item.span, `${path}.dm-worker`, message, { fix: 'add dm-worker = "host:port"' });
    }
    warnTwice(context, item, i, entryOf(item, 'source-id') ? 'source-id' : 'mysql-instance', sources, 'the last one counts');
    warnTwice(context, item, i, 'dm-worker', workers, 'a worker reads only one source');
  }
}

function warnTwice(context: LintContext, item: ConfigNode, index: number, key: string, seen: Map<string, number>, why: string): void {
  const node = childOf(item, key);
  if (node?.kind !== 'scalar' || node.text === '') return;
  const first = seen.get(node.text);
  seen.set(node.text, first ?? index);
  if (first === undefined) return;
  const message = `"${node.text}" is already in the ${first === 0 ? 'first' : `${first + 1}.`} [[deploy]]: ${why}`;
  context.warn('duplicate-source', node.span, `deploy[${index}].${key}`, message, { fix: 'remove one of them' });
}
