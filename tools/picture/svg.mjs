// Converts a terminal's cells to an SVG of a window. Columns stay aligned in any font.

import { drawn, shapes } from './shapes.mjs';
import { css, look, WINDOW } from './theme.mjs';

/** Pixels. A cell has the proportions of most monospace fonts. textLength adjusts other fonts. */
const FONT = 14;
const CELL = { width: 8.4, height: 20 };
const EDGE = 16;
const BAR = 36;
const BASELINE = 14.5;

const number = (n) => String(Math.round(n * 100) / 100);
const xAt = (x) => EDGE + x * CELL.width;
const yAt = (y) => BAR + EDGE / 2 + y * CELL.height;

/** Escapes a text for XML and removes characters that XML does not allow. */
export function escapeXml(text) {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

const isBlank = ({ chars, width }) => width === 1 && (chars === '' || chars === ' ');
const sameLook = (a, b) => css(look(a)) === css(look(b));

/**
 * Splits a row into runs of cells with the same style and width. Two spaces end a run, so that a following column gets its own
 * position. Characters that shapes.mjs draws are not text.
 * @returns {{ x: number, cells: number, text: string, style: string }[]} columns from 0
 */
export function runsOf(row) {
  const runs = [];
  let run;
  for (const [x, cell] of row.entries()) {
    if (cell.width === 0) continue;
    const shown = !drawn(cell.chars) && (!isBlank(cell) || cell.underline);
    const joins = run && !drawn(cell.chars) && x - run.end <= (run.width === 1 && !cell.underline ? 1 : 0);
    if (!shown) continue;
    if (joins && run.width === cell.width && sameLook(run.first, cell) && (x === run.end || !run.first.underline)) {
      run.text += ' '.repeat(x - run.end) + (cell.chars || ' ');
      run.end = x + cell.width;
    } else {
      run = { x, end: x + cell.width, width: cell.width, first: cell, text: cell.chars || ' ' };
      runs.push(run);
    }
  }
  return runs.map(({ x, end, text, first }) => ({ x, cells: end - x, text, style: css(look(first)) }));
}

/** Colored backgrounds, as runs. */
function grounds(row) {
  const runs = [];
  for (const [x, cell] of row.entries()) {
    const { ground } = look(cell);
    const last = runs.at(-1);
    if (last && last.ground === ground) last.cells += 1;
    else runs.push({ x, cells: 1, ground });
  }
  return runs.filter(({ ground }) => ground);
}

function bodyOf(rows, classOf) {
  const lines = [];
  for (const [y, row] of rows.entries()) {
    for (const { x, cells, ground } of grounds(row)) {
      const [w, h] = [number(cells * CELL.width), CELL.height];
      lines.push(`<rect x="${number(xAt(x))}" y="${yAt(y)}" width="${w}" height="${h}" fill="${ground}"/>`);
    }
  }
  for (const { fill, opacity, d } of shapes(rows, { ...CELL, xAt, yAt, number })) {
    lines.push(`<path fill="${fill}"${opacity === 1 ? '' : ` fill-opacity="${number(opacity)}"`} d="${d}"/>`);
  }
  for (const [y, row] of rows.entries()) {
    for (const { x, cells, text, style } of runsOf(row)) {
      const at = `x="${number(xAt(x))}" y="${number(yAt(y) + BASELINE)}"`;
      const name = style === '' ? '' : ` class="${classOf(style)}"`;
      lines.push(`<text ${at} textLength="${number(cells * CELL.width)}"${name}>${escapeXml(text)}</text>`);
    }
  }
  return lines;
}

/**
 * Formats the picture.
 * @param {import('../../test/harness/terminal.ts').Cell[][]} rows all of the same length
 * @param {{ title: string, description: string }} about the text in the window's bar, and the text for screen readers
 */
export function svgOf(rows, { title, description }) {
  const classes = new Map();
  const body = bodyOf(rows, (style) => {
    if (!classes.has(style)) classes.set(style, `s${classes.size + 1}`);
    return classes.get(style);
  });
  const width = Math.ceil(2 * EDGE + Math.max(0, ...rows.map((r) => r.length)) * CELL.width);
  const height = yAt(rows.length) + EDGE;
  const dots = WINDOW.dots.map((fill, i) => `<circle cx="${EDGE + 6 + i * 20}" cy="${BAR / 2}" r="6" fill="${fill}"/>`);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc" xml:space="preserve">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml(description)}</desc>`,
    '<style>',
    `text{font-family:${WINDOW.fonts};font-size:${FONT}px;fill:${WINDOW.text};white-space:pre}`,
    ...[...classes].map(([style, name]) => `.${name}{${style}}`),
    '</style>',
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="${WINDOW.ground}" stroke="${WINDOW.edge}"/>`,
    ...dots,
    `<text x="${width / 2}" y="${BAR / 2 + 5}" text-anchor="middle" style="fill:${WINDOW.title}">${escapeXml(title)}</text>`,
    ...body,
    '</svg>',
  ].join('\n')}\n`;
}
