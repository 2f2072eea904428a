// What every run of a command needs, loaded in one go.

export { execute } from './execute.ts';
export { parse } from './program.ts';
export { openSession } from './session.ts';
