// The history file: permissions, contents, concurrent shells, crashes, and shortening.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { v1 } from '../../../src/dialects/v1/index.ts';
import { privateFiles } from '../../../src/platform/private-files.ts';
import type { PrivateFile, PrivateFiles } from '../../../src/repl/history/files.ts';
import { stateFolder } from '../../../src/repl/history/folder.ts';
import { type History, type HistoryOptions, openHistory } from '../../../src/repl/history/store.ts';
import { test as posixTest } from '../../harness/posix.ts';

const ROOT = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-history-'));
after(() => fs.rmSync(ROOT, { recursive: true }));
let folders = 0;

/** A folder that does not exist yet. */
function newFolder(): string {
  folders += 1;
  return path.join(ROOT, String(folders), 'dmctl');
}

function open(folder: string | undefined, more: Partial<HistoryOptions> = {}): { history: History; warnings: string[] } {
  const warnings: string[] = [];
  const options = {
    mode: 'redacted' as const,
    cap: 10_000,
    registry: () => ({ dialect: v1, builtins: [], topics: [] }),
    files: privateFiles,
  };
  const all = Object.defineProperties(
    { folder, ...options, warn: (text: string) => void warnings.push(text) },
    Object.getOwnPropertyDescriptors(more),
  );
  return { history: openHistory(all), warnings };
}

/** The lines that a new shell reads. */
function found(folder: string): readonly string[] {
  const { history, warnings } = open(folder, { cap: 1_000_000 });
  assert.deepEqual(warnings, []);
  return [...history.entries];
}

const file = (folder: string): string => path.join(folder, 'history');
const mode = (place: string): string => (fs.statSync(place).mode & 0o777).toString(8);

