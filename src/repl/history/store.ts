// The shell's history: in memory for the arrow keys, in a private file for the next shell. Several shells append to one
// file without a lock. A shell that shortens it writes a new file and replaces the old one.

import type { HistoryMode } from '../../command/history-mode.ts';
import type { CommandRegistry } from '../../command/registry.ts';
import type { PrivateFile, PrivateFiles } from './files.ts';
import { type Entry, fileLine, readEntries, textOf } from './format.ts';
import { redact } from './redact.ts';

export interface History {
  /** The typed lines, newest last: from earlier shells as kept in the file, from this one every line that may be remembered. */
  readonly entries: readonly string[];
  /** The lines as recorded: without the text of SQL, unless the mode keeps it. */
  readonly recorded: readonly string[];
  /** Adds a typed line before it runs. Never throws. */
  add(line: string): void;
  close(): void;
}

export interface HistoryOptions {
  /** The path of the file; undefined if there is none, so that the history stays in memory. */
  readonly folder: string | undefined;
  /** What the file keeps. Read for each line, because it can change. */
  readonly mode: HistoryMode;
  /** The maximum number of entries. */
  readonly cap: number;
  /** The session's current commands. */
  registry(): CommandRegistry;
  readonly files: PrivateFiles;
  /** Called once if the file cannot be used. */
  warn(text: string): void;
  /** The file may hold this many times the maximum before it is shortened. */
  readonly slack?: number;
}

export const HISTORY_CAP = 10_000;
const FILE = 'history';
/** Only the end of a longer file is read. */
const MAX_BYTES = 16 << 20;
/** How often an entry is written again because the file was replaced. */
const TRIES = 5;
const LF = 0x0a;

/** Opens the history. The file is read on first use. */
export function openHistory(options: HistoryOptions): History {
  const { registry } = options;
  const log = options.folder === undefined ? undefined : new Log(options, options.folder);
  let entries: string[] | undefined;
  let recorded: string[] = [];
  const loaded = (): string[] => {
    if (!entries) {
      entries = (options.mode === 'none' ? [] : (log?.load() ?? [])).filter((text, i, all) => text !== all[i - 1]).slice(-options.cap);
      recorded = [...entries];
    }
    return entries;
  };
  return {
    get entries() {
      return loaded();
    },
    get recorded() {
      loaded();
      return recorded;
    },
    add: (line) => {
      const known = loaded();
      const typed = redact(line, 'all', registry(), known.at(-1));
      if (typed !== undefined) known.push(typed);
      const kept = redact(line, options.mode === 'all' ? 'all' : 'redacted', registry(), recorded.at(-1));
      if (kept === undefined) return;
      recorded.push(kept);
      if (options.mode !== 'none') log?.add(kept);
    },
    close: () => log?.close(),
  };
}

/** The file; none after an error with it. */
class Log {
  private readonly options: HistoryOptions;
  private readonly path: string;
  private file: PrivateFile | undefined;
  private broken = false;
  private count = 0;
  private readonly self = Math.floor(Math.random() * 2 ** 52).toString(36);

  constructor(options: HistoryOptions, folder: string) {
    this.options = options;
    this.path = `${folder}/${FILE}`;
  }

  load(): string[] {
    return this.guarded(() => {
      const { cap, slack = 1.5 } = this.options;
      const file = this.opened();
      const from = Math.max(0, file.size() - MAX_BYTES);
      const entries = readEntries(file.read(from).toString('utf8'));
      if (entries.length > cap * slack || from > 0) this.shorten();
      return entries.slice(-cap).map(textOf);
    }, []);
  }

  add(entry: string): void {
    this.count += 1;
    const line = fileLine(`${this.self}z${this.count.toString(36)}`, entry);
    if (line !== undefined) this.guarded(() => this.append(line), undefined);
  }

  /** Appends after completing a line that a crash left open, and appends again if the file was replaced meanwhile. */
  private append(line: string): void {
    for (let i = 0; i < TRIES; i += 1) {
      const file = this.opened();
      file.append(Buffer.from(file.isTorn() ? `\n${line}` : line));
      if (file.isCurrent()) return;
      this.close();
    }
  }

  /**
   * Shortens the file. Lines that other shells append meanwhile are not lost: those from before the replacement
   * are copied, before it and once more after it; a shell that finds the file replaced after its write writes again;
   * and duplicates have the same id.
   */
  private shorten(): void {
    const { files, cap } = this.options;
    const release = files.lock(`${this.path}.lock`);
    if (!release) return; // another shell is doing it
    try {
      if (!this.opened().isCurrent()) this.close();
      const old = this.opened();
      let at = Math.max(0, old.size() - MAX_BYTES);
      const rest = (): Entry[] => {
        const bytes = old.read(at);
        const end = bytes.lastIndexOf(LF) + 1; // the last line may still be incomplete
        at += end;
        return readEntries(bytes.toString('utf8', 0, end));
      };
      const fresh = files.create(`${this.path}.new`);
      const carry = (entries: Entry[]): void => {
        if (entries.length > 0) fresh.append(Buffer.from(entries.map((e) => `${e.line}\n`).join('')));
      };
      carry(rest().slice(-cap));
      carry(rest());
      files.replace(this.path, `${this.path}.new`);
      carry(rest());
      fresh.close();
      this.close();
    } finally {
      release();
    }
  }

  private opened(): PrivateFile {
    this.file ??= this.options.files.open(this.path);
    return this.file;
  }

  private guarded<T>(act: () => T, otherwise: T): T {
    if (this.broken) return otherwise;
    try {
      return act();
    } catch (e) {
      this.broken = true;
      this.options.warn(`the history is kept in memory only: ${(e as Error).message}`);
      return otherwise;
    }
  }

  close(): void {
    this.file?.close();
    this.file = undefined;
  }
}
