// What every run of a command needs, loaded in one go.

export { execute } from './execute.ts';
export { asksForCall } from './parse.ts';
export { openSession } from './session.ts';
