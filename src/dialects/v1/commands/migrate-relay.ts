import { Refusal } from '../../../core/errors.ts';
import { goQuote } from '../../../text/quote.ts';
import { name } from '../checks.ts';
import { command } from '../command.ts';
import { migrateHarm } from '../harm.ts';
import { people } from '../lazily.ts';

const MOST = 4294967295;

export const migrateRelay = command({
  name: 'migrate-relay',
  usage: '<worker> <binlogName> <binlogPos>',
  summary: "migrate dm-worker's relay unit",
  examples: ['migrate-relay 172.16.10.72:8262 mysql-bin.000006 4'],
  args: { least: 3, most: 3, names: ['<worker>', '<binlogName>', '<binlogPos>'], kinds: ['worker', 'none', 'none'] },
  takesWorkers: false,
  changes: true,
  method: 'MigrateWorkerRelay',
  request: (given) => {
    const worker = name(given, 'worker', 0);
    const BinlogName = name(given, 'binlog name', 1);
    const text = given.args[2] ?? '';
    const BinlogPos = /^\+?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
    if (!(BinlogPos <= MOST)) {
      throw new Refusal(
        `the binlog position ${goQuote(text)} is not a number from 0 to ${MOST}; the position of an event is meant, such as 4`,
      );
    }
    return { worker, BinlogName, BinlogPos };
  },
  harm: migrateHarm,
  view: async (answer, given) => (await people()).oneWorkerView(answer, given.args[0] ?? ''),
  advise: async ({ args }, answer) => (await people()).afterRelayMoves(args.slice(0, 1), answer),
});
