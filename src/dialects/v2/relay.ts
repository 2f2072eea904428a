// The request and usage of start-relay and stop-relay.

import { InputError, Refusal } from '../../command/errors.ts';
import type { CommandContext, ParsedArgs } from '../../command/spec.ts';
import type { Has } from './define-command.ts';

export const relayUsage = (has: Has): string => (has('6.0') ? '<-s source-id>' : '<-s source-id> <worker-name> [...worker-name]');

/** One source, and workers by name. Since 5.4 the workers can be left out. Throws InputError. */
export async function relayRequest<Op extends string>(
  op: Op,
  { args, targets }: ParsedArgs<unknown>,
  context: CommandContext,
  has: Has,
): Promise<{ op: Op; source: string; worker: string[] }> {
  if (!has('5.4') && args.length === 0) throw new InputError('must specify at least one worker');
  if (targets.length !== 1) throw new InputError('must specify one source (`-s` / `--source`)');
  if (args.includes('')) throw new Refusal('the name of a worker is empty. Give its name');
  if (has('6.0') && args.length > 0) {
    const advice = 'You can try stopping relay first and use start-relay without worker name instead';
    await context.printRemark(`start-relay/stop-relay with worker name will be deprecated soon. ${advice}`);
  }
  return { op, source: targets[0] as string, worker: [...args] };
}
