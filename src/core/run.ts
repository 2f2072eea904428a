// What every run of a command needs, loaded in one go.

export { execute } from './execute.ts';
export { needsOf } from './parse.ts';
export { openSession } from './session.ts';
