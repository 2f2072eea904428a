// Makes the pictures of docs/pictures from real runs on the sandbox. picture/scenes.mjs defines the scenes.
//   npm run pictures                       builds, tests the writer, and makes all of them
//   node tools/picture.mjs [-f] [word …]   those whose file name contains a word. -f: even if only numbers have changed

import fs from 'node:fs';
import path from 'node:path';
import { textOf } from './picture/cells.mjs';
import { SCENES } from './picture/scenes.mjs';
import { svgOf } from './picture/svg.mjs';

const ROOT = path.dirname(import.meta.dirname);
const LARGEST = 30_000;
if (!fs.existsSync(path.join(ROOT, '.build/test/harness/terminal.js'))) {
  console.error('The terminal is not compiled yet: npm run pictures does it.');
  process.exit(1);
}
const { play, understands } = await import('./picture/stage.mjs');

/** Replaces numbers, because positions, rates and durations differ in every run, to find other differences. */
const withoutNumbers = (svg) => svg.replace(/>[^<]*</g, (text) => text.replace(/\d/g, '0'));

async function make(scene, always) {
  if (scene.needs && !(await understands(scene.needs))) return `skipped: this program has no ${scene.needs.join(' ')}`;
  const rows = await play(scene);
  const svg = svgOf(rows, scene);
  if (svg.length > LARGEST) throw new Error(`${svg.length} bytes are more than ${LARGEST}; a picture of fewer rows or colors?`);
  const file = path.join(ROOT, scene.file);
  const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  if (!always && withoutNumbers(before) === withoutNumbers(svg)) return 'unchanged';
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, svg);
  return `${rows.length} rows, ${svg.length} bytes\n${textOf(rows)}`;
}

const words = process.argv.slice(2).filter((w) => w !== '-f');
const chosen = SCENES.filter(({ file }) => words.length === 0 || words.some((w) => path.basename(file).includes(w)));
if (chosen.length === 0) console.error(`no scene's file has ${words.join(' or ')} in its name`);
// Each scene waits for the clock of its own sandbox. In parallel they take only as long as the longest.
const done = await Promise.allSettled(chosen.map((scene) => make(scene, process.argv.includes('-f'))));
for (const [i, { value, reason }] of done.entries()) console.log(`${chosen[i].file}: ${value ?? reason.message}`);
process.exit(chosen.length > 0 && done.every(({ status }) => status === 'fulfilled') ? 0 : 1);
