// The style of the window and its colors: dark, with an edge that is visible on white and black pages.

export const WINDOW = {
  ground: '#161b22',
  edge: '#444c56',
  text: '#e6edf3',
  title: '#9198a1',
  dots: ['#ff7b72', '#e3b341', '#56d364'],
  fonts: 'ui-monospace,SFMono-Regular,"SF Mono",Menlo,"Cascadia Mono",Consolas,"DejaVu Sans Mono","Liberation Mono",monospace',
};

/** The first 16 colors. Terminals choose them freely, so these are chosen to be readable on this background. */
const FIRST = [
  ...['#6e7681', '#ff7b72', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#c9d1d9'],
  ...['#8b949e', '#ffa198', '#7ee787', '#f2cc60', '#a5d6ff', '#e2c5ff', '#8ddde3', '#ffffff'],
];

const hex = (...parts) => `#${parts.map((p) => p.toString(16).padStart(2, '0')).join('')}`;

/** A cell's color in CSS: one of the first 16, of the cube of 216, of the 24 grays, or a true color. */
export function cssColour(color) {
  if (typeof color !== 'number') return color;
  if (color < 16) return FIRST[color];
  if (color >= 232) return hex(...Array(3).fill(8 + (color - 232) * 10));
  const level = (i) => (i === 0 ? 0 : 55 + i * 40);
  const n = color - 16;
  return hex(level(Math.floor(n / 36)), level(Math.floor(n / 6) % 6), level(n % 6));
}

/** The style of a cell, with `inverse` applied. `ground` is undefined if the window's background is visible. */
export function look({ fg, bg, bold, dim, italic, underline, inverse }) {
  const [text, ground] = [cssColour(fg), cssColour(bg)];
  const [ink, under] = inverse ? [ground ?? WINDOW.ground, text ?? WINDOW.text] : [text, ground];
  return { ink, ground: under, bold, dim, italic, underline };
}

/** CSS declarations for a text; none for the default style. */
export function css({ ink, bold, dim, italic, underline }) {
  return [
    ink && `fill:${ink}`,
    bold && 'font-weight:700',
    dim && 'fill-opacity:.65',
    italic && 'font-style:italic',
    underline && 'text-decoration:underline',
  ]
    .filter(Boolean)
    .join(';');
}
