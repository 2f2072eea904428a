// What `set` can change while a session lasts, declared once: the command, its completion and `config show` read this.

import { parseColor, parseFormat } from '../command/output-format.ts';
import type { RunOptions } from '../command/run-options.ts';
import type { ValueKind } from '../command/spec.ts';
import { parseDuration } from '../text/duration.ts';

export interface Settable {
  readonly name: string;
  readonly values: ValueKind;
  readonly summary: string;
  /** The options with the value. Throws Error where it cannot be used. */
  put(text: string, options: RunOptions): RunOptions;
  /** Whether a change takes away a protection, so that somebody must agree to it. */
  unprotects?(from: RunOptions, to: RunOptions): boolean;
}

const SWITCH: ValueKind = { oneOf: ['on', 'off'] };

function isOn(text: string): boolean {
  if (['on', 'true', 'yes', '1'].includes(text)) return true;
  if (['off', 'false', 'no', '0'].includes(text)) return false;
  throw new Error(`${JSON.stringify(text)} is neither on nor off`);
}

export const SETTABLE: readonly Settable[] = [
  {
    name: 'output',
    values: { oneOf: ['auto', 'json', 'jsonl', 'yaml', 'table', 'wide', 'name', 'jsonpath='] },
    summary: 'the form of answers',
    put: (text, options) => ({ ...options, format: parseFormat(text) }),
  },
  {
    name: 'color',
    values: { oneOf: ['auto', 'always', 'never'] },
    summary: 'colors of answers',
    put: (text, options) => ({ ...options, color: parseColor(text) }),
  },
  {
    name: 'pager',
    values: 'none',
    summary: 'the pager for long answers; off for none',
    put: (text, options) => ({ ...options, pager: text }),
  },
  { name: 'quiet', values: SWITCH, summary: 'no warnings, hints or progress', put: (text, options) => ({ ...options, quiet: isOn(text) }) },
  {
    name: 'confirm',
    values: SWITCH,
    summary: 'ask before harmful commands',
    put: (text, options) => ({ ...options, confirmImpact: isOn(text), asksMany: isOn(text) }),
  },
  {
    name: 'read-only',
    values: SWITCH,
    summary: 'refuse every command that changes the cluster',
    put: (text, options) => ({ ...options, readOnly: isOn(text), readOnlyReason: undefined }),
    unprotects: (from, to) => from.readOnly && !to.readOnly,
  },
  {
    name: 'rpc-timeout',
    values: 'none',
    summary: 'how long a call may take',
    put: (text, options) => ({ ...options, rpcTimeoutMs: parseDuration(text) }),
  },
  {
    name: 'timeout',
    values: 'none',
    summary: 'how long a whole command may take; off for as long as it likes',
    put: (text, options) => ({ ...options, commandTimeoutMs: text === 'off' ? undefined : parseDuration(text) }),
  },
];
