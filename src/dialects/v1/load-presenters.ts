// Loads the views for people on first use: the original's JSON does not need them.

let loaded: Promise<typeof import('./presenters/index.ts')> | undefined;

export function loadPresenters(): Promise<typeof import('./presenters/index.ts')> {
  loaded ??= import('./presenters/index.ts');
  return loaded;
}
