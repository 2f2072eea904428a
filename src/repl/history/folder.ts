// Where the history is kept: the state folder by the XDG rules or Windows conventions.

/** The folder; undefined if the environment names none. By the XDG rules a relative $XDG_STATE_HOME does not count. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>, windows: boolean): string | undefined {
  if (windows) return env.LOCALAPPDATA ? `${env.LOCALAPPDATA}\\dmctl` : undefined;
  if (env.XDG_STATE_HOME?.startsWith('/')) return `${env.XDG_STATE_HOME}/dmctl`;
  return env.HOME?.startsWith('/') ? `${env.HOME}/.local/state/dmctl` : undefined;
}