function shell(folder: string, name: string, count: number, cap = 10_000, slack = 1.5): ChildProcess {
  const program = path.join(import.meta.dirname, 'append-lines.js');
  const child = spawn(process.execPath, [program, folder, name, String(count), String(cap), String(slack)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout?.on('data', () => {}); // read, so that the process never blocks
  return child;
}

posixTest('typed lines are available in the next shell, newest last, in a file that only its owner can read', () => {
  const folder = newFolder();
  const lines = ['query-status', 'query-status', 'stop-task "a\\b \\n 任务"', 'a\nb\\\nc', ' secret', 'query-status'];
  const { history } = open(folder);
  for (const line of lines) history.add(line);
  history.close();
  const kept = ['query-status', 'stop-task "a\\b \\n 任务"', 'a\nb\\\nc', 'query-status'];
  assert.deepEqual(history.entries, kept);
  assert.deepEqual(found(folder), kept);
  assert.deepEqual([mode(folder), mode(file(folder))], ['700', '600']);
});

test('other line ends do not end an entry, and an entry that is not UTF-8 hides no other', () => {
  const folder = newFolder();
  const lines = ['stop-task a\u2028b', 'stop-task a\u2029b\nc', 'stop-task a\u0085b'];
  const { history } = open(folder);
  for (const line of lines) history.add(line);
  history.close();
  fs.appendFileSync(file(folder), Buffer.from('xz1 11 stop-task \xff\nxz2 11 stop-task b\n', 'latin1'));
  assert.deepEqual(found(folder), [...lines, 'stop-task b']);
});

test('SQL is kept for this shell, and for the next one depending on the mode', () => {
  const line = 'sql-inject -w a t DROP TABLE secret;';
  for (const [wanted, next] of [
    ['redacted', ['sql-inject -w a t …']],
    ['all', [line]],
  ] as const) {
    const folder = newFolder();
    const { history } = open(folder, { mode: wanted });
    history.add(line);
    assert.deepEqual(history.entries, [line]);
    assert.deepEqual(history.recorded, next);
    assert.deepEqual(found(folder), next);
    assert.equal(fs.readFileSync(file(folder), 'utf8').includes('secret'), wanted === 'all');
  }
  const folder = newFolder();
  const { history } = open(folder, { mode: 'none' });
  history.add(line);
  assert.deepEqual([history.entries, history.recorded], [[line], ['sql-inject -w a t …']]);
  assert.equal(fs.existsSync(folder), false, 'none touches no file');
  const nowhere = open(undefined);
  nowhere.history.add('query-status');
  assert.deepEqual([nowhere.history.entries, nowhere.warnings], [['query-status'], []]);
});

test('no file is accessed before the first entry is requested', () => {
  const folder = newFolder();
  const { history } = open(folder);
  history.close();
  assert.equal(fs.existsSync(folder), false);
});

posixTest('permissions that are too open are fixed', () => {
  const folder = newFolder();
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  fs.writeFileSync(file(folder), 'z1 12 query-status\n', { mode: 0o644 });
  assert.deepEqual(found(folder), ['query-status']);
  assert.deepEqual([mode(folder), mode(file(folder))], ['700', '600']);
});

/** Files that must not be used: how to create them, and the warning. */
const REFUSED: readonly [what: string, make: (folder: string) => void, said: RegExp][] = [
  [
    'a link in the place of the file',
    (folder) => {
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(path.join(ROOT, 'victim'), 'z1 1 x\n');
      fs.symlinkSync(path.join(ROOT, 'victim'), file(folder));
    },
    /history is a symbolic link, which dmctl does not follow$/,
  ],
  [
    'a link in the place of the folder',
    (folder) => {
      fs.mkdirSync(path.join(ROOT, 'elsewhere'), { recursive: true });
      fs.mkdirSync(path.dirname(folder), { recursive: true });
      fs.symlinkSync(path.join(ROOT, 'elsewhere'), folder);
    },
    /dmctl is not a directory$/,
  ],
  [
    'a folder in the place of the file',
    (folder) => void fs.mkdirSync(file(folder), { recursive: true }),
    /history: illegal operation on a directory$/,
  ],
  [
    'a file in the place of the folder',
    (folder) => {
      fs.mkdirSync(path.dirname(folder), { recursive: true });
      fs.writeFileSync(folder, '');
    },
    /dmctl is not a directory$/,
  ],
];

for (const [what, make, said] of REFUSED) {
  posixTest(`${what} is rejected with one warning, and the history stays in memory`, () => {
    const folder = newFolder();
    make(folder);
    const { history, warnings } = open(folder);
    history.add('query-status a');
    history.add('query-status b');
    assert.deepEqual(history.entries, ['query-status a', 'query-status b']);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /^the history is kept in memory only: \//);
    assert.match(warnings[0] ?? '', said);
    if (what.includes('link in the place of the file')) assert.equal(fs.readFileSync(path.join(ROOT, 'victim'), 'utf8'), 'z1 1 x\n');
    if (what.includes('link in the place of the folder')) assert.deepEqual(fs.readdirSync(path.join(ROOT, 'elsewhere')), []);
  });
}

test('a file or folder of another user is rejected', { skip: process.getuid?.() !== 0 && 'needs root to make one' }, () => {
  for (const place of [file, (folder: string) => folder]) {
    const folder = newFolder();
    open(folder).history.add('query-status');
    fs.chownSync(place(folder), 12345, 12345);
    const { history, warnings } = open(folder);
    assert.deepEqual(history.entries, []);
    assert.match(warnings.join(), /belongs to another user$/);
  }
});

test('invalid entries are skipped, and a line that a crash left open ends with the next', () => {
  const folder = newFolder();
  fs.mkdirSync(folder, { recursive: true });
  const foreign = [
    'junk',
    '',
    'z1 3 abcd',
    'z2 4 abcd\r',
    'z3 2 \u001bc',
    'z4 12 query-status',
    'z7 1 x',
    'z4 12 query-status',
    'z5 3 \xff\0',
  ];
  fs.writeFileSync(file(folder), Buffer.from(`${foreign.join('\n')}\nz6 20 stop-ta`, 'latin1'));
  assert.deepEqual(found(folder), ['query-status', 'x']);
  open(folder).history.add('stop-task b');
  assert.deepEqual(found(folder), ['query-status', 'x', 'stop-task b']);
  assert.match(fs.readFileSync(file(folder), 'latin1'), /\nz6 20 stop-ta\n\w+ 11 stop-task b\n$/);
});

test('two shells write 1,000 lines each, and the file has 2,000 complete lines', async () => {
  const folder = newFolder();
  const shells = ['a', 'b'].map((name) => shell(folder, name, 1000));
  const ended = await Promise.all(shells.map((s) => once(s, 'exit')));
  assert.deepEqual(
    ended.map(([status]) => status),
    [0, 0],
  );
  const entries = found(folder);
  assert.equal(entries.length, 2000);
  for (const name of ['a', 'b']) {
    const own = entries.filter((e) => e.startsWith(`query-status ${name}-`));
    assert.deepEqual(
      own,
      Array.from({ length: 1000 }, (_, i) => `query-status ${name}-${i} ${'x'.repeat(i % 97)}`),
    );
  }
  assert.equal(fs.readFileSync(file(folder), 'utf8').split('\n').length, 2001);
});

test('after kill -9 during writing, the file is readable and the next line is complete', async () => {
  const folder = newFolder();
  for (let round = 0; round < 5; round += 1) {
    const writer = shell(folder, `r${round}`, 1_000_000);
    let said = 0;
    await new Promise<void>((resolve) => {
      writer.stdout?.on('data', (dots: Buffer) => {
        said += dots.length;
        if (said > 50) resolve();
      });
    });
    writer.kill('SIGKILL');
    assert.equal((await once(writer, 'close'))[1], 'SIGKILL');
    const own = found(folder).filter((e) => e.startsWith(`query-status r${round}-`));
    assert.ok(own.length >= said, `${own.length} of at least ${said}`);
    assert.deepEqual(
      own,
      own.map((_, i) => `query-status r${round}-${i} ${'x'.repeat(i % 97)}`),
    );
    open(folder).history.add(`stop-task ${round}`);
    assert.equal(found(folder).at(-1), `stop-task ${round}`);
  }
});

test('a file far above the cap is shortened when it is opened, and only then', () => {
  const folder = newFolder();
  const fill = open(folder, { cap: 100 }).history;
  for (let i = 0; i < 151; i += 1) fill.add(`query-status ${i}`);
  const before = fs.statSync(file(folder)).size;
  assert.equal(found(folder).length, 151, 'a shell that is open does not');
  const { history } = open(folder, { cap: 100 });
  assert.deepEqual([history.entries.length, history.entries[0], history.entries.at(-1)], [100, 'query-status 51', 'query-status 150']);
  assert.ok(fs.statSync(file(folder)).size < before);
  assert.deepEqual([mode(file(folder)), fs.readdirSync(folder)], ['600', ['history']]);
  fill.add('query-status old shell');
  history.add('query-status new shell');
  assert.deepEqual(found(folder).slice(-3), ['query-status 150', 'query-status old shell', 'query-status new shell']);
  assert.equal(found(folder).length, 102);
});

test('only one shell shortens the file at a time, and a stale lock is removed', () => {
  const folder = newFolder();
  const fill = open(folder, { cap: 10 }).history;
  for (let i = 0; i < 20; i += 1) fill.add(`query-status ${i}`);
  const lock = `${file(folder)}.lock`;
  fs.writeFileSync(lock, String(process.pid));
  assert.equal(open(folder, { cap: 10 }).history.entries.length, 10);
  assert.equal(found(folder).length, 20, 'its process lives');
  fs.writeFileSync(lock, '');
  open(folder, { cap: 10 }).history.entries.at(0);
  assert.equal(found(folder).length, 20, 'it was just made');
  fs.writeFileSync(lock, '4194305'); // beyond the largest process id
  open(folder, { cap: 10 }).history.entries.at(0);
  assert.equal(found(folder).length, 10);
  assert.deepEqual(fs.readdirSync(folder), ['history']);
  for (let i = 0; i < 20; i += 1) fill.add(`query-status ${i}`);
  fs.writeFileSync(lock, String(process.pid));
  fs.utimesSync(lock, 1, 1);
  open(folder, { cap: 10 }).history.entries.at(0);
  assert.equal(found(folder).length, 10, 'older than any such work takes');
});

/** The real files, with an action before each access to the file system. */
function interrupted(step: () => void): PrivateFiles {
  const stepping =
    <A extends unknown[], R>(act: (...args: A) => R) =>
    (...args: A): R => {
      step();
      return act(...args);
    };
  const wrap = (inner: PrivateFile): PrivateFile => ({
    size: stepping(inner.size),
    read: stepping(inner.read),
    isTorn: stepping(inner.isTorn),
    append: stepping(inner.append),
    isCurrent: stepping(inner.isCurrent),
    close: inner.close,
  });
  return {
    open: stepping((p: string) => wrap(privateFiles.open(p))),
    create: stepping((p: string) => wrap(privateFiles.create(p))),
    replace: stepping(privateFiles.replace),
    lock: (p) => {
      const release = privateFiles.lock(p);
      return release && stepping(release);
    },
  };
}

test('a line that another shell writes at any moment of shortening is kept once', () => {
  let steps = 1;
  for (let at = 0; at < steps; at += 1) {
    const folder = newFolder();
    const fill = open(folder, { cap: 10 }).history;
    for (let i = 0; i < 20; i += 1) fill.add(`query-status ${i}`);
    const other = open(folder, { cap: 10, slack: 100 }).history;
    assert.equal(other.entries.length, 10);
    let done = 0;
    const files = interrupted(() => {
      if (done === at) other.add('stop-task meanwhile');
      done += 1;
    });
    assert.equal(open(folder, { cap: 10, files }).history.entries.length, 10);
    steps = done;
    const entries = found(folder);
    assert.equal(entries.filter((e) => e === 'stop-task meanwhile').length, 1, `at step ${at}: ${entries}`);
    assert.ok(entries.length <= 11);
  }
  assert.ok(steps > 10, `${steps} steps`);
});

test('a line that is being written during shortening is kept', () => {
  const folder = newFolder();
  const fill = open(folder, { cap: 10 }).history;
  for (let i = 0; i < 20; i += 1) fill.add(`query-status ${i}`);
  let reads = 0;
  const files: PrivateFiles = {
    ...privateFiles,
    open: (p) => {
      const inner = privateFiles.open(p);
      const read = (from: number): Buffer => {
        reads += 1;
        const bytes = inner.read(from);
        return reads === 2 ? bytes.subarray(0, -5) : bytes; // the first read during shortening
      };
      return { ...inner, read };
    },
  };
  assert.equal(open(folder, { cap: 10, files }).history.entries.at(-1), 'query-status 19');
  assert.ok(reads > 2);
  assert.equal(found(folder).at(-1), 'query-status 19');
});

test('shortening at any moment of another shell writing loses nothing', () => {
  let steps = 1;
  for (let at = 0; at < steps; at += 1) {
    const folder = newFolder();
    const fill = open(folder, { cap: 10 }).history;
    for (let i = 0; i < 20; i += 1) fill.add(`query-status ${i}`);
    let done = 0;
    const files = interrupted(() => {
      if (done === at) assert.equal(open(folder, { cap: 10 }).history.entries.length, 10);
      done += 1;
    });
    const writer = open(folder, { cap: 10, slack: 100, files }).history;
    writer.add('stop-task meanwhile');
    steps = done;
    const entries = found(folder);
    assert.equal(entries.filter((e) => e === 'stop-task meanwhile').length, 1, `at step ${at}: ${entries}`);
    assert.ok(done <= at || entries.length <= 11, `${entries.length} entries after it was made shorter at step ${at}`);
  }
  assert.ok(steps > 5, `${steps} steps`);
});

test('a shell writes 1,000 lines while others shorten the file repeatedly, and none is lost', async () => {
  const folder = newFolder();
  const cap = 4000;
  const fill = open(folder, { cap }).history;
  for (let i = 0; i <= cap; i += 1) fill.add(`query-status ${i}`);
  const writer = shell(folder, 'w', 1000, cap, 100);
  let rounds = 0;
  let running = true;
  const ended = once(writer, 'exit').then(([status]) => {
    running = false;
    return status;
  });
  while (running && rounds < 2000) {
    const { history, warnings } = open(folder, { cap, slack: 1 });
    history.add(`stop-task ${rounds}`);
    history.close();
    assert.deepEqual(warnings, []);
    rounds += 1;
    await new Promise(setImmediate);
  }
  assert.equal(await ended, 0);
  const numbers = found(folder).flatMap((e) => /^query-status w-(\d+) x*$/.exec(e)?.[1] ?? []);
  // a copied line may follow the line that was typed after it
  assert.equal(numbers.length, 1000);
  assert.equal(new Set(numbers).size, 1000);
  assert.ok(rounds > 3, `${rounds} rounds`);
});

test('the folder follows the XDG rules, and the conventions of Windows', () => {
  assert.equal(stateFolder({ XDG_STATE_HOME: '/s', HOME: '/h' }, false), '/s/dmctl');
  assert.equal(stateFolder({ XDG_STATE_HOME: 's', HOME: '/h' }, false), '/h/.local/state/dmctl');
  assert.equal(stateFolder({ HOME: '/h' }, false), '/h/.local/state/dmctl');
  assert.equal(stateFolder({}, false), undefined);
  assert.equal(stateFolder({ LOCALAPPDATA: 'C:\\L' }, true), 'C:\\L\\dmctl');
  assert.equal(stateFolder({ HOME: '/h' }, true), undefined);
});

test('the mode can change during a session', () => {
  const folder = newFolder();
  const options: { mode: HistoryOptions['mode'] } = { mode: 'none' };
  const { history } = open(folder, {
    get mode() {
      return options.mode;
    },
  });
  history.add('stop-task never-kept');
  options.mode = 'redacted';
  history.add('query-status');
  options.mode = 'none';
  history.add('stop-task not-kept-either');
  assert.deepEqual(found(folder), ['query-status']);
  assert.equal(history.entries.length, 3, 'the arrow keys have all lines');
});
