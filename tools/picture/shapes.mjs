// Draws the lines of tables and the blocks of bars, because a font's own glyphs would leave gaps between rows.

import { look, WINDOW } from './theme.mjs';

const [UP, RIGHT, DOWN, LEFT] = [1, 2, 4, 8];
/** The arms from the center of the cell to its edges. */
const ARMS = new Map(
  Object.entries({
    '─━═╴╶': LEFT | RIGHT,
    '│┃║': UP | DOWN,
    '┌╭┏': RIGHT | DOWN,
    '┐╮┓': LEFT | DOWN,
    '└╰┗': RIGHT | UP,
    '┘╯┛': LEFT | UP,
    '├┣┝': UP | RIGHT | DOWN,
    '┤┫┥': UP | LEFT | DOWN,
    '┬┳': LEFT | RIGHT | DOWN,
    '┴┻': LEFT | RIGHT | UP,
    '┼╋┿╪': UP | RIGHT | DOWN | LEFT,
  }).flatMap(([chars, arms]) => [...chars].map((char) => [char, arms])),
);
const HEAVY = /[━┃┏┓┗┛┣┫┳┻╋]/;
/** The filled part of the cell's width, from the left, and its density. */
const BLOCKS = new Map([...'▏▎▍▌▋▊▉█'].map((char, i) => [char, { part: (i + 1) / 8, density: 1 }]));
for (const [i, char] of [...'░▒▓'].entries()) BLOCKS.set(char, { part: 1, density: (i + 1) / 4 });

/** Whether the character is drawn as a shape instead of text. */
export const drawn = (char) => ARMS.has(char) || BLOCKS.has(char);

/** Boxes of one kind. A box that starts at the end of another one extends it. */
class Boxes {
  constructor() {
    this.byFill = new Map();
  }

  add(fill, box) {
    const boxes = this.byFill.get(fill) ?? [];
    this.byFill.set(fill, boxes);
    const near = (a, b) => Math.abs(a - b) < 0.01;
    const left = boxes.find((b) => near(b.x + b.w, box.x) && near(b.y, box.y) && near(b.h, box.h));
    const above = boxes.find((b) => near(b.y + b.h, box.y) && near(b.x, box.x) && near(b.w, box.w));
    if (left) left.w += box.w;
    else if (above) above.h += box.h;
    else boxes.push(box);
  }
}

/**
 * Paths for all drawn characters, one for each color and opacity.
 * @returns {{ fill: string, opacity: number, d: string }[]}
 */
export function shapes(rows, { width, height, xAt, yAt, number }) {
  const boxes = new Boxes();
  for (const [y, row] of rows.entries()) {
    for (const [x, cell] of row.entries()) {
      if (!drawn(cell.chars)) continue;
      const { ink = WINDOW.text, dim } = look(cell);
      const fill = (opacity) => `${ink} ${opacity}`;
      const [left, top, faint] = [xAt(x), yAt(y), dim ? 0.65 : 1];
      const block = BLOCKS.get(cell.chars);
      if (block) {
        boxes.add(fill(block.density * faint), { x: left, y: top + 2, w: width * block.part, h: height - 4 });
        continue;
      }
      const arms = ARMS.get(cell.chars) ?? 0;
      const thick = HEAVY.test(cell.chars) ? 2.4 : 1.2;
      const across = { y: top + height / 2 - thick / 2, h: thick };
      const along = { x: left + width / 2 - thick / 2, w: thick };
      // Halves that meet in a corner overlap by the line's thickness. Otherwise the corner would be notched.
      const [from, to] = [arms & LEFT ? 0 : width / 2 - thick / 2, arms & RIGHT ? width : width / 2 + thick / 2];
      if (arms & (LEFT | RIGHT)) boxes.add(fill(faint), { ...across, x: left + from, w: to - from });
      const [over, under] = [arms & UP ? 0 : height / 2 - thick / 2, arms & DOWN ? height : height / 2 + thick / 2];
      if (arms & (UP | DOWN)) boxes.add(fill(faint), { ...along, y: top + over, h: under - over });
    }
  }
  return [...boxes.byFill].map(([fill, all]) => ({
    fill: fill.split(' ')[0],
    opacity: Number(fill.split(' ')[1]),
    d: all.map(({ x, y, w, h }) => `M${number(x)} ${number(y)}h${number(w)}v${number(h)}h-${number(w)}z`).join(''),
  }));
}
