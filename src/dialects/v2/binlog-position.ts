// The position of a binlog event, as handle-error and binlog take it.

import { InputError } from '../../command/errors.ts';

/**
 * A position `FILE:POSITION`, without the quotes around it. An empty one means the current error.
 * @throws InputError for another form
 */
export function checkedPosition(text: string, command: string): string {
  const position = /^".+"$/s.test(text) ? text.slice(1, -1) : text;
  if (position === '') return position;
  const prefix = `invalid --binlog-pos ${position} in ${command} operation: `;
  const parts = position.split(':');
  if (parts.length !== 2) throw new InputError(`${prefix}the format should be filename:pos, position string ${position}`);
  if (!/^\d{1,10}$/.test(parts[1] as string) || Number(parts[1]) >= 2 ** 32) {
    throw new InputError(`${prefix}the pos should be digital, position string ${position}`);
  }
  return position;
}
