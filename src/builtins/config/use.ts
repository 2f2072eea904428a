// Writes the default profile to the configuration file.

import { Refusal, StartError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { RunContext } from '../../invoke/context.ts';
import { writeMessage } from '../../io/write-safe.ts';
import { renderValue } from '../../output/renderer.ts';
import type { View } from '../../presenters/view.ts';
import { goQuote } from '../../text/quote.ts';
import { inOneLine } from '../../text/sanitize.ts';
import type { Runner } from '../index.ts';
import { profilesOf, showProfiles, startErrorText } from '../profiles.ts';
import type { configUse } from './command.ts';

/** Lists the profiles, or writes one. The session is unchanged. Throws Refusal. */
export const runConfigUse: Runner<typeof configUse> = async (parsed, context, world) => {
  const profiles = profilesOf(world);
  const { none } = parsed.flags;
  const [given] = parsed.args;
  if (none && given) throw new Refusal('--none chooses no profile. The file is unchanged. Leave out the name or --none');
  const profile = none ? '' : given;
  if (profile === undefined) return await showProfiles(profiles, context);
  const { path: file, changed } = await profiles.setDefault(profile).catch((error) => {
    throw error instanceof StartError ? new Refusal(startErrorText(error, 'The file is unchanged')) : error;
  });
  const said = profile === '' ? 'no default profile' : `profile = ${goQuote(profile)}`;
  const view: View = {
    columns: [{ title: 'PROFILE' }, { title: 'FILE', cut: true }],
    rows: [{ key: file, name: profile, cells: [profile === '' ? '-' : profile, file] }],
  };
  await renderValue(context, { profile, file, changed }, view, () => [
    changed ? `${inOneLine(file)}: ${said}\n` : `${inOneLine(file)} has ${said} already\n`,
  ]);
  await explain(profile, context);
  return EXIT_CODE.ok;
};

/** Says what the default profile does not affect. */
async function explain(profile: string, { io, options, session }: RunContext): Promise<void> {
  if (options.quiet) return;
  const variables = ['DMCTL_PROFILE', ...(profile === '' ? [] : ['DM_MASTER_ADDR'])].filter((name) => io.env[name]);
  if (variables.length > 0) {
    const verb = variables.length === 1 ? 'is set and comes' : 'are set and come';
    await writeMessage(io.stderr, `warning: ${variables.join(' and ')} ${verb} before the default profile\n`);
  }
  if (session.mode === 'lines' && profile !== '' && profile !== session.profile)
    await writeMessage(io.stderr, `hint: this session is unchanged. To use the profile now, use ${inOneLine(profile)}\n`);
}
