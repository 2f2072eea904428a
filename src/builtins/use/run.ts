// Switches the session to a profile: address, TLS and all settings together, or nothing.

import { InputError, Interrupted, NOT_SENT, Refusal, StartError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { optionsForLine } from '../../config/line-options.ts';
import { type RunContext, withOptions } from '../../invoke/context.ts';
import type { Session } from '../../invoke/session.ts';
import { writeMessage } from '../../io/write-safe.ts';
import { renderValue } from '../../output/renderer.ts';
import type { View } from '../../presenters/view.ts';
import { inOneLine } from '../../text/sanitize.ts';
import type { Runner } from '../index.ts';
import { type Profiles, profilesOf, showProfiles, startErrorText } from '../profiles.ts';
import { generationText, reported } from '../status/run.ts';
import type { use } from './command.ts';

/**
 * Lists the profiles, or switches to one and reports whether its master answers. A master that does not answer is accepted,
 * because it may start later.
 * @throws Refusal if the profile cannot be used, so that the session is unchanged; RpcError
 */
export const runUse: Runner<typeof use> = async (parsed, context, world) => {
  const profiles = profilesOf(world);
  const [name] = parsed.args;
  if (name === undefined) return await showProfiles(profiles, context);
  const { session } = context;
  const wasReadOnly = session.defaultOptions.readOnly;
  const switchNow = await prepared(name, profiles, session);
  if (context.signal.aborted) throw new Interrupted(NOT_SENT);
  switchNow();
  const line = withOptions(context, optionsForLine(parsed, session.defaultOptions));
  await announce(inOneLine(name), wasReadOnly, line);
  const report = await reported(line);
  const generation = generationText(report);
  const { address } = session;
  const view: View = {
    columns: [{ title: 'PROFILE' }, { title: 'ADDRESS' }, { title: 'GENERATION' }],
    rows: [{ key: name, name, cells: [name, address, generation] }],
  };
  await renderValue(line, { profile: name, address, generation }, view, () => [`${inOneLine(name)}: ${address}, ${generation}\n`]);
  // The next line is split into words by the rules of this master's generation.
  if (report.identity) await session.settle({ timeoutMs: line.options.rpcTimeoutMs, signal: line.signal });
  return EXIT_CODE.ok;
};

/** What switches to the profile. Throws Refusal that says that the session is unchanged. */
async function prepared(name: string, { prepare }: Profiles, { profile, address }: Session): Promise<() => void> {
  const state = `${inOneLine(profile || address)} is still in use`;
  try {
    if (!prepare) throw new Error('use is only available in lines');
    return await prepare(name);
  } catch (error) {
    if (error instanceof StartError) throw new Refusal(startErrorText(error, `${NOT_SENT}, and ${state}`));
    if (error instanceof InputError) throw new Refusal(`${error.message}. ${state.charAt(0).toUpperCase()}${state.slice(1)}`);
    throw error;
  }
}

/** Says whether the profile is read-only, if that or the last one is. */
async function announce(name: string, wasReadOnly: boolean, { io, options }: RunContext): Promise<void> {
  if (options.quiet || !(wasReadOnly || options.readOnly)) return;
  const what = options.readOnly ? 'is read-only: commands that change the cluster are rejected' : 'is not read-only';
  await writeMessage(io.stderr, `${name} ${what}\n`);
}
