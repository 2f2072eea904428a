// What every run of a command needs, loaded in one go.

export { needsOf } from '../args/parse.ts';
export { execute } from './execute.ts';
export { openSession } from './session.ts';
