// Turns input from the terminal into keys. node:readline decodes the key codes of all terminals. Pastes, which it would split
// into characters, and cursor position reports, which it would misread, are removed before.

import { EventEmitter } from 'node:events';
import { emitKeypressEvents, type Key as NodeKey } from 'node:readline';
import { MarkingDecoder } from '../text/bad-bytes.ts';
import type { Key } from './reduce-key.ts';
import { LONGEST } from './state.ts';

const PASTE_BEGINS = '\u001b[200~';
const PASTE_ENDS = '\u001b[201~';
// biome-ignore lint/suspicious/noControlCharactersInRegex: codes of a terminal start with ESC
const ANSWER = /\u001b\[(?:>([\d;]*)c|\d+;(\d+)R)/;
/** The start of a code whose rest may still arrive. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: codes of a terminal start with ESC
const HALF_CODE = /\u001b(?:\[>?[\d;]*)?$/;
/** How long to wait for the rest of a code, in milliseconds. After that, the ESC was the Escape key. */
const DELAY_MS = 40;
/** node:readline itself need not wait, because it gets complete codes. */
const NO_PATIENCE = { escapeCodeTimeout: 1 };

export interface KeyListener {
  /** All keys that arrived at once. */
  keys(keys: readonly Key[]): void;
  /** The terminal reports its type. This event and the next are only emitted while a report is expected. */
  named(name: string): void;
  /** The terminal reports the column of its cursor, from 0. This is the last report. */
  cursorAt(column: number): void;
}

/** The paste that is being received. A paste that is too long is dropped. */
class Paste {
  private parts: string[] = [];
  private length = 0;

  add(text: string): void {
    this.length += text.length;
    if (this.length <= LONGEST) this.parts.push(text);
    else this.parts = [];
  }

  /** The whole paste as one key. */
  key(): Key {
    if (this.length > LONGEST) return { name: 'too-long' };
    return { name: 'paste', text: this.parts.join('').replace(/\r\n?/g, '\n') };
  }
}

/** Converts bytes to keys. */
export class KeyReader {
  /** Whether reports of the terminal's type and cursor position are expected. */
  asked = false;
  private readonly listener: KeyListener;
  private readonly codes = new EventEmitter();
  private readonly decoder = new MarkingDecoder();
  private unread = '';
  /** The received part of a paste whose end has not arrived. */
  private pasted: Paste | undefined;
  private afterReturn = false;
  private batch: Key[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(listener: KeyListener) {
    this.listener = listener;
    emitKeypressEvents(this.codes as never, NO_PATIENCE as never);
    this.codes.on('keypress', (text: string | undefined, key: NodeKey) => this.pressed(text, key));
  }

  feed(bytes: Buffer): void {
    clearTimeout(this.timer);
    this.unread += this.decoder.write(bytes);
    this.read();
    this.flush();
    if (this.unread !== '' && !this.pasted) this.timer = setTimeout(() => this.hurry(), DELAY_MS);
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private read(): void {
    for (;;) {
      const mark = this.pasted ? PASTE_ENDS : PASTE_BEGINS;
      const at = this.unread.indexOf(mark);
      if (at < 0) break;
      this.passOn(this.unread.slice(0, at));
      this.unread = this.unread.slice(at + mark.length);
      if (this.pasted) this.batch.push(this.pasted.key());
      this.pasted = this.pasted ? undefined : new Paste();
    }
    // A mark may have arrived in part.
    const kept = this.pasted ? Math.max(0, this.unread.length - PASTE_ENDS.length + 1) : undefined;
    const half = kept ?? HALF_CODE.exec(this.unread)?.index ?? this.unread.length;
    this.passOn(this.unread.slice(0, half));
    this.unread = this.unread.slice(half);
  }

  private hurry(): void {
    const late = this.unread;
    this.unread = '';
    this.type(late);
    setTimeout(() => this.flush(), 2 * NO_PATIENCE.escapeCodeTimeout);
  }

  private passOn(text: string): void {
    if (this.pasted) {
      this.pasted.add(text);
      return;
    }
    const answer = this.asked ? ANSWER.exec(text) : undefined;
    if (!answer) {
      this.type(text);
      return;
    }
    const [all, name, column] = answer;
    this.type(text.slice(0, answer.index));
    this.flush();
    if (name !== undefined) this.listener.named(name);
    else {
      this.asked = false;
      this.listener.cursorAt(Number(column) - 1);
    }
    this.passOn(text.slice(answer.index + all.length));
  }

  /** Keys as typed. A tab between other characters was pasted into a terminal that does not mark pastes. */
  private type(text: string): void {
    for (const part of text.split(/(\t+)(?=[^\t])/)) {
      if (part.startsWith('\t') && part !== text) this.insert(part);
      else if (part !== '') this.codes.emit('data', part);
    }
  }

  private insert(text: string): void {
    const last = this.batch.at(-1);
    if (last?.name === 'insert') this.batch[this.batch.length - 1] = { name: 'insert', text: last.text + text };
    else this.batch.push({ name: 'insert', text });
  }

  private pressed(text: string | undefined, key: NodeKey): void {
    const { name = '', ctrl, meta, sequence = '' } = key;
    const second = this.afterReturn && sequence === '\n';
    this.afterReturn = sequence === '\r';
    if (second) return; // CR LF is one end of a line
    if (name === 'return' || name === 'enter') this.batch.push({ name: 'return' });
    else if (name === 'escape') this.batch.push({ name });
    else if (!ctrl && !meta && text !== undefined && !/^\p{Cc}/u.test(text)) this.insert(text);
    else if (name !== '') this.batch.push({ name: `${ctrl ? 'ctrl-' : ''}${meta ? 'alt-' : ''}${name}` });
  }

  private flush(): void {
    const keys = this.batch;
    this.batch = [];
    if (keys.length > 0) this.listener.keys(keys);
  }
}
