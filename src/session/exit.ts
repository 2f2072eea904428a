// `exit` and `quit`: the loop knows them; here they are for help and completion.

import type { OwnCommand } from '../core/find-command.ts';

const leave = { usage: '', where: 'lines', args: { least: 0, most: 0, names: [] }, flags: [] } as const;

export const exit: OwnCommand = { ...leave, name: 'exit', summary: 'leave the shell; quit and Ctrl-D do too' };
