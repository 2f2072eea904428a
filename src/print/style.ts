// Colours. The only user of chalk.

import { Chalk } from 'chalk';

/** The prompt as the original shows it: a red » where there is colour; a ! before it while the master cannot be reached. */
export function promptMark(colour: boolean, reachable = true): string {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return `${reachable ? '' : chalk.yellow('!')}${chalk.red('»')} `;
}

const coloured = new Chalk({ level: 1 });

/** What is only proposed; for a terminal with colours. */
export function faint(text: string): string {
  return coloured.grey(text);
}

/** The prompt of a row that goes on the one above, as wide as the first. */
export function goesOnMark(colour: boolean): string {
  return colour ? `${coloured.grey('…')} ` : '… ';
}
