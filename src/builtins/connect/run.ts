// Connects the shell to another master, and reports at once whether it answers.

import { Refusal } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { renderValue } from '../../output/renderer.ts';
import type { View } from '../../presenters/view.ts';
import { masterAddresses } from '../../text/address.ts';
import type { Runner } from '../index.ts';
import { generationText, reported } from '../status/run.ts';
import type { connect } from './command.ts';

/** Connects. An unreachable address is accepted, because the master may start later. Throws Refusal, RpcError. */
export const runConnect: Runner<typeof connect> = async (parsed, context) => {
  const address = parsed.args[0] ?? '';
  try {
    masterAddresses(address);
  } catch (e) {
    throw new Refusal(`${(e as Error).message}. Use host:port, for example 127.0.0.1:8261`);
  }
  context.session.connect(address);
  const generation = generationText(await reported(context));
  const view: View = {
    columns: [{ title: 'ADDRESS' }, { title: 'GENERATION' }],
    rows: [{ key: address, name: address, cells: [address, generation] }],
  };
  await renderValue(context, { address, generation }, view, () => [`${address}: ${generation}\n`]);
  return EXIT_CODE.ok;
};
