// The writer of a watch in a pipe or on a dumb terminal: one block per round.

import type { RunContext } from '../../invoke/context.ts';
import { writeSafe } from '../../io/write-safe.ts';
import { openRenderer, type Renderer } from '../../output/renderer.ts';
import type { Writer } from './rounds.ts';

/** The time for a line: UTC, in seconds. */
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** The line before a block, by format. There is none for formats that a program reads value by value. */
function rule({ format, query }: RunContext['options']): string {
  if (query !== '' && format.kind === 'auto') return '';
  switch (format.kind) {
    case 'json':
    case 'jsonl':
    case 'jsonpath':
      return '';
    case 'yaml':
      return `--- # ${now()}\n`; // a separate YAML document
    default:
      return `--- ${now()}\n`;
  }
}

/** Writes answers to standard output, and reports failed rounds on standard error. */
export function openBlocks(context: RunContext): Writer {
  const { stdout, stderr } = context.io;
  let show: Renderer | undefined;
  return {
    asks: () => {},
    answered: async ({ renderable, compat }) => {
      show ??= await openRenderer(context);
      await stdout.write(rule(context.options));
      await show(renderable, compat);
      if (stdout.failure) throw stdout.failure; // the reader is gone
    },
    failed: async (why, what) => await writeSafe(stderr, `${now()} no answer: ${what === '' ? '' : `${what} `}${why}\n`),
    close: async () => {},
  };
}
