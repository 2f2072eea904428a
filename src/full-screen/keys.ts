// Turns the bytes of a terminal into names of keys, for programs that draw the whole screen.

/** A key by its name, such as `up`, `ctrl-c`, `wheel-down`, or a character that was typed. */
export type KeyName = string;

const ESC = '\u001b';

/** The final part of a key's code after ESC [ or ESC O. */
const NAMED: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  M: 'enter',
  Z: 'back-tab',
  '1~': 'home',
  '3~': 'delete',
  '4~': 'end',
  '5~': 'page-up',
  '6~': 'page-down',
  '7~': 'home',
  '8~': 'end',
};

/** A code that starts with ESC: an arrow, a function key, the mouse, a letter with Alt. */
const CODE = new RegExp(`^${ESC}(?:[[O][<]?[0-?]*[ -/]*[@-~]|[^[O${ESC}])`, 'u');
/** The start of a code whose rest may still arrive. */
const HALF_CODE = new RegExp(`^${ESC}(?:[[O][0-?]*[ -/]*)?$`);
/** A report of the mouse: the button, and whether it was pressed. */
const MOUSE = new RegExp(`^${ESC}\\[<(\\d+);\\d+;\\d+([Mm])$`);

/** The keys of a text, and the rest that may be the start of another key. */
export function readKeys(text: string): { readonly keys: readonly KeyName[]; readonly rest: string } {
  const keys: KeyName[] = [];
  let left = text;
  while (left !== '') {
    if (HALF_CODE.test(left)) break;
    const [code] = CODE.exec(left) ?? [];
    if (code === undefined) {
      const [char = ''] = left;
      keys.push(nameOf(char));
      left = left.slice(char.length);
    } else {
      const name = codeName(code);
      if (name !== undefined) keys.push(name);
      left = left.slice(code.length);
    }
  }
  return { keys, rest: left };
}

function nameOf(char: string): KeyName {
  if (char === '\r' || char === '\n') return 'enter';
  if (char === '\u007f' || char === '\b') return 'backspace';
  if (char === '\t') return 'tab';
  const code = char.charCodeAt(0);
  if (code === 0x1b) return 'escape'; // another key follows at once
  if (code === 0x1c) return 'ctrl-\\';
  return code < 0x20 ? `ctrl-${String.fromCharCode(code + 0x60)}` : char;
}

/** Undefined for a code without a meaning here. */
function codeName(code: string): KeyName | undefined {
  const [, button, pressed] = MOUSE.exec(code) ?? [];
  if (button === '64') return 'wheel-up';
  if (button === '65') return 'wheel-down';
  if (pressed !== undefined) return undefined;
  return NAMED[code.slice(2)];
}
