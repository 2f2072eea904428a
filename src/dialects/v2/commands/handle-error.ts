import { InputError } from '../../../command/errors.ts';
import { choice, taskName } from '../arguments.ts';
import { checkedPosition } from '../binlog-position.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { BINLOG_POS } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sqlArguments } from '../sql-arguments.ts';
import { sentence } from '../texts.ts';

const OPERATIONS = { skip: 'Skip', replace: 'Replace', revert: 'Revert' } as const;

export const handleError = (has: Has) =>
  defineCommand({
    name: 'handle-error',
    usage: '<task-name | task-file> [-s source ...] [-b binlog-pos] <skip/replace/revert> [replace-sql1;replace-sql2;]',
    summary: sentence('`skip`/`replace`/`revert` the current error event or a specific binlog position (binlog-pos) event', has),
    hidden: has('5.4'),
    examples: ['handle-error test skip', 'handle-error test replace "ALTER TABLE db1.t1 ADD COLUMN c INT"'],
    args: {
      min: 2,
      max: Number.POSITIVE_INFINITY,
      names: ['<task-name | task-file>', '<skip/replace/revert>', '[replace-sql1;replace-sql2;]'],
      kinds: ['task', { oneOf: Object.keys(OPERATIONS) }, { after: { replace: 'sql' } }],
    },
    flags: [{ ...BINLOG_POS, ofGroup: false, usage: BINLOG_POS.usage.replace('the binlog operation', 'the handler-error operation') }],
    mutating: true,
    method: 'HandleError',
    request: async (parsed, context) => {
      const [, word = '', ...rest] = parsed.args;
      const op = choice(word, OPERATIONS, 'operation');
      if (op !== 'Replace' && rest.length > 0) throw new InputError("replace-sqls can not be used for 'skip/revert' operation");
      if (op === 'Replace' && rest.length === 0) throw new InputError('must specify the replace-sqls for replace operation');
      return {
        op,
        task: await taskName(parsed, context),
        sources: [...parsed.targets],
        binlogPos: checkedPosition(parsed.flags.binlogPos, 'handle-error'),
        sqls: op === 'Replace' ? await sqlArguments(rest, context, 'replace') : [],
      };
    },
    impact: async (_parsed, request) => (await loadPresenters()).eventImpact(request),
    failure: () => 'can not handle the error:\n',
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
    hints: async (parsed, answer) => (await loadPresenters()).afterEvent(parsed.args[0] ?? '', answer),
  });
