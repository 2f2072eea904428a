// The shell on a terminal: combines the line editor, history, completion and the loop.

import { createBuiltinRunner } from '../builtins/index.ts';
import type { RunOptions } from '../command/run-options.ts';
import { optionsFrom, type Settings } from '../config/resolve.ts';
import type { BuiltinRunner } from '../invoke/builtin-runner.ts';
import type { Guide, Session } from '../invoke/session.ts';
import type { Asking, IO, TerminalIO } from '../io/io.ts';
import { askConfirmation, lazyPrompter } from '../io/load-prompts.ts';
import { type LineEditor, openEditor } from '../line-editor/index.ts';
import { continuationMark, dim, hasColor } from '../output/style.ts';
import { listFiles } from '../platform/list-files.ts';
import { runShell } from '../repl/loop.ts';
import { OpenRows } from '../repl/open-line.ts';
import { execute, executeIn, openSession } from './execute.ts';
import { type CurrentSettings, openProfiles, profileTarget } from './profiles.ts';
import { openRegistries } from './registries.ts';
import { openShellTools } from './shell-tools.ts';

/**
 * The profile in use while its master is the connected one; otherwise the address. Empty for the master of the start if no profile
 * was chosen: then the prompt is that of the original.
 */
function clusterName({ profile, address }: Settings, session: Session): string {
  const isFirst = profile.text === '' && session.address === address;
  return isFirst ? '' : session.profile || session.address;
}

/** Guided prompts with exclusive use of the terminal while they ask. */
function guideFor(asking: Asking, lend: Session['lendTerminal'], remember: (line: string) => void): Guide {
  const { select, checkbox, search, input } = lazyPrompter(asking);
  return {
    prompter: {
      select: (...question) => lend(() => select(...question)),
      checkbox: (...question) => lend(() => checkbox(...question)),
      search: (...question) => lend(() => search(...question)),
      input: (...question) => lend(() => input(...question)),
    },
    files: listFiles,
    remember,
  };
}

/** Runs the shell until the user leaves. Returns the exit status. */
export async function runInteractive(
  io: IO,
  terminal: TerminalIO,
  flags: ReadonlyMap<string, string>,
  settings: Settings,
  banner: string,
): Promise<number> {
  const dumb = io.env.TERM === 'dumb';
  const current: CurrentSettings = { settings };
  const color = (): boolean => hasColor(current.settings.options.color, io.stdout, io.env) && !dumb;
  const lend: Session['lendTerminal'] = (use) => editor.lend(use);
  const remember = (line: string): void => tools.history.add(line);
  const guide = io.questions && !dumb ? guideFor({ terminal: io.questions, onInterrupt: io.onInterrupt }, lend, remember) : undefined;
  const optionsOf = (of: Settings): RunOptions => optionsFrom(of, true);
  const session: Session = openSession(io, 'lines', openRegistries('lines'), settings.address, optionsOf(settings), {
    ask: (question) => confirm(question),
    lendTerminal: lend,
    profile: profileTarget(settings),
    ...(guide && { guide }),
  });
  const tools = openShellTools(session, () => current.settings.get('history'), {
    settings: () => current.settings.rows,
    profiles: openProfiles(flags, io, { current, session: () => session, optionsOf }),
  });
  const ports = {
    get history() {
      return tools.history.entries;
    },
    complete: tools.complete,
    hint: tools.hint,
    openRows: () => new OpenRows(session.registry),
  };
  const { interrupt, onInterrupt } = io;
  const editor: LineEditor = openEditor(
    {
      terminal,
      ports,
      get color() {
        return color();
      },
      style: {
        dim,
        get continuation() {
          return continuationMark(color());
        },
      },
      interrupt,
      onInterrupt,
    },
    dumb,
  );
  const confirm = async (question: string): Promise<boolean> => {
    if (!dumb) return await editor.lend(() => askConfirmation(question, { terminal, onInterrupt }));
    const typed = await editor.read(`${question} (y/N) `);
    return typed.kind === 'line' && /^y(es)?$/i.test(typed.text.trim());
  };
  try {
    const runBuiltin: BuiltinRunner = createBuiltinRunner({
      ...tools.world,
      runLine: (line, context) => executeIn(line, context, runBuiltin),
    });
    return await runShell(session, editor, {
      banner,
      strict: () => current.settings.get('strict'),
      execute: (words, signal, output) => execute(words, session, signal, runBuiltin, output),
      color,
      remember,
      clusterName: () => clusterName(current.settings, session),
    });
  } finally {
    tools.close();
    session.close();
  }
}
