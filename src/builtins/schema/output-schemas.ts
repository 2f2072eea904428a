// The schemas of what our own commands print as JSON, JSONL and YAML. A change that removes or renames a field, or gives it another
// meaning, needs a new version. Fields may be added. test/builtins/output-schemas.test.ts compares them with real output.

import type { Health } from '../../domain/cluster.ts';
import { WAIT_CONDITIONS } from '../../domain/wait-conditions.ts';
import type { OUTPUT_NAMES } from './output-names.ts';

type Schema = Readonly<Record<string, unknown>>;

const TEXT: Schema = { type: 'string' };
const NUMBER: Schema = { type: 'number' };
const BOOL: Schema = { type: 'boolean' };
const TEXTS: Schema = { type: 'array', items: TEXT };

const described = (schema: Schema, description: string): Schema => ({ ...schema, description });
const oneOf = (values: readonly string[], description: string): Schema => ({ enum: values, description });
const listOf = (items: Schema, description: string): Schema => ({ type: 'array', items, description });
const orNull = ({ type, ...rest }: Schema): Schema => ({ type: [type, 'null'], ...rest });

/** An object whose properties are required, except those in `optional`. */
function object(
  properties: Readonly<Record<string, Schema>>,
  description: string,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return { type: 'object', description, properties: { ...properties, ...optional }, required: Object.keys(properties) };
}

const HEALTH: Readonly<Record<Health, string>> = {
  broken: 'an error stopped it',
  stuck: 'it waits for something that may never happen without help',
  held: 'a user paused it',
  starting: 'it starts',
  running: 'it runs',
  finished: 'it has finished',
};
const HEALTHS = Object.keys(HEALTH);
const healthText = Object.entries(HEALTH)
  .map(([health, text]) => `${health}: ${text}`)
  .join('; ');

const LAG = {
  lagSeconds: described(orNull(NUMBER), 'seconds behind the upstream, from DM 2.0.7 on; null if unknown, as for a paused sub task'),
  lagBytes: described(orNull(NUMBER), 'bytes of the binlog behind the upstream; null if unknown, or if whole files are missing'),
};

const SUB_TASK = object(
  {
    task: TEXT,
    worker: TEXT,
    source: TEXT,
    stage: described(TEXT, "DM's own word, such as Running or Paused"),
    unit: described(TEXT, 'Check, Dump, Load or Sync'),
    health: oneOf(HEALTHS, healthText),
    why: described(TEXT, 'why it is stuck; empty if it is not'),
    errors: described(TEXTS, "DM's error texts"),
    ddlLock: described(TEXT, 'the ID of the DDL lock for which it waits; empty for none'),
    ...LAG,
  },
  'a sub task',
);

const TASK = object(
  {
    task: TEXT,
    health: oneOf(HEALTHS, `the worst state of its sub tasks. ${healthText}`),
    subTasks: { type: 'object', description: 'the number of sub tasks by health', additionalProperties: { type: 'integer' } },
    workers: TEXTS,
    sources: TEXTS,
    errors: TEXTS,
    ...LAG,
  },
  'a task (--by task)',
);

const WAIT = object(
  {
    task: TEXT,
    for: oneOf(WAIT_CONDITIONS, 'the condition'),
    reached: BOOL,
    why: described(TEXT, 'how it was reached, or what is missing'),
    seconds: described(NUMBER, 'how long the wait took'),
  },
  'the result of a wait',
);

const PLANNED_CALL = object({ method: TEXT, request: { type: 'object' } }, 'a call that would be made', {
  preflightMethod: described(TEXT, 'the method that would be called before it'),
});

const BULK = object(
  { task: TEXT, workers: described(TEXTS, 'the workers or sources that it was sent for; empty for the whole task') },
  'the result of a command for one of several tasks: the answer of the DM-master, or an error',
  { answer: described({}, "the DM-master's answer"), error: TEXT },
);

const DETAIL = object({ label: TEXT, text: TEXT }, 'a labelled line');

