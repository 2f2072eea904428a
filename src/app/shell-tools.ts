// Combines history, completion and hints for the line editor.

import type { BuiltinContext } from '../builtins/index.ts';
import type { HistoryMode } from '../command/history-mode.ts';
import { type Completion, complete, wantsNamesAt, wantsProfilesAt } from '../completion/engine/complete.ts';
import { inlineHint } from '../completion/engine/hint.ts';
import { createNameCache } from '../invoke/name-cache.ts';
import type { Session } from '../invoke/session.ts';
import { writeMessage } from '../io/write-safe.ts';
import { listFiles } from '../platform/list-files.ts';
import { isWindows, privateFiles } from '../platform/private-files.ts';
import { stateFolder } from '../repl/history/folder.ts';
import { HISTORY_CAP, type History, openHistory } from '../repl/history/store.ts';

export interface ShellTools {
  readonly history: History;
  /**
   * The candidates for Tab from what is known now. Never waits, never throws.
   * `later` exists while names are being fetched, and resolves when it is worth asking again.
   */
  complete(line: string, cursor: number): Completion & { readonly later?: Promise<void> };
  /** The grey hint after the line. */
  hint(line: string): string;
  /** What built-in commands need of it. */
  readonly world: BuiltinContext;
  close(): void;
}

/** The names of the profiles for completion: read when a line reaches one, because the file may change during the session. */
function profileNames({ profiles }: BuiltinContext): { known(): readonly string[]; refresh(): Promise<void> } {
  let names: readonly string[] = [];
  let reading: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    try {
      names = (await profiles?.list())?.profiles.map((profile) => profile.name) ?? [];
    } catch {
      names = []; // a message in the middle of a line would disturb; `use` reports it
    }
    reading = undefined;
  };
  return {
    known: () => names,
    refresh: () => {
      reading ??= read();
      return reading;
    },
  };
}

/** Opens the tools of a session. Reads, writes and sends nothing before first use. */
export function openShellTools(session: Session, mode: () => HistoryMode, world: BuiltinContext = {}): ShellTools {
  const { io } = session;
  const names = createNameCache(session);
  session.names = names;
  const profiles = profileNames(world);
  const history = openHistory({
    folder: stateFolder(io.env, isWindows),
    get mode() {
      return mode();
    },
    cap: HISTORY_CAP,
    registry: () => session.registry,
    files: privateFiles,
    warn: (text) => void writeMessage(io.stderr, `warning: ${text}\n`).catch(() => {}),
  });
  return {
    history,
    complete: (line, cursor) => {
      const wants = wantsNamesAt(line, cursor, session);
      const known = names.known();
      const found = complete(line, cursor, session, { names: known, files: listFiles, profiles: profiles.known() });
      if (wantsProfilesAt(line, cursor, session)) return { ...found, later: profiles.refresh() };
      // Nothing fits: the commands of the master may, which are unknown until it is detected.
      const later = wants || (found.candidates.length === 0 && !session.detected) ? names.refresh() : undefined;
      return later ? { ...found, later } : found;
    },
    hint: (line) => {
      // Fetch names as soon as the line reaches one, so that they are known when Tab is pressed.
      if (wantsNamesAt(line, line.length, session)) void names.refresh();
      if (wantsProfilesAt(line, line.length, session)) void profiles.refresh();
      return inlineHint(line, history.entries, session.registry);
    },
    world: { ...world, history: () => history.recorded },
    close: () => {
      names.close();
      history.close();
    },
  };
}
