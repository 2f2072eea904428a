// Checks routes: what they require, their patterns, and routes of an instance that exclude each other.

import { childOf, type Entry, entriesOf, entryOf, isNull, isTrue, type Span, scalarsOf, textOf } from '../document.ts';
import { type ComparablePattern, comparable, isRegexp, overlap } from '../table-pattern.ts';
import { emptyEntry } from './check-task-entries.ts';
import type { LintContext } from './finding.ts';
import { hasEarlyStar, regexpMistake } from './formats.ts';
import type { Instance, Uses } from './uses.ts';

/** How masters of a release report a mistake in a route that is used. */
function routeCode(context: LintContext): string | undefined {
  if (context.since('2.0.5')) return '20045';
  // Earlier releases find it in the pre-check, which can be left out.
  return scalarsOf(childOf(context.root, 'ignore-checking-items')).some((item) => item.text === 'all') ? undefined : '26003';
}

/** Checks all routes. */
export function checkRoutes(context: LintContext, uses: Uses): void {
  const code = routeCode(context);
  const entries = entriesOf(childOf(context.root, 'routes'));
  for (const entry of entries) {
    const isUsed = uses.of('routes').has(entry.name);
    const path = `routes.${entry.name}`;
    if (isNull(entry.value)) emptyEntry(context, entry.nameSpan, path, isUsed ? '20002' : undefined);
    else if (entry.value.kind === 'map') new RouteCheck(context, entry, isUsed ? code : undefined).run();
  }
  const byName = new Map(entries.map((e) => [e.name, e]));
  for (const instance of uses.instances) checkTogether(context, instance, byName, code);
}

class RouteCheck {
  private readonly context: LintContext;
  private readonly entry: Entry;
  private readonly code: string | undefined;
  private readonly path: string;

  constructor(context: LintContext, entry: Entry, code: string | undefined) {
    this.context = context;
    this.entry = entry;
    this.code = code;
    this.path = `routes.${entry.name}`;
  }

  run(): void {
    const { context, entry } = this;
    this.require('schema-pattern');
    this.require('target-schema');
    for (const key of ['schema-pattern', 'table-pattern']) this.pattern(key);
    const target = entryOf(entry.value, 'target-table');
    if (target && textOf(entry.value, 'target-table') !== '' && textOf(entry.value, 'table-pattern') === '') {
      const message = 'target-table without table-pattern: the route applies to schemas, and DM ignores target-table';
      context.warn('ignored-key', target.nameSpan, `${this.path}.target-table`, message, { fix: 'add table-pattern, such as "*"' });
    }
    for (const what of ['table', 'schema', 'source']) this.extractor(what);
  }

  private report(rule: Parameters<LintContext['report']>[1], span: Span, key: string, message: string, fix: string): void {
    const { code } = this;
    this.context.report(code === undefined ? 'warning' : 'error', rule, span, `${this.path}.${key}`, message, { fix, code });
  }

  private require(key: string): void {
    const { value, nameSpan } = this.entry;
    const given = entryOf(value, key);
    if (textOf(value, key) !== '' || (given && given.value.kind !== 'scalar')) return;
    const message = given ? `${key} must not be empty` : `the route requires ${key}`;
    this.report('missing-key', given?.value.span.end ? given.nameSpan : nameSpan, key, message, `add ${key}`);
  }

  private pattern(key: string): void {
    const node = childOf(this.entry.value, key);
    if (node?.kind !== 'scalar') return;
    const { text, span } = node;
    const isExpression = isRegexp(text);
    if (isExpression && this.context.since('6.1')) {
      const mistake = regexpMistake(text.slice(1));
      if (mistake !== undefined) this.report('invalid-regexp', span, key, mistake, 'correct the regular expression');
      return;
    }
    if (isExpression) {
      const message = 'routes accept regular expressions only since 6.1. This one matches nothing';
      this.context.warn('no-effect', span, `${this.path}.${key}`, message, { fix: 'use a pattern such as shop_*' });
    }
    if (!hasEarlyStar(text)) return;
    this.report('invalid-pattern', span, key, '* may stand only at the end of a pattern', 'use ?, or several routes');
  }

