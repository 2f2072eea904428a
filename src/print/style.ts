// Colours. The only user of chalk.

import { Chalk } from 'chalk';

/** The prompt as the original shows it: a red » where there is colour; a ! before it while the master cannot be reached. */
export function promptMark(colour: boolean, reachable = true): string {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return `${reachable ? '' : chalk.yellow('!')}${chalk.red('»')} `;
}
