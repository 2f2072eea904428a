// A watch for programs, and for terminals that understand no codes: a block a round, one below the other.

import type { RunContext } from '../../invoke/context.ts';
import { writeSafe } from '../../io/write-safe.ts';
import { openRenderer, type Renderer } from '../../output/renderer.ts';
import type { Writer } from './rounds.ts';

/** The time as a line has it: UTC, to the second. */
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** The line before a block, by the form. Where a program reads values one after the other there is none. */
function rule({ format, query }: RunContext['options']): string {
  if (query !== '' && format.kind === 'auto') return '';
  switch (format.kind) {
    case 'json':
    case 'jsonl':
    case 'jsonpath':
      return '';
    case 'yaml':
      return `--- # ${now()}\n`; // a document of its own for whoever reads YAML
    default:
      return `--- ${now()}\n`;
  }
}

/** Writes answers to standard output and says on standard error which rounds had none. */
export function openBlocks(context: RunContext): Writer {
  const { stdout, stderr } = context.io;
  let show: Renderer | undefined;
  return {
    asks: () => {},
    answered: async ({ renderable, compat }) => {
      show ??= await openRenderer(context);
      await stdout.write(rule(context.options));
      await show(renderable, compat);
      if (stdout.failure) throw stdout.failure; // nobody reads what follows
    },
    failed: async (why, what) => await writeSafe(stderr, `${now()} no answer: ${what === '' ? '' : `${what} `}${why}\n`),
    close: async () => {},
  };
}
