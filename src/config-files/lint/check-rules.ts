// Checks filters, lists, expression filters and column mappings.

import { type ConfigNode, childOf, entriesOf, entryOf, isNull, type Span, scalarsOf, textOf } from '../document.ts';
import { valuesOf } from '../keys/config-key.ts';
import { FILTER_EVENTS } from '../keys/rule-keys.ts';
import { isRegexp } from '../table-pattern.ts';
import { orList, valueFix } from './check-structure.ts';
import { emptyEntry } from './check-task-entries.ts';
import type { LintContext } from './finding.ts';
import { expressionProblem, hasEarlyStar, regexpMistake } from './formats.ts';
import type { Uses } from './uses.ts';

interface FilterPlace {
  /** Where to report what the filter lacks. */
  readonly span: Span;
  readonly path: string;
  readonly isUsed: boolean;
}

/** What a release does with an invalid filter. */
function filterOutcome(context: LintContext, isUsed: boolean): { readonly code: string | undefined; readonly outcome: string } {
  if (context.before('2.0.2')) return { code: undefined, outcome: '. DM accepts it, and the sub task pauses with error 36030' };
  if (context.since('7.5')) return { code: undefined, outcome: '. DM accepts the file and drops the filter' };
  return { code: isUsed ? '20037' : undefined, outcome: '' };
}

/** Checks a filter of a task or of a source. */
export function checkFilterRule(context: LintContext, rule: ConfigNode, { span, path, isUsed }: FilterPlace): void {
  if (rule.kind !== 'map') return;
  const { code, outcome } = filterOutcome(context, isUsed);
  const report = (name: Parameters<LintContext['report']>[1], at: Span, key: string, message: string, fix: string): void =>
    context.report(code === undefined ? 'warning' : 'error', name, at, `${path}.${key}`, `${message}${outcome}`, { fix, code });
  for (const key of ['schema-pattern', 'action']) {
    if (textOf(rule, key) === '' && entryOf(rule, key)?.value.kind !== 'map') {
      report('missing-key', entryOf(rule, key)?.nameSpan ?? span, key, `the filter requires ${key}`, `add ${key}`);
    }
  }
  const action = childOf(rule, 'action');
  const actions = context.since('7.5') ? ['Ignore', 'Do', 'Error'] : ['Ignore', 'Do'];
  if (action?.kind === 'scalar' && action.text !== '' && !actions.includes(action.text)) {
    report(
      'invalid-value',
      action.span,
      'action',
      `action must be ${orList(actions)}, not "${action.text}"`,
      valueFix(action.text, actions),
    );
  }
  for (const key of ['schema-pattern', 'table-pattern']) {
    const pattern = childOf(rule, key);
    if (pattern?.kind !== 'scalar') continue;
    if (hasEarlyStar(pattern.text) && !isRegexp(pattern.text)) {
      report('invalid-pattern', pattern.span, key, '* may stand only at the end of a pattern', 'use ?, or several filters');
    } else if (hasEarlyStar(pattern.text)) {
      report('invalid-pattern', pattern.span, key, 'filters accept no regular expressions', 'use a pattern such as shop_*');
    } else if (isRegexp(pattern.text)) {
      const message = 'filters accept no regular expressions. This pattern matches nothing';
      context.warn('no-effect', pattern.span, `${path}.${key}`, message, { fix: 'use a pattern such as shop_*' });
    }
  }
  for (const [i, sql] of scalarsOf(childOf(rule, 'sql-pattern')).entries()) {
    const mistake = regexpMistake(sql.text);
    if (mistake !== undefined) report('invalid-regexp', sql.span, `sql-pattern[${i}]`, mistake, 'correct the regular expression');
  }
  checkEvents(context, rule, path, isUsed);
}

