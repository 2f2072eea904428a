// Colours. The only user of chalk.

import { Chalk } from 'chalk';

/** The prompt as the original shows it: a red » where there is colour. */
export function promptMark(colour: boolean): string {
  return `${new Chalk({ level: colour ? 1 : 0 }).red('»')} `;
}
