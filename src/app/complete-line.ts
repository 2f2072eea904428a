// Completes a line by guided prompts: on a terminal, and only if the command could run. The prompts are loaded on use.

import { findCommand, isRepeatable } from '../args/find-command.ts';
import { type Draft, draftOf, nextQuestion } from '../args/missing.ts';
import type { Invocation } from '../args/parse.ts';
import { IncompleteError } from '../command/errors.ts';
import { optionsForLine } from '../config/line-options.ts';
import { type RunContext, withOptions } from '../invoke/context.ts';
import { refuseIfReadOnly } from '../invoke/submit.ts';
import { isPlaceholder } from '../text/suggested-command.ts';
import type { ResolvedLine } from './resolve-line.ts';

/**
 * The invocation of a line. Asks for what is missing if a user can answer.
 * @throws parse errors; Cancelled if a question was cancelled; Refusal before the first question if it is not allowed
 */
export async function completeLine(words: readonly string[], line: ResolvedLine, context: RunContext): Promise<Invocation> {
  const parsed = attempt(line);
  const draft = parsed instanceof IncompleteError ? { command: parsed.command, parsed: parsed.parsed } : draftOf(parsed);
  const { registry } = context;
  const { guide } = context.session;
  if (guide && draft && nextQuestion(draft, registry)) {
    const asking = withOptions(context, optionsForLine(draft.parsed, context.options));
    if (mayAsk(draft, words, asking)) {
      const { askForMissing } = await import('../invoke/guided.ts');
      return await askForMissing(words, asking, guide);
    }
  }
  if (parsed instanceof IncompleteError) throw parsed;
  return parsed;
}

function attempt(line: ResolvedLine): Invocation | IncompleteError {
  try {
    return line.parse();
  } catch (error) {
    if (error instanceof IncompleteError) return error;
    throw error;
  }
}

/** Whether prompts are allowed, and the line has no other mistake. Throws Refusal if the command is not allowed. */
function mayAsk({ command, parsed }: Draft, words: readonly string[], context: RunContext): boolean {
  const { registry } = context;
  if (context.options.quiet || context.options.yes || words.some(isPlaceholder)) return false;
  const outer = registry.builtins.find((c) => c.name === words[findCommand(words, registry.dialect.globalFlags)]);
  if (outer?.wrapsCommand && outer !== command && !isRepeatable(command)) return false;
  if ('method' in command && parsed.flags.dryRun !== true) refuseIfReadOnly(command, parsed, context);
  return true;
}
