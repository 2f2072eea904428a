// The shell on a terminal: the editor, what it remembers and completes, and the loop, put together.

import { askWhether } from './cli/ask-lazily.ts';
import { mannersOf, type Settings, settingRows } from './cli/settings.ts';
import type { Catalogue } from './core/find-command.ts';
import type { IO, TerminalIO } from './core/io.ts';
import { openSession } from './core/run.ts';
import { v1 } from './dialects/v1/index.ts';
import { hasColour } from './print/style.ts';
import { type LineEditor, openEditor } from './repl/editor/index.ts';
import { runShell } from './repl/loop.ts';
import { OpenRows } from './repl/open-line.ts';
import { ownCommands, ownRunner } from './session/index.ts';
import { topics } from './session/topics.ts';
import { openShellTools } from './shell-tools.ts';

/** The profile in use, as long as its master is the one that is called; then the address. */
function clusterName({ profile, profileAddress }: Settings, address: string): string {
  return profile.text === '' || profileAddress === address ? profile.text : address;
}

/** Runs the shell until the user leaves; gives the exit status. */
export async function shell(io: IO, terminal: TerminalIO, settings: Settings, banner: string): Promise<number> {
  const catalogue: Catalogue = { dialect: v1, own: ownCommands('lines'), topics };
  const dumb = io.env.TERM === 'dumb';
  const colour = hasColour(settings.manners.colour, io.stdout, io.env) && !dumb;
  const session = openSession(io, 'lines', catalogue, settings.address, mannersOf(settings, true), {
    confirm: (question) => confirm(question),
    lend: (use) => editor.lend(use),
  });
  const tools = openShellTools(session, settings.history, settingRows(settings));
  const ports = {
    get history() {
      return tools.history.entries;
    },
    complete: tools.complete,
    hint: tools.hint,
    openRows: () => new OpenRows(catalogue),
  };
  const { interrupt, onInterrupt } = io;
  const editor: LineEditor = openEditor({ terminal, ports, colour, interrupt, onInterrupt }, dumb);
  const confirm = async (question: string): Promise<boolean> => {
    if (!dumb) return await editor.lend(() => askWhether(question, { terminal, onInterrupt }));
    const typed = await editor.read(`${question} (y/N) `);
    return typed.kind === 'line' && /^y(es)?$/i.test(typed.text.trim());
  };
  try {
    const remember = (line: string): void => tools.history.add(line);
    return await runShell(session, editor, {
      banner,
      strict: settings.strict,
      runOwn: ownRunner(tools.world),
      colour,
      remember,
      clusterName: () => clusterName(settings, session.address),
    });
  } finally {
    tools.close();
    session.close();
  }
}
