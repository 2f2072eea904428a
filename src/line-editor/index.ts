// The seam of the line editor: how a line is typed on a terminal.

import type { IO, TerminalIO } from '../io/io.ts';
import { PlainEditor } from './plain.ts';
import type { EditorPorts } from './state.ts';
import { TerminalEditor } from './terminal.ts';

export type { EditorPorts } from './state.ts';

export type Typed = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'interrupt' } | { readonly kind: 'end' };

export interface LineEditor {
  /** Asks for one line. `end`: Ctrl-D or a terminal that went away. `interrupt`: Ctrl-C at the prompt. */
  read(prompt: string): Promise<Typed>;
  /** Lends the terminal to something else that reads keys, such as a question, and takes it back. */
  lend<T>(use: () => Promise<T>): Promise<T>;
  close(): void;
}

/** How the editor paints, which it does not know itself. */
export interface EditorStyle {
  /** Paints hints so that they can be told from what was typed. */
  dim(text: string): string;
  /** The prompt of the second and further rows. */
  readonly continuation: string;
}

export interface EditorOptions {
  readonly terminal: TerminalIO;
  readonly ports: EditorPorts;
  /** Without it no hint is shown: it could not be told from what was typed. */
  readonly color: boolean;
  readonly style: EditorStyle;
  /** Ctrl-C while no line is asked for. */
  interrupt(): void;
  /** Ctrl-C where the terminal makes a signal of it. */
  readonly onInterrupt: IO['onInterrupt'];
}

/** The editor for a terminal; for one that understands no codes (TERM=dumb) a reader of lines. */
export function openEditor(options: EditorOptions, dumb: boolean): LineEditor {
  return dumb ? new PlainEditor(options) : new TerminalEditor(options);
}