function checkEvents(context: LintContext, rule: ConfigNode, path: string, isUsed: boolean): void {
  const known = valuesOf({ path: '', type: 'list', summary: '', values: FILTER_EVENTS }, context.release) ?? [];
  const isRejected = context.since('6.2') && context.before('7.5') && isUsed;
  const outcome = isRejected ? '' : context.since('7.5') ? '. DM accepts the file and drops the filter' : '. It never matches';
  for (const [i, event] of scalarsOf(childOf(rule, 'events')).entries()) {
    if (known.includes(event.text.toLowerCase())) continue;
    const later = FILTER_EVENTS.find((e) => e.value === event.text.toLowerCase());
    const message = later ? `the event "${event.text}" exists since ${later.since}` : `unknown event "${event.text}"`;
    context.report(isRejected ? 'error' : 'warning', 'invalid-value', event.span, `${path}.events[${i}]`, `${message}${outcome}`, {
      fix: valueFix(event.text.replaceAll('_', ' '), known),
      ...(isRejected && { code: '20037' }),
    });
  }
}

/** Checks the regular expressions and patterns of an entry of block-allow-list. */
export function checkList(context: LintContext, list: ConfigNode, path: string, isUsed: boolean): void {
  const { code, outcome } = listOutcome(context, isUsed);
  const check = (node: ConfigNode | undefined, at: string): void => {
    if (node?.kind !== 'scalar') return;
    const severity = code === undefined ? 'warning' : 'error';
    if (isRegexp(node.text)) {
      const mistake = regexpMistake(node.text.slice(1));
      if (mistake !== undefined) {
        context.report(severity, 'invalid-regexp', node.span, at, `${mistake}${outcome}`, { fix: 'correct the regular expression', code });
      }
    } else if (context.since('1.0.7') && hasEarlyStar(node.text)) {
      const fix = 'use a regular expression, such as "~^shop_.*_log$"';
      context.report(severity, 'invalid-pattern', node.span, at, '* may stand only at the end of a pattern', { fix, code });
    }
  };
  for (const key of ['do-dbs', 'ignore-dbs']) {
    for (const [i, node] of scalarsOf(childOf(list, key)).entries()) check(node, `${path}.${key}[${i}]`);
  }
  for (const key of ['do-tables', 'ignore-tables']) {
    const tables = childOf(list, key);
    if (tables?.kind !== 'list') continue;
    for (const [i, table] of tables.items.entries()) {
      for (const name of ['db-name', 'tbl-name']) check(childOf(table, name), `${path}.${key}[${i}].${name}`);
    }
  }
}

function listOutcome(context: LintContext, isUsed: boolean): { readonly code: string | undefined; readonly outcome: string } {
  if (!isUsed) return { code: undefined, outcome: '' };
  if (context.since('2.0.5')) return { code: '20044', outcome: '' };
  if (scalarsOf(childOf(context.root, 'ignore-checking-items')).some((item) => item.text === 'all'))
    return { code: undefined, outcome: '' };
  return context.before('1.0.2') ? { code: '', outcome: '. A DM-master of this release crashes' } : { code: '26006', outcome: '' };
}

const EXPRESSIONS = ['insert-value-expr', 'update-old-value-expr', 'update-new-value-expr', 'delete-value-expr'];

/** Checks the entries of expression-filter. */
export function checkExpressionFilters(context: LintContext): void {
  if (context.before('2.0.5')) return;
  for (const { name, nameSpan, value } of entriesOf(childOf(context.root, 'expression-filter'))) {
    const path = `expression-filter.${name}`;
    if (isNull(value)) emptyEntry(context, nameSpan, path, '');
    if (value.kind !== 'map') continue;
    for (const key of ['schema', 'table']) {
      if (textOf(value, key) !== '') continue;
      const span = entryOf(value, key)?.nameSpan ?? nameSpan;
      context.error('missing-key', span, `${path}.${key}`, `the expression filter requires ${key}`, { fix: `add ${key}`, code: '20042' });
    }
    const given = EXPRESSIONS.filter((key) => textOf(value, key) !== '');
    const kinds = new Set(given.map((key) => key.split('-')[0]));
    if (kinds.size > 1) {
      const message = `an expression filter is for one kind of change, not for ${[...kinds].join(' and ')}`;
      context.error('conflicting-keys', nameSpan, path, message, { fix: 'use one expression filter per kind', code: '20039' });
    }
    if (kinds.size === 0) {
      context.warn('no-effect', nameSpan, path, 'the expression filter has no expression', { fix: `add ${orList(EXPRESSIONS)}` });
    }
    for (const key of given) checkExpression(context, value, key, `${path}.${key}`);
  }
}

