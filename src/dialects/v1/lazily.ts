// What is only for people is loaded when the first of them reads: the original's JSON needs none of it.

let loaded: Promise<typeof import('./people.ts')> | undefined;

export function people(): Promise<typeof import('./people.ts')> {
  loaded ??= import('./people.ts');
  return loaded;
}
