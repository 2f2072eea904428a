// What the demo does before its shell starts: the folder with task files, and the text that names them.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const FOLDER = 'dmctl-demo';
const FIRST = '1.0';

/** The release among the flags of the sandbox. */
export function releaseIn(flags) {
  const joined = flags.map((flag) => /^--?dm=(.+)$/.exec(flag)?.[1]).find(Boolean);
  const at = flags.findIndex((flag) => /^--?dm$/.test(flag));
  return joined ?? (at >= 0 ? (flags[at + 1] ?? FIRST) : FIRST);
}

/** The folder for a release. Task files of DM 1.0 and of later ones differ. */
const folderOf = (release) => (isFirst(release) ? FOLDER : `${FOLDER}-${release}`);

const isFirst = (release) => release.startsWith('1.');

/**
 * Writes files into the demo's folder. A file that exists stays as it is: the user may have edited it.
 * @param {string} parent the folder in which to create it; another one is used if that is not writable
 * @param {Readonly<Record<string, string>>} files the texts by name
 * @param {string} release the release of DM that they are for
 * @returns the folder, relative to `parent` if it is inside, and the names of files that were not overwritten
 */
export function prepareFolder(parent, files, release = FIRST) {
  const name = folderOf(release);
  let folder = path.join(parent, name);
  let shown = name;
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
    shown = folder;
  }
  const edited = [];
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(folder, file);
    try {
      fs.writeFileSync(target, text, { flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (fs.readFileSync(target, 'utf8') !== text) edited.push(file);
    }
  }
  return { folder: shown, edited };
}

/** The texts of the task files, made from the sample that `dmctl sandbox -sample` prints. */
export function demoFiles(sample) {
  return { 'task.yaml': sample, 'ddl-fails.yaml': sample.replace(/^name: demo$/m, 'name: demo-ddl-fails') };
}

/**
 * The lines above the prompt. Each fits the terminal.
 * @param {{ address: string, folder: string, edited: readonly string[], columns: number, running?: string, release?: string }}
 * about `running` says which tasks run from the start
 */
export function demoText({ address, folder, edited, columns, running = '', release = FIRST }) {
  const steps = [
    ['set output table', 'show answers as tables from now on'],
    [`start-task ${folder}/ddl-fails.yaml`, 'after 30 s, a statement fails'],
    ['query-status', 'show the state of the sub tasks'],
    ...errorSteps(release),
    ['stop-task demo-ddl-fails', 'the next task uses the same tables'],
    [`start-task ${folder}/task.yaml`, 'after 30 s, a DDL lock'],
    ...lockSteps(release),
    ['exit', 'or Ctrl-D: leave the demo'],
  ];
  const kept = edited.length > 0 ? ` Your changes in ${edited.join(' and ')} were kept.` : '';
  return [
    ...wrap(`A DM-master in memory listens on ${address}. Its data is not real. ${running}`.trim(), columns),
    ...wrap(`The task files are in ${folder}. Edit them in another terminal.${kept}`, columns),
    '',
    'Try:',
    ...stepLines(steps, columns),
    '',
    ...wrap('Quick start: docs/quick-start.md', columns),
    '',
  ];
}

/** Whether a release has the commands `binlog skip` and `shard-ddl-lock`, which DM 5.4 added. */
function hasBinlogGroup(release) {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 4);
}

function lockSteps(release) {
  const shown = 'show the lock';
  if (hasBinlogGroup(release)) {
    return [
      ['shard-ddl-lock', shown],
      ['shard-ddl-lock unlock', 'choose the lock and unlock it'],
    ];
  }
  const worker = isFirst(release) ? ' -w 127.0.0.1:8262' : '';
  return [
    ['show-ddl-locks', shown],
    [`unlock-ddl-lock${worker}`, 'choose the lock and unlock it'],
  ];
}

function errorSteps(release) {
  if (isFirst(release)) return [['query-error demo-ddl-fails', 'show its position; fix it with sql-skip']];
  const fix = hasBinlogGroup(release) ? 'binlog skip demo-ddl-fails' : 'handle-error demo-ddl-fails skip';
  return [
    ['query-status demo-ddl-fails', 'show the error and its position'],
    [fix, 'skip the statement'],
  ];
}

/** Commands with what they show: in two columns if they fit, else one below the other. */
function stepLines(steps, columns) {
  const width = Math.max(...steps.map(([what]) => what.length));
  if (steps.every(([, then]) => 2 + width + 2 + then.length <= columns))
    return steps.map(([what, then]) => `  ${what.padEnd(width)}  ${then}`);
  return steps.flatMap(([what, then]) => [`  ${what}`, ...wrap(then, columns - 6).map((line) => `      ${line}`)]);
}

/** A text of ASCII words in lines. A word that is longer than a line has a line of its own. */
function wrap(text, columns) {
  const lines = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
