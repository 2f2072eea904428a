// Loads what only people read on first use: the original's JSON needs none of it, except the summary of query-status.

let loaded: Promise<typeof import('./presenters/index.ts')> | undefined;

export function loadPresenters(): Promise<typeof import('./presenters/index.ts')> {
  loaded ??= import('./presenters/index.ts');
  return loaded;
}
