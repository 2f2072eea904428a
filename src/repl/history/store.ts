// The history of the shell: in memory for its arrows, in a private file for the next shell. Several shells append to one
// file without a lock; whoever makes it shorter writes a new file and puts it in the place of the old one.

import type { HistoryMode } from '../../command/history-mode.ts';
import type { CommandRegistry } from '../../command/registry.ts';
import type { PrivateFile, PrivateFiles } from './files.ts';
import { type Entry, fileLine, readEntries, textOf } from './format.ts';
import { redact } from './redact.ts';

export interface History {
  /** What was typed, newest last: of earlier shells what the file kept, of this one every line that may be remembered. */
  readonly entries: readonly string[];
  /** The same as it was recorded: without the text of SQL, unless that was wanted. */
  readonly recorded: readonly string[];
  /** Takes a line that was typed, before it runs. Never throws. */
  add(line: string): void;
  close(): void;
}

export interface HistoryOptions {
  /** Where the file is; undefined where there is no such place, and the history stays in memory. */
  readonly folder: string | undefined;
  readonly mode: HistoryMode;
  /** How many entries are kept. */
  readonly cap: number;
  readonly registry: CommandRegistry;
  readonly files: PrivateFiles;
  /** Told once, when the file cannot be used. */
  warn(text: string): void;
  /** How many times the cap the file may hold before it is made shorter. */
  readonly slack?: number;
}

export const HISTORY_CAP = 10_000;
const FILE = 'history';
/** Of a longer file only the end is read. */
const MAX_BYTES = 16 << 20;
/** How often an entry is written again because the file was replaced. */
const TRIES = 5;
const LF = 0x0a;

/** Opens the history. The file is read when an entry is first asked for or added. */
export function openHistory(options: HistoryOptions): History {
  const { registry, mode } = options;
  const log = options.folder === undefined || mode === 'none' ? undefined : new Log(options, options.folder);
  let entries: string[] | undefined;
  let recorded: string[] = [];
  const loaded = (): string[] => {
    if (!entries) {
      entries = (log?.load() ?? []).filter((text, i, all) => text !== all[i - 1]).slice(-options.cap);
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
      const typed = redact(line, 'all', registry, known.at(-1));
      if (typed !== undefined) known.push(typed);
      const kept = redact(line, mode === 'all' ? 'all' : 'redacted', registry, recorded.at(-1));
      if (kept === undefined) return;
      recorded.push(kept);
      log?.add(kept);
    },
    close: () => log?.close(),
  };
}

/** The file. After something went wrong with it there is none. */
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

  /** Writes at the end, after the end of a line that a crash left open, and again where the file was replaced meanwhile. */
  private append(line: string): void {
    for (let i = 0; i < TRIES; i += 1) {
      const file = this.opened();
      file.append(Buffer.from(file.isTorn() ? `\n${line}` : line));
      if (file.isCurrent()) return;
      this.close();
    }
  }

  /**
   * Makes the file shorter. What other shells append while this happens is not lost: what comes before the replacement
   * is wrapped over, before it and once more after it; who finds the file replaced after his write writes again; and
   * what so comes twice has one id.
   */
  private shorten(): void {
    const { files, cap } = this.options;
    const release = files.lock(`${this.path}.lock`);
    if (!release) return; // another shell is at it
    try {
      if (!this.opened().isCurrent()) this.close();
      const old = this.opened();
      let at = Math.max(0, old.size() - MAX_BYTES);
      const rest = (): Entry[] => {
        const bytes = old.read(at);
        const end = bytes.lastIndexOf(LF) + 1; // a line may be under way
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
