// The interface of the line editor, which reads lines from a terminal.

import type { IO, TerminalIO } from '../io/io.ts';
import { PlainEditor } from './plain.ts';
import type { EditorPorts } from './state.ts';
import { TerminalEditor } from './terminal.ts';

export type { EditorPorts } from './state.ts';

export type Typed = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'interrupt' } | { readonly kind: 'end' };

export interface LineEditor {
  /** Reads one line. `end`: Ctrl-D, or the terminal was closed. `interrupt`: Ctrl-C at the prompt. */
  read(prompt: string): Promise<Typed>;
  /** Lends the terminal to something else that reads keys, such as a question, until it is done. */
  lend<T>(use: () => Promise<T>): Promise<T>;
  close(): void;
}

/** Styles that the caller provides. */
export interface EditorStyle {
  /** Styles a hint so that it differs from the typed text. */
  dim(text: string): string;
  /** The prompt of continuation rows. */
  readonly continuation: string;
}

export interface EditorOptions {
  readonly terminal: TerminalIO;
  readonly ports: EditorPorts;
  /** Without it no hint is shown, because it would look like typed text. */
  readonly color: boolean;
  readonly style: EditorStyle;
  /** Ctrl-C while no line is being read. */
  interrupt(): void;
  /** Ctrl-C if the terminal turns it into a signal. */
  readonly onInterrupt: IO['onInterrupt'];
}

/** The editor for a terminal. For a terminal without control codes (TERM=dumb), a simple line reader. */
export function openEditor(options: EditorOptions, dumb: boolean): LineEditor {
  return dumb ? new PlainEditor(options) : new TerminalEditor(options);
}
