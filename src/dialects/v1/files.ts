// The configuration files that commands of DM 1.0 send, whole and unchanged. A file that does not parse causes a warning
// and is still sent: the master decides.

import type { CommandContext, ParsedArgs } from '../../command/spec.ts';
import { goQuote } from '../../text/quote.ts';

/** The text of the task file of start-, check- and update-task. Warns when it is not YAML. */
export async function taskFile(parsed: ParsedArgs<unknown>, context: CommandContext): Promise<string> {
  const path = parsed.args[0] ?? '';
  const text = await context.readText(path);
  const { yamlProblem } = await import('../../text/yaml.ts');
  const problem = yamlProblem(text);
  if (problem) await context.warn(`${goQuote(path)} is not valid YAML (${problem}). It is sent unchanged, and the DM-master checks it`);
  return text;
}

/** The text of the TOML file of update-relay and update-master-config. Warns when it is not TOML. */
export async function configFile(parsed: ParsedArgs<unknown>, context: CommandContext): Promise<string> {
  const path = parsed.args[0] ?? '';
  const text = await context.readText(path);
  const { tomlProblem } = await import('../../text/toml.ts');
  const problem = tomlProblem(text);
  if (problem) await context.warn(`${goQuote(path)} is not valid TOML (${problem}). It is sent unchanged, and the DM-master checks it`);
  return text;
}