  private extractor(what: string): void {
    const entry = entryOf(this.entry.value, `extract-${what}`);
    if (entry?.value.kind !== 'map') return;
    const at = `extract-${what}`;
    if (textOf(entry.value, 'target-column') === '') {
      this.report('missing-key', entry.nameSpan, `${at}.target-column`, `${at} requires target-column`, 'add target-column');
    }
    const node = childOf(entry.value, `${what}-regexp`);
    const mistake = node?.kind === 'scalar' ? regexpMistake(node.text) : undefined;
    if (node && mistake !== undefined) {
      this.report('invalid-regexp', node.span, `${at}.${what}-regexp`, mistake, 'correct the regular expression');
    }
  }
}

/** A route with its patterns as they are compared. */
interface Compared {
  readonly entry: Entry;
  readonly schema: ComparablePattern;
  /** An empty pattern: the route is for schemas. */
  readonly table: ComparablePattern;
}

/** Finds routes of an instance for the same tables. */
function checkTogether(context: LintContext, instance: Instance, byName: ReadonlyMap<string, Entry>, code: string | undefined): void {
  const isSensitive = isTrue(childOf(context.root, 'case-sensitive'));
  const patternOf = ({ value }: Entry, key: string): ComparablePattern => {
    const text = textOf(value, key);
    return comparable(isSensitive ? text : text.toLowerCase());
  };
  const names = new Set(instance.references.filter((r) => r.section === 'routes').map((r) => r.name));
  const routes: Compared[] = [...names].flatMap((name) => {
    const entry = byName.get(name);
    if (entry?.value.kind !== 'map') return [];
    return [{ entry, schema: patternOf(entry, 'schema-pattern'), table: patternOf(entry, 'table-pattern') }];
  });
  const seen = new Map<string, Compared>();
  const distinct: Compared[] = [];
  for (const route of routes) {
    const id = JSON.stringify([route.schema.pattern, route.table.pattern]);
    const first = seen.get(id);
    if (first) samePattern(context, first.entry, route.entry, code);
    else {
      seen.set(id, route);
      distinct.push(route);
    }
  }
  checkOverlaps(context, distinct);
}

function samePattern(context: LintContext, first: Entry, second: Entry, code: string | undefined): void {
  // From 6.1 on, the pre-check finds it when a table of the source matches both.
  const found = context.since('6.1') ? '11043' : code;
  const message = `the routes ${first.name} and ${second.name} have the same pattern`;
  context.report(found === undefined ? 'warning' : 'error', 'same-pattern', second.nameSpan, `routes.${second.name}`, message, {
    fix: 'remove one of them',
    code: found,
  });
}

/** Finds routes of one level with patterns that a table can match both. */
function checkOverlaps(context: LintContext, routes: readonly Compared[]): void {
  for (const isTableLevel of [true, false]) {
    const level = routes.filter((r) => (r.table.pattern !== '') === isTableLevel && r.schema.pattern !== '');
    for (const [first, second] of overlaps(level)) {
      const message = `a table can match both ${first.entry.name} and ${second.entry.name}. DM then stops with an error`;
      context.warn('overlapping-routes', second.entry.nameSpan, `routes.${second.entry.name}`, message, { fix: 'use narrower patterns' });
    }
  }
}

/** Pairs of routes that overlap, in the order of the file. Shorter patterns come first, so that each is a prefix of later ones. */
function overlaps(routes: readonly Compared[]): (readonly [Compared, Compared])[] {
  const distinct = (key: 'schema' | 'table'): number => new Set(routes.map((r) => r[key].pattern)).size;
  const key = distinct('schema') >= distinct('table') ? 'schema' : 'table';
  const textOfPattern = ({ prefix, pattern }: ComparablePattern): string => prefix ?? pattern;
  const order = new Map(routes.map((route, i) => [route, i]));
  const seen = new Map<string, Compared[]>();
  const pairs: (readonly [Compared, Compared])[] = [];
  for (const route of routes.toSorted((a, b) => textOfPattern(a[key]).length - textOfPattern(b[key]).length)) {
    const text = textOfPattern(route[key]);
    for (let length = 0; length <= text.length; length += 1) {
      const other = seen.get(text.slice(0, length))?.find((r) => overlap(r.schema, route.schema) && overlap(r.table, route.table));
      if (!other) continue;
      pairs.push((order.get(other) as number) < (order.get(route) as number) ? [other, route] : [route, other]);
      break;
    }
    const same = seen.get(text);
    if (same) same.push(route);
    else seen.set(text, [route]);
  }
  return pairs;
}
