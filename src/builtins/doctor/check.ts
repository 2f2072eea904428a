// What a check found.

import { joinNames } from '../../text/quantity.ts';

export type Status = 'ok' | 'warning' | 'failed' | 'skipped';

/** The checks in the order in which they are shown, by group. */
export const GROUPS = [
  { title: 'Connection', checks: ['address', 'host name', 'port', 'certificates', 'TLS', 'proxy'] },
  { title: 'DM-master', checks: ['generation', 'release', 'leader'] },
  { title: 'Cluster', checks: ['workers', 'relays', 'sub tasks', 'paused tasks', 'lag', 'DDL locks', 'validation'] },
  { title: 'Files', checks: ['task files', 'source files'] },
] as const;

export type CheckName = (typeof GROUPS)[number]['checks'][number];

export interface Check {
  readonly check: CheckName;
  readonly status: Status;
  /** What was found, or why the check was skipped. */
  readonly text: string;
  /** What to do about it. Empty if there is nothing to do. */
  readonly advice: string;
}

export const ok = (check: CheckName, text: string): Check => ({ check, status: 'ok', text, advice: '' });
export const warning = (check: CheckName, text: string, advice: string): Check => ({ check, status: 'warning', text, advice });
export const failed = (check: CheckName, text: string, advice: string): Check => ({ check, status: 'failed', text, advice });
export const skipped = (check: CheckName, text: string): Check => ({ check, status: 'skipped', text, advice: '' });

/** The checks of a group, all skipped for the same reason. */
export function skipGroup(title: (typeof GROUPS)[number]['title'], why: string): Check[] {
  return (GROUPS.find((group) => group.title === title)?.checks ?? []).map((check) => skipped(check, why));
}

/** How many names a line of the page has. */
const MAX_NAMES = 3;

/** The first names in one line, and how many more there are. */
export const firstNames = (names: readonly string[]): string => joinNames(names, MAX_NAMES);
