// Colors and marks. The only user of chalk.

import { Chalk, type ChalkInstance } from 'chalk';
import type { ColorMode } from '../command/output-format.ts';
import type { Output } from '../io/io.ts';
import type { Tone } from '../presenters/view.ts';

/**
 * Whether an output is colored. The user's choice wins; then NO_COLOR (no-color.org), FORCE_COLOR and CLICOLOR_FORCE,
 * CLICOLOR=0; otherwise, a terminal that supports colors.
 */
export function hasColor(choice: ColorMode, output: Pick<Output, 'isTTY'>, env: Readonly<Record<string, string | undefined>>): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR ?? env.CLICOLOR_FORCE;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env.CLICOLOR === '0') return false;
  return output.isTTY && env.TERM !== 'dumb';
}

const MARKS: Readonly<Record<Tone, string>> = { good: '✓', bad: '✗', warn: '!', busy: '▸', held: '=', none: '' };

/** The mark of a tone with a trailing space. */
export function markOf(tone: Tone): string {
  return MARKS[tone] === '' ? '' : `${MARKS[tone]} `;
}

export interface Paint {
  tone(tone: Tone, text: string): string;
  /** Column headings. */
  head(text: string): string;
  /** Secondary text. */
  dim(text: string): string;
  /** The first line of something. */
  strong(text: string): string;
  /** What changed since the last display. Visible without color too, since it is no color. */
  changed(text: string): string;
}

const CHANGED = new Chalk({ level: 1 }).underline.bold;

/** The styles, with or without colors. */
export function paint(color: boolean): Paint {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const tones: Record<Tone, ChalkInstance | undefined> = {
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.yellow,
    busy: chalk.cyan,
    held: chalk.magenta,
    none: undefined,
  };
  return {
    tone: (tone, text) => tones[tone]?.(text) ?? text,
    head: (text) => chalk.bold(text),
    dim: (text) => chalk.grey(text),
    strong: (text) => chalk.bold(text),
    changed: (text) => CHANGED(text),
  };
}

/**
 * The prompt as in the original: a red » if colors are on. Before it, the profile in use, if any,
 * and ! while the master is unreachable.
 */
export function promptMark(color: boolean, reachable = true, profile = ''): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return `${profile === '' ? '' : `${chalk.cyan(profile)} `}${reachable ? '' : chalk.yellow('!')}${chalk.red('»')} `;
}

const coloured = new Chalk({ level: 1 });

/** A suggestion, for a terminal with colors. */
export function dim(text: string): string {
  return coloured.grey(text);
}

/** The prompt of a continuation row, as wide as the first. */
export function continuationMark(color: boolean): string {
  return color ? `${coloured.grey('…')} ` : '… ';
}
