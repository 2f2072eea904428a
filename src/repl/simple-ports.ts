// What the editor asks of the shell, from memory: lines that were entered, and the names of commands.

import type { Catalogue } from '../core/find-command.ts';
import type { EditorPorts, LineEditor } from './editor/index.ts';
import { isOpenLine } from './open-line.ts';

const KEPT = 10_000;

/** Remembers each line that an editor gives, the same one after the other once. */
export function remembering(editor: LineEditor, history: string[]): LineEditor {
  return {
    read: async (prompt) => {
      const typed = await editor.read(prompt);
      if (typed.kind === 'line' && typed.text.trim() !== '' && typed.text !== history.at(-1)) {
        history.push(typed.text);
        if (history.length > KEPT) history.shift();
      }
      return typed;
    },
    close: () => editor.close(),
  };
}

export function simplePorts(history: readonly string[], catalogue: Catalogue): EditorPorts {
  const names = [...catalogue.dialect.commands, ...catalogue.own, { name: 'exit' }, { name: 'help' }].map((c) => c.name).sort();
  return {
    history,
    complete: (line, cursor) => {
      const typed = /^\s*(\S*)$/.exec(line.slice(0, cursor))?.[1];
      if (typed === undefined) return { from: cursor, candidates: [] };
      return { from: cursor - typed.length, candidates: names.filter((n) => n.startsWith(typed)) };
    },
    hint: (line) => {
      for (let at = history.length - 1; at >= 0; at -= 1) {
        const entry = history[at] as string;
        if (entry.length > line.length && entry.startsWith(line)) return entry.slice(line.length);
      }
      return '';
    },
    isOpen: (line) => isOpenLine(line, catalogue),
  };
}
