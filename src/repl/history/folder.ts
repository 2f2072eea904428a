// Where the history is kept: the folder for the state of programs, as the XDG rules and Windows have it.

/** The folder; undefined where the environment names none. A relative $XDG_STATE_HOME does not count, as the rules say. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>, windows: boolean): string | undefined {
  if (windows) return env.LOCALAPPDATA ? `${env.LOCALAPPDATA}\\dmctl` : undefined;
  if (env.XDG_STATE_HOME?.startsWith('/')) return `${env.XDG_STATE_HOME}/dmctl`;
  return env.HOME?.startsWith('/') ? `${env.HOME}/.local/state/dmctl` : undefined;
}
