// The help topics.

import type { Topic } from '../command/registry.ts';
import { SETTINGS } from '../config/settings.ts';
import { settingTopics } from './setting-topics.ts';

export const topics: readonly Topic[] = [
  {
    name: 'quoting',
    summary: 'words, quotes and SQL in a line',
    text: `Words in a line, at the prompt and in a pipe

Spaces separate words. Text in quotes, '...' or "...", is one word, even with spaces. dmctl removes the quotes:

  query-status 'my task'

A backslash is a normal character, so patterns need no quotes. Only inside double quotes, \\" means a quote and \\\\ a
backslash. A word that begins with # starts a comment, which extends to the end of the line. A ; at the end is ignored.

sql-replace and sql-inject take everything after the task name as SQL, unchanged. One pair of quotes around the whole SQL is
removed. Put flags before the task name:

  sql-replace -w 127.0.0.1:8262 -b 'mysql-bin|000001.000003:3270' test 'ALTER TABLE t ADD COLUMN c INT;'

On the command line, the rules of your shell apply, and flags can be anywhere. Put the SQL in quotes there.
`,
  },
  {
    name: 'binlog-pos',
    summary: 'positions in a binlog, and where to get them',
    text: `Binlog positions

--binlog-pos takes file:position, for example mysql-bin|000001.000003:3270. The part |000001 names the sub-directory of the
relay log. A DM-master 1.0 accepts a position without it, but such a position never matches an event.

Copy failedBinlogPosition from query-error unchanged. It is the end of the event that failed. After sql-skip or
sql-replace, resume the task:

  query-error test
  sql-skip -w 127.0.0.1:8262 -b 'mysql-bin|000001.000003:3783' test
  resume-task test

query-status shows positions as (file, position). migrate-relay takes the file and the position as two arguments.
`,
  },
  {
    name: 'sql-pattern',
    summary: 'patterns of sql-skip and sql-replace',
    text: `SQL patterns

DM compares --sql-pattern with each DDL statement after it has applied the routes. An event matches if one of its statements
matches. A pattern without ~ at its start must equal the whole statement. A pattern with ~ is a regular expression (RE2):

  sql-skip -w 127.0.0.1:8262 -s '~(?i)DROP\\s+TABLE\\s+\`db1\`.\`t1\`' test

RE2 has no look-around, such as (?=x) and (?!x), and no back references, such as \\1. (?i) ignores case. \\s is white space.
With --sharding, the pattern applies to the owner of the task's next DDL lock instead of one worker.
`,
  },
  ...settingTopics(SETTINGS),
  {
    name: 'exit-status',
    summary: 'the exit status of dmctl',
    text: `Exit status

A command on the command line ends with

  0    success
  1    the call failed, or the answer has "result": false at the top or for any worker
  2    the command is not valid, or the DM-master does not have it. Nothing was sent
  3    the command took longer than -timeout allows
  130  Ctrl-C

The prompt and lines from a pipe end with 0 even if commands fail, as in the original. With -strict, the first line that
fails ends the run, with the status of that line. A use that fails ends lines from a pipe in the same way.
`,
  },
];
