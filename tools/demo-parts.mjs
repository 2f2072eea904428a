// What the demo does before its shell starts: the folder with task files, and the text that names them.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const FOLDER = 'dmctl-demo';

/**
 * Writes files into the demo's folder. A file that exists stays as it is: the user may have edited it.
 * @param {string} parent the folder in which to create it; another one is used if that is not writable
 * @param {Readonly<Record<string, string>>} files the texts by name
 * @returns the folder, relative to `parent` if it is inside, and the names of files that were not overwritten
 */
export function prepareFolder(parent, files) {
  let folder = path.join(parent, FOLDER);
  let shown = FOLDER;
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), `${FOLDER}-`));
    shown = folder;
  }
  const edited = [];
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    try {
      fs.writeFileSync(file, text, { flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (fs.readFileSync(file, 'utf8') !== text) edited.push(name);
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
 * @param {{ address: string, folder: string, edited: readonly string[], columns: number, running?: string }} about `running`
 * says which tasks run from the start
 */
export function demoText({ address, folder, edited, columns, running = '' }) {
  const steps = [
    [`start-task ${folder}/task.yaml`, 'Dump for 6 s, Load for 15 s, then Sync'],
    ['set output table', 'show answers as tables from now on'],
    ['query-status', 'show the state of the sub tasks'],
    ['show-ddl-locks', '8 s after Sync has begun: a DDL lock'],
    ['unlock-ddl-lock -w 127.0.0.1:8262', 'choose the lock and unlock it'],
    [`start-task ${folder}/ddl-fails.yaml`, '8 s after Sync: a statement fails'],
    ['query-error demo-ddl-fails', 'show its position; fix it with sql-skip'],
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
