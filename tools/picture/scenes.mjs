// The scenes of the pictures as data. stage.mjs plays them.

/**
 * @typedef {object} Scene
 * @property {string} file the picture, from the root of the repository
 * @property {string} title the text in the window's bar
 * @property {string} description the text for screen readers
 * @property {string[]} [needs] words of a command that the picture requires: the scene is skipped if the
 *   program rejects them (status 2). They are run without a master, so `help watch` is better than `watch`.
 * @property {number} columns of the terminal, and of the picture
 * @property {number} rows of the terminal. The picture omits empty rows at the end.
 * @property {string[]} [sandbox] flags of the sandbox
 * @property {Record<string, string>} [files] files in the folder where the program runs, by name
 * @property {(string[] | { run: string[], until: RegExp })[]} [before] commands that run before and are not shown: once,
 *   and they must succeed, or repeatedly until the answer matches
 * @property {string[]} [argv] the words of a separate command. Without them, the shell is run.
 * @property {(string | { keys: string, until: RegExp })[]} [type] lines, each run to the next prompt, or literal keys
 *   (`'\r'` is Enter), until the screen matches
 * @property {RegExp} [until] the picture is taken when the screen matches this. Without it, after the last line typed, or
 *   when the command has ended
 * @property {{ from?: RegExp, to?: RegExp }} [crop] the first visible row, and the first row below it that is not visible
 * @property {(readonly [RegExp, string])[]} [replace] what differs from run to run, and its replacement. The
 *   master's address is always replaced. A picture that differs from the last one only in numbers is not written.
 */

const [W1, W2, W3, W4] = [8262, 8263, 8264, 8265].map((port) => `127.0.0.1:${port}`);

/** A task file for sources, given by number, that merges no tables, so that no DDL lock appears. */
const task = (name, ...sources) => `name: ${name}
task-mode: all
meta-schema: dm_meta
timezone: UTC
target-database: {host: 127.0.0.1, port: 4000, user: root, password: ""}
mysql-instances:
${sources.map((n) => `  - {source-id: mysql-replica-0${n}, mydumper-config-name: global, loader-config-name: global, syncer-config-name: global}`).join('\n')}
mydumpers: {global: {threads: 4}}
loaders: {global: {pool-size: 16}}
syncers: {global: {worker-count: 16}}
`;

const entry = (worker, rest) => new RegExp(`"worker": "${worker}"(?:(?!"worker").)*${rest}`, 's');

// How each state is reached:
//   Dump, Load, Sync     the sandbox's clock: Dump for 6 s, Load for 15 s, then Sync. Subtasks of one task are in different
//                        units if they were started at different times (start-task -w).
//   Paused by an error   `ddl-fails` in the task's name: 8 s after its first source is in Sync, an ALTER TABLE of that source
//                        is rejected by the target. The task checker tries again after 2, 5, 5, 10 … s and fails within the
//                        same step, so the subtask always appears as Paused.
//   no answer            `-down 127.0.0.1:8265` of the sandbox. But start-task then rejects every task, as DM does, so such a
//                        worker cannot appear in a picture of tasks.
// Times from the start of orders-ddl-fails: 21 s both sources in Sync, users starts on W3; 29 s the first source is Paused,
// users starts on W4. From then on, for 6 s: Paused by an error, Sync, Load from 13 to 53 %, Dump.
const FOUR = ['-workers', '4'];
const FILES = { 'orders.yaml': task('orders-ddl-fails', 1, 2), 'users.yaml': task('users', 3, 4) };
const FOUR_STATES = [
  ['start-task', 'orders.yaml'],
  { run: ['query-status', '-w', W2, 'orders-ddl-fails'], until: /"stage": "Running",\s+"unit": "Sync"/ },
  ['start-task', '-w', W3, 'users.yaml'],
  { run: ['query-status', '-w', W1, 'orders-ddl-fails'], until: /"stage": "Paused",\s+"unit": "Sync",.*"msg": "[^"]*Error 1062/s },
  ['start-task', '-w', W4, 'users.yaml'],
  { run: ['query-status', 'users'], until: entry(W4, '"unit": "Dump"') },
];