function checkExpression(context: LintContext, filter: ConfigNode, key: string, path: string): void {
  const node = childOf(filter, key);
  const mistake = node?.kind === 'scalar' ? expressionProblem(node.text) : undefined;
  if (!node || mistake === undefined) return;
  context.error('invalid-expression', node.span, path, `this is not an SQL expression: ${mistake}`, { fix: 'correct it', code: '20041' });
}

const MAPPING_EXPRESSIONS: Readonly<Record<string, readonly number[]>> = {
  'add prefix': [1],
  'add suffix': [1],
  'partition id': [3, 4],
};

/** Checks column mappings, which exist until 6.5. */
export function checkColumnMappings(context: LintContext, uses: Uses): void {
  const section = entryOf(context.root, 'column-mappings');
  const entries = entriesOf(section?.value);
  if (context.since('6.6')) {
    const details = { fix: 'use extract-table, extract-schema or extract-source of routes', code: '20064' };
    const message = 'DM 6.6 and later have no column mappings';
    if (section && entries.length > 0) context.error('unknown-key', section.nameSpan, 'column-mappings', message, details);
    for (const { references } of uses.instances) {
      const reference = references.find((r) => r.section === 'column-mappings');
      if (reference) context.error('unknown-key', reference.node.span, reference.path, message, details);
    }
    return;
  }
  if (section && entries.length > 0 && context.since('5.4')) {
    const fix = 'use extract-table, extract-schema or extract-source of routes';
    context.warn('deprecated-key', section.nameSpan, 'column-mappings', 'DM 6.6 and later reject column mappings', { fix });
  }
  for (const { name, nameSpan, value } of entries) {
    const isUsed = uses.of('column-mappings').has(name);
    const path = `column-mappings.${name}`;
    if (isNull(value)) emptyEntry(context, nameSpan, path, isUsed && context.since('2.0.5') ? '20002' : undefined);
    else checkColumnMapping(context, value, nameSpan, path, isUsed && context.since('2.0.5') ? '20046' : undefined);
  }
}

function checkColumnMapping(context: LintContext, mapping: ConfigNode, span: Span, path: string, code: string | undefined): void {
  if (mapping.kind !== 'map') return;
  const severity = code === undefined ? 'warning' : 'error';
  for (const key of ['target-column', 'expression']) {
    if (textOf(mapping, key) !== '') continue;
    context.report(severity, 'missing-key', span, `${path}.${key}`, `the column mapping requires ${key}`, { fix: `add ${key}`, code });
  }
  const expression = childOf(mapping, 'expression');
  if (expression?.kind !== 'scalar' || expression.text === '') return;
  const counts = MAPPING_EXPRESSIONS[expression.text];
  const known = Object.keys(MAPPING_EXPRESSIONS);
  if (!counts) {
    const message = `expression must be ${orList(known)}, not "${expression.text}"`;
    const fix = valueFix(expression.text, known);
    context.report(severity, 'invalid-value', expression.span, `${path}.expression`, message, { fix, code });
    return;
  }
  const given = scalarsOf(childOf(mapping, 'arguments')).length;
  if (counts.includes(given)) return;
  const message = `${expression.text} takes ${orList(counts.map(String))} arguments, not ${given}`;
  context.report(severity, 'invalid-value', childOf(mapping, 'arguments')?.span ?? span, `${path}.arguments`, message, { code });
}
