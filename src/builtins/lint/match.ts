// `lint --match db.table`: what each instance does with a table.

import { matchSource, matchTask, type TableMatch } from '../../config-files/match-table.ts';
import type { RunContext } from '../../invoke/context.ts';
import { renderValue } from '../../output/renderer.ts';
import type { View } from '../../presenters/view.ts';
import type { Checked } from './run.ts';

/** Prints the matches of all files. */
export async function printMatches(checked: readonly Checked[], table: string, context: RunContext): Promise<void> {
  const matches = checked.flatMap((one) => matchesOf(one, table).map((match) => ({ file: one.file, table, ...match })));
  const view: View = {
    columns: [
      { title: 'SOURCE' },
      { title: 'MIGRATED' },
      { title: 'TARGET' },
      { title: 'ROUTES' },
      { title: 'FILTERS' },
      { title: 'BECAUSE', cut: true },
    ],
    rows: matches.map((match) => ({
      key: `${match.file} ${match.source}`,
      name: match.source,
      cells: [
        match.source || '-',
        { text: match.isMigrated ? 'yes' : 'no', tone: match.isMigrated ? 'good' : 'held' },
        match.isMigrated ? match.target || '-' : '-',
        match.routes.join(', ') || '-',
        filtersText(match),
        match.reason,
      ],
    })),
    notes: matches.flatMap((match) => match.filters.map((filter) => ({ tone: 'none' as const, line: filterText(match.source, filter) }))),
    footer: errorsText(checked, matches.length),
  };
  await renderValue(context, matches, view);
}

function matchesOf({ kind, release, root }: Checked, table: string): TableMatch[] {
  const [schema = '', name = ''] = table.split('.');
  if (!root || !release) return [];
  if (kind === 'task') return matchTask(root, schema, name, release);
  return kind === 'source' ? [matchSource(root, schema, name, release)] : [];
}

function filtersText({ filters, expressionFilters, columnMappings }: TableMatch): string {
  return [...filters.map((f) => f.name), ...expressionFilters, ...columnMappings].join(', ') || '-';
}

function filterText(source: string, { name, action, events, sqlPatterns }: TableMatch['filters'][number]): string {
  const what = [...events, ...sqlPatterns.map((p) => `statements like ${p}`)].join(', ') || 'nothing';
  return `${source}: ${name} ${action === 'Do' ? 'keeps only' : 'leaves out'} ${what}`;
}

function errorsText(checked: readonly Checked[], found: number): string {
  const errors = checked.flatMap((c) => c.findings).filter((f) => f.severity === 'error').length;
  if (errors > 0)
    return `the ${checked.length === 1 ? 'file has' : 'files have'} errors, so this may be incomplete. Use lint without --match`;
  return found === 0 ? 'no task file or source file was given' : '';
}