/** @type {Scene[]} */
export const SCENES = [
  {
    file: 'docs/pictures/shell.svg',
    title: 'dmctl: the shell',
    description: 'The shell of dmctl: status, a mistyped command with the nearest name, and query-status --summary, on the sandbox.',
    columns: 88,
    rows: 40,
    sandbox: FOUR,
    files: FILES,
    before: FOUR_STATES,
    type: ['status', 'query-statsu', 'query-status --summary', { keys: 'stop-task ', until: /» stop-task \S/ }],
    crop: { from: /^»/ }, // below the greeting, which has the build's time
    replace: [[/latency( +)[\d.]+ ms/, 'latency    2 ms']],
  },
  {
    file: 'docs/pictures/table.svg',
    needs: ['-output', 'table', 'query-status'],
    title: 'dmctl -output table query-status',
    description: 'query-status as a table: a sub task that an error has stopped, one in Sync, one in Load, and one in Dump.',
    columns: 100,
    rows: 30,
    sandbox: FOUR,
    files: FILES,
    before: FOUR_STATES,
    argv: ['-output', 'table', 'query-status'],
  },
  {
    file: 'docs/pictures/watch.svg',
    needs: ['help', 'watch'],
    title: 'dmctl watch query-status',
    description: 'watch draws the state of all sub tasks again and again, in place.',
    columns: 100,
    rows: 30,
    sandbox: FOUR,
    files: FILES,
    before: FOUR_STATES,
    argv: ['watch', '--interval', '1', 'query-status'],
    until: /Load[^\n]*[2-5]\d(\.\d+)? ?%/,
    replace: [[/\d\d:\d\d:\d\d \d+ ms$/m, '02:59:58 3 ms']],
  },
  {
    file: 'docs/pictures/wait.svg',
    needs: ['help', 'wait'],
    title: 'dmctl wait users --for caught-up',
    description: 'wait shows how far the load of a task has come, until it has caught up with its sources.',
    columns: 100,
    rows: 30,
    sandbox: ['-workers', '2'],
    files: { 'users.yaml': task('users', 1, 2) },
    before: [['start-task', 'users.yaml']],
    argv: ['wait', 'users', '--for', 'caught-up', '--timeout', '10m'],
    until: /[4-9]\d(\.\d+)?%/,
  },
  {
    file: 'docs/pictures/top.svg',
    needs: ['help', 'top'],
    title: 'dmctl top',
    description:
      'top shows the totals of a cluster with 16 workers and 41 tasks, one row per task, and the sub tasks of one that an error stopped.',
    columns: 100,
    rows: 24,
    sandbox: ['-dm', '8.5', '-workers', '16', '-tasks', '40'],
    files: { 'orders.yaml': task('orders-ddl-fails', 1, 2) },
    before: [
      ['start-task', 'orders.yaml'],
      { run: ['query-status', 'orders-ddl-fails'], until: /"stage": "Paused",\s+"unit": "Sync",.*Error 1062/s },
    ],
    argv: ['top', '--interval', '1'],
    type: [
      { keys: '', until: /orders-ddl-fails +✗ Paused/ },
      { keys: '\u001b[C', until: /\n {4}worker2/ },
    ],
    until: /\n {4}worker2/,
    replace: [[/\d\d:\d\d:\d\d \d+ ms$/m, '02:59:58 9 ms']],
  },
  {
    file: 'docs/pictures/by-task.svg',
    needs: ['help', 'query-status'],
    title: 'dmctl query-status --by task',
    description: 'query-status with one row per task, filtered and sorted, with 16 workers and 41 tasks.',
    columns: 100,
    rows: 24,
    sandbox: ['-dm', '8.5', '-workers', '16', '-tasks', '40'],
    files: { 'orders.yaml': task('orders-ddl-fails', 1, 2) },
    before: [
      ['start-task', 'orders.yaml'],
      { run: ['query-status', 'orders-ddl-fails'], until: /"stage": "Paused",\s+"unit": "Sync",.*Error 1062/s },
    ],
    argv: ['query-status', '--by', 'task', '--filter', 'task=orders*|task-0*'],
  },
];
