// Checks a task file beyond its keys and types: what masters check, and what fails only when the task runs.

import { childOf, entriesOf, entryOf, isNull, isTrue, scalarsOf, textOf } from '../document.ts';
import { checkConnection, checkPasswords } from './check-common.ts';
import { checkInstances } from './check-instances.ts';
import { checkRoutes } from './check-routes.ts';
import { checkColumnMappings, checkExpressionFilters, checkFilterRule, checkList } from './check-rules.ts';
import { emptyEntry } from './check-task-entries.ts';
import { checkDumps, checkLoads, checkSyncs, checkValidators } from './check-units.ts';
import type { LintContext } from './finding.ts';
import { groupsOf, isZoneName, isZoneOffset, regexpMistake } from './formats.ts';
import { collectUses, type Uses } from './uses.ts';

/** Checks a task file whose root is a mapping. */
export function checkTask(context: LintContext): void {
  const { root } = context;
  if (root?.kind !== 'map') return;
  checkSharding(context);
  checkTimezone(context);
  checkOnlineTableRules(context);
  checkMode(context);
  checkConnection(context, 'target-database');
  checkPasswords(context, 'target-database');
  const uses = collectUses(root, context);
  checkInstances(context, uses);
  checkRoutes(context, uses);
  checkFilters(context, uses);
  checkLists(context, uses);
  checkExpressionFilters(context);
  checkColumnMappings(context, uses);
  checkDumps(context, uses);
  checkLoads(context, uses);
  checkSyncs(context, uses);
  checkValidators(context);
}

function checkSharding(context: LintContext): void {
  const { root } = context;
  const sharding = entryOf(root, 'is-sharding');
  const mode = entryOf(root, 'shard-mode');
  const modeText = textOf(root, 'shard-mode');
  const strict = entryOf(root, 'strict-optimistic-shard-mode');
  if (strict && isTrue(strict.value) && modeText !== 'optimistic') {
    const message = 'strict-optimistic-shard-mode requires shard-mode: optimistic';
    context.error('conflicting-keys', strict.nameSpan, strict.name, message, { fix: 'write shard-mode: optimistic', code: '20066' });
  }
  if (!sharding || !mode || isNull(sharding.value)) return;
  const isOn = isTrue(sharding.value);
  if (isOn === (modeText !== '')) return;
  const message = `is-sharding: ${isOn} contradicts shard-mode: ${modeText === '' ? '""' : modeText}`;
  // dmctl 6.1 and later refuses such a file itself. It looks only at keys without indentation.
  const isRefused = context.since('6.1') && context.lines.at(sharding.nameSpan.start).column === 1;
  context.report(isRefused ? 'error' : 'warning', 'conflicting-keys', sharding.nameSpan, 'is-sharding', message, {
    fix: 'remove is-sharding: shard-mode is enough',
  });
}

function checkTimezone(context: LintContext): void {
  const zone = childOf(context.root, 'timezone');
  if (zone?.kind !== 'scalar' || zone.text === '') return;
  const { text, span } = zone;
  if (context.since('2.0.4') && context.before('5.3')) {
    context.warn('ignored-key', span, 'timezone', 'this release ignores timezone', { fix: 'remove it' });
    return;
  }
  const takesOffsets = context.since('5.3');
  const isLocal = text === 'Local';
  if (takesOffsets && isZoneOffset(text)) return;
  if (isLocal ? !takesOffsets : isZoneName(text)) return;
  const hint = takesOffsets ? 'a name such as Asia/Shanghai, or an offset such as "+08:00"' : 'a name such as Asia/Shanghai';
  const isEarly = !takesOffsets && isZoneOffset(text);
  const message = isEarly ? `timezone accepts offsets such as ${text} only since 5.3` : `unknown time zone ${text}`;
  context.error('invalid-value', span, 'timezone', message, { fix: `use ${hint}`, code: '20008' });
}

function checkOnlineTableRules(context: LintContext): void {
  for (const name of ['shadow-table-rules', 'trash-table-rules']) {
    for (const [i, rule] of scalarsOf(childOf(context.root, name)).entries()) {
      const mistake = regexpMistake(rule.text);
      const groups = mistake === undefined ? groupsOf(rule.text) : 1;
      const path = `${name}[${i}]`;
      if (mistake !== undefined) context.error('invalid-regexp', rule.span, path, mistake, { code: '20048' });
      else if (groups !== 1) {
        const message = `the regular expression must have exactly one group ( ), not ${groups}`;
        context.error('invalid-regexp', rule.span, path, message, { fix: 'put brackets around the name of the table', code: '20048' });
      }
    }
  }
}

/** Both generations know a list under two names. Only one of them counts. */
function checkMode(context: LintContext): void {
  if (context.before('2.0')) return;
  const { root } = context;
  const old = entryOf(root, 'black-white-list');
  if (!old || isNull(old.value) || entriesOf(childOf(root, 'block-allow-list')).length === 0) return;
  const message = 'DM ignores black-white-list, because the file has block-allow-list';
  context.warn('ignored-key', old.nameSpan, 'black-white-list', message, { fix: 'move its entries to block-allow-list' });
}

function checkFilters(context: LintContext, uses: Uses): void {
  for (const entry of entriesOf(childOf(context.root, 'filters'))) {
    const isUsed = uses.of('filters').has(entry.name);
    const path = `filters.${entry.name}`;
    if (!isNull(entry.value)) checkFilterRule(context, entry.value, { span: entry.nameSpan, path, isUsed });
    else emptyEntry(context, entry.nameSpan, path, isUsed ? '20002' : undefined);
  }
}

function checkLists(context: LintContext, uses: Uses): void {
  for (const section of ['block-allow-list', 'black-white-list']) {
    const isActive = section === uses.listSection;
    for (const entry of entriesOf(childOf(context.root, section))) {
      const isUsed = isActive && uses.of('lists').has(entry.name);
      const path = `${section}.${entry.name}`;
      if (isNull(entry.value)) emptyEntry(context, entry.nameSpan, path, undefined);
      else checkList(context, entry.value, path, isUsed);
      if (!isUsed && isActive) {
        context.warn('unused-entry', entry.nameSpan, path, `no instance uses ${path}`, { fix: 'name it in an instance, or remove it' });
      }
    }
  }
}
