// What can be set for a run, declared once: flags, the configuration file, `config show` and its tests read this.

import { parseColor, parseFormat } from '../command/output-format.ts';
import { parseProtocol } from '../command/run-options.ts';
import { parseDuration } from '../text/duration.ts';
import { parseSize } from '../text/size.ts';

export interface SettingSpec {
  /** Its flag and its key in the file. */
  readonly name: string;
  readonly kind: 'text' | 'switch';
  /** The environment variable that says the same. */
  readonly env?: string;
  readonly fallback: string;
  /** Throws Error where the text cannot be used. */
  check?(text: string): unknown;
}

const HISTORY = ['all', 'redacted', 'none'] as const;
export type HistoryMode = (typeof HISTORY)[number];

/** Reads what the prompt keeps. Throws Error. */
export function parseHistory(text: string): HistoryMode {
  const mode = HISTORY.find((m) => m === text);
  if (mode) return mode;
  throw new Error(`invalid history: ${text}`);
}

export const SETTINGS = [
  { name: 'master-addr', kind: 'text', env: 'DM_MASTER_ADDR', fallback: '' },
  { name: 'rpc-timeout', kind: 'text', fallback: '10m', check: parseDuration },
  { name: 'timeout', kind: 'text', fallback: '', check: parseDuration },
  { name: 'protocol', kind: 'text', fallback: 'auto', check: parseProtocol },
  { name: 'max-answer', kind: 'text', fallback: '1GiB', check: parseSize },
  { name: 'output', kind: 'text', fallback: 'auto', check: parseFormat },
  { name: 'color', kind: 'text', fallback: 'auto', check: parseColor },
  { name: 'pager', kind: 'text', env: 'DMCTL_PAGER', fallback: '' },
  { name: 'history', kind: 'text', fallback: 'redacted', check: parseHistory },
  { name: 'confirm', kind: 'switch', fallback: '' },
  { name: 'read-only', kind: 'switch', fallback: 'false' },
  { name: 'quiet', kind: 'switch', fallback: 'false' },
  { name: 'strict', kind: 'switch', fallback: 'false' },
] as const satisfies readonly SettingSpec[];

export type SettingName = (typeof SETTINGS)[number]['name'];

/** Where a value came from. */
export type Origin = { readonly from: 'flag' | 'default' } | { readonly from: 'environment' | 'profile' | 'file'; readonly name: string };

export interface Value {
  readonly text: string;
  readonly origin: Origin;
}

/** "flag", "environment DM_MASTER_ADDR", "profile prod", "file /home/me/dmctl.toml", "default". */
export function originText(origin: Origin): string {
  return 'name' in origin ? `${origin.from} ${origin.name}` : origin.from;
}
