// The help topics.

import type { Topic } from '../command/registry.ts';
import { SETTINGS } from '../config/settings.ts';
import { settingTopics } from './setting-topics.ts';

export const topics: readonly Topic[] = [
  {
    name: 'quoting',
    summary: 'words, quotes and SQL in a line',
    text: `Words in a line, at the prompt and in a pipe

Blanks separate words. '...' and "..." keep blanks together and are taken off:

  query-status 'my task'

A backslash stands for itself everywhere, so that patterns need no quotes; only inside double quotes \\" and \\\\ mean
the quote and the backslash. A word that begins with # and all that follows it is a comment. A ; at the end is dropped.

sql-replace and sql-inject take everything after the task name as SQL, as it stands; one pair of quotes around the whole
is taken off. Flags stand before the task name:

  sql-replace -w 127.0.0.1:8262 -b 'mysql-bin|000001.000003:3270' test 'ALTER TABLE t ADD COLUMN c INT;'

On the command line the shell's own rules hold, and flags may stand anywhere; quote the SQL there.
`,
  },
  {
    name: 'binlog-pos',
    summary: 'positions in a binlog, and where to get them',
    text: `Binlog positions

--binlog-pos takes file:position, such as mysql-bin|000001.000003:3270. The part |000001 names the sub-directory of the
relay log. A DM 1.0 master accepts a position without it, but such a position never matches anything.

The position that works is the one that query-error shows as failedBinlogPosition: copy it as it is. It is the end of
the event that failed. After sql-skip or sql-replace, resume-task lets the task go on:

  query-error test
  sql-skip -w 127.0.0.1:8262 -b 'mysql-bin|000001.000003:3783' test
  resume-task test

query-status shows positions as (file, position); migrate-relay takes file and position as two arguments.
`,
  },
  {
    name: 'sql-pattern',
    summary: 'patterns of sql-skip and sql-replace',
    text: `SQL patterns

--sql-pattern is matched with DDL after the routes were applied, one statement of an event is enough. Without a ~ before
it, the pattern is the whole statement as it stands. With ~ it is a regular expression of the RE2 kind:

  sql-skip -w 127.0.0.1:8262 -s '~(?i)DROP\\s+TABLE\\s+\`db1\`.\`t1\`' test

RE2 has no look-around ((?=x), (?!x)) and no back references (\\1). (?i) makes case not count, \\s is a blank. With
--sharding it waits for the owner of the task's next DDL lock instead of a worker.
`,
  },
  ...settingTopics(SETTINGS),
  {
    name: 'exit-status',
    summary: 'what a run leaves behind',
    text: `Exit status

A command on the command line leaves

  0    all is well
  1    the call failed, or the answer says "result": false at the top or for any worker
  2    it could not be used as it was typed, or the DM-master is DM 2.0 or later; nothing was sent
  3    it took longer than -timeout allows
  130  Ctrl-C

Lines of a pipe and the prompt leave 0 whatever the commands said, as the original does. With -strict the first line that
fails ends the run, with its status.
`,
  },
];