const PROFILE = object({ name: TEXT, address: TEXT, readOnly: BOOL, inUse: BOOL, default: BOOL }, 'a profile of the configuration file');

const FINDING = object(
  {
    file: TEXT,
    rule: TEXT,
    severity: oneOf(['error', 'warning'], 'an error is rejected by a DM-master of the release'),
    line: described({ type: 'integer' }, 'from 1'),
    column: described({ type: 'integer' }, 'from 1, in characters'),
    endColumn: { type: 'integer' },
    path: described(TEXT, 'the key, such as mysql-instances[0].source-id'),
    message: TEXT,
    fix: TEXT,
    code: described(TEXT, 'the error code that a DM-master reports; empty for none'),
  },
  'what lint found',
);

/** The schema of each output, by the name of the command that prints it. */
const OUTPUTS = {
  'query-status': listOf({ anyOf: [SUB_TASK, TASK] }, 'query-status with --by, --problems, --max-lag, several names or a pattern'),
  wait: { anyOf: [WAIT, listOf(WAIT, 'one for each task, if there are several')] },
  bulk: listOf(BULK, 'commands for several tasks, such as pause-task --all'),
  'dry-run': { anyOf: [PLANNED_CALL, listOf(PLANNED_CALL, 'one for each task, if there are several')] },
  status: {
    type: 'object',
    description: 'facts about the client, the DM-master and the connection',
    properties: { address: TEXT, generation: TEXT, master: TEXT, leader: TEXT, masters: TEXT, TLS: TEXT, latency: TEXT, dmctl: TEXT },
    required: ['address', 'generation', 'master', 'TLS', 'latency', 'dmctl'],
  },
  doctor: listOf(
    object(
      {
        check: TEXT,
        status: oneOf(['ok', 'warning', 'failed', 'skipped'], 'skipped: it could not be made because an earlier check failed'),
        text: TEXT,
        advice: described(TEXT, 'what to do; empty if nothing needs to be done'),
      },
      'a check',
    ),
    'the checks in their order',
  ),
  diff: object(
    {
      task: TEXT,
      compared: listOf(
        object(
          { what: TEXT, file: TEXT, cluster: TEXT, verdict: oneOf(['same', 'differs', 'open'], 'open: the cluster does not report it') },
          'a compared value',
        ),
        'the compared values',
      ),
      notReported: described(TEXT, 'what this generation of DM does not report; empty for nothing'),
      same: BOOL,
    },
    'the comparison of a task file with the cluster',
  ),
  explain: listOf(
    object({ line: TEXT, details: listOf(DETAIL, 'what it means and what to do') }, 'an explained error'),
    'explained errors',
  ),
  lint: listOf(FINDING, 'the findings'),
  'config-show': listOf(
    object({ name: TEXT, value: TEXT, from: described(TEXT, 'where the value came from') }, 'a setting'),
    'the settings',
  ),
  use: {
    anyOf: [
      listOf(PROFILE, 'the profiles, without a name'),
      object({ profile: TEXT, address: TEXT, generation: TEXT }, 'the profile that is in use now'),
    ],
  },
  'config-use': {
    anyOf: [
      listOf(PROFILE, 'the profiles, without a name'),
      object({ profile: TEXT, file: TEXT, changed: described(BOOL, 'whether the file was written') }, 'the default profile in the file'),
    ],
  },
  history: listOf(TEXT, 'the lines of the history, newest last'),
  connect: object({ address: TEXT, generation: TEXT }, 'the DM-master that is in use now'),
} as const satisfies Readonly<Record<OutputName, Schema>>;

type OutputName = (typeof OUTPUT_NAMES)[number];

/** The version of each schema that has changed in a way that old readers notice. */
const VERSIONS: Partial<Record<OutputName, number>> = {};

/** The schema of an output, with its version. */
export function outputSchema(name: OutputName): object {
  const version = VERSIONS[name] ?? 1;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:dmctl:output:${name}:${version}`,
    title: `dmctl ${name}, version ${version}`,
    ...OUTPUTS[name],
  };
}
