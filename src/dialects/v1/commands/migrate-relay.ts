import { Refusal } from '../../../command/errors.ts';
import { goQuote } from '../../../text/quote.ts';
import { name } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { migrateImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';

const MAX = 4294967295;

export const migrateRelay = defineCommand({
  name: 'migrate-relay',
  usage: '<worker> <binlogName> <binlogPos>',
  summary: "migrate dm-worker's relay unit",
  examples: ['migrate-relay 172.16.10.72:8262 mysql-bin.000006 4'],
  args: { min: 3, max: 3, names: ['<worker>', '<binlogName>', '<binlogPos>'], kinds: ['worker', 'none', 'none'] },
  takesTargets: false,
  mutating: true,
  method: 'MigrateWorkerRelay',
  request: (parsed) => {
    const worker = name(parsed, 'worker', 0);
    const BinlogName = name(parsed, 'binlog name', 1);
    const text = parsed.args[2] ?? '';
    const BinlogPos = /^\+?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
    if (!(BinlogPos <= MAX)) {
      throw new Refusal(
        `invalid binlog position ${goQuote(text)}. Nothing was sent. Use the position of an event, a number from 0 to ${MAX}, for example 4`,
      );
    }
    return { worker, BinlogName, BinlogPos };
  },
  impact: migrateImpact,
  present: async (answer, parsed) => (await loadPresenters()).oneWorkerView(answer, parsed.args[0] ?? ''),
  hints: async ({ args }, answer) => (await loadPresenters()).afterRelayMoves(args.slice(0, 1), answer),
});
