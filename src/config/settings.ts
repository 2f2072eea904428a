// All settings, each declared once. This table generates program flags, line flags, configuration-file keys,
// `set`, `config show`, completion, the help topics and the man page. To add a setting, add an entry here and
// use its value. The order is the order of the flags in `-help`.

import { HISTORY_MODES, parseHistory } from '../command/history-mode.ts';
import { COLOR_MODES, FORMATS, JSONPATH, parseColor, parseFormat } from '../command/output-format.ts';
import { parseColumns, parseFilter, parseSortBy } from '../command/row-selection.ts';
import { PROTOCOLS, parseProtocol } from '../command/run-options.ts';
import { parseDuration } from '../text/duration.ts';
import { parseSize } from '../text/size.ts';
import { checkMaster } from './master-address.ts';
import { into, parseSwitch, setting } from './setting.ts';

const asText = (text: string): string => text;

const SWITCH = { kind: 'switch', parse: parseSwitch, values: { oneOf: ['on', 'off'] } } as const;

const DURATION = {
  kind: 'text',
  values: 'none',
  unit: 's',
  fix: 'A timeout must have a unit and be greater than zero. Use for example 10m, 1h30m or 500ms.\n',
} as const;

const PEM_FILE = {
  kind: 'text',
  parse: asText,
  default: '',
  values: 'file',
  example: '/etc/dm/file.pem',
  onlyForStart: () => true,
} as const;

export const SETTINGS = [
  setting({
    name: 'master-addr',
    kind: 'text',
    summary: 'connect to the DM-master at this address, host:port. Separate several masters by commas',
    parse: asText,
    default: '',
    flag: { usage: 'master API server addr', original: true },
    values: 'none',
    env: 'DM_MASTER_ADDR',
    example: '127.0.0.1:8261',
    // An empty variable in a script must not lead to another master than intended.
    emptyCounts: true,
    onlyForStart: () => true,
    checkForCalls: checkMaster,
  }),
  setting({
    ...PEM_FILE,
    name: 'ssl-ca',
    summary: 'certificate authorities that the master is checked against (PEM)',
    flag: { usage: 'PEM `file` of the certificate authorities for TLS; without it, TLS uses those of the system' },
    options: into('sslCa'),
  }),
  setting({
    ...PEM_FILE,
    name: 'ssl-cert',
    summary: 'certificate of this client for TLS (PEM)',
    flag: { usage: 'PEM `file` of the certificate of this client; it turns on TLS' },
    options: into('sslCert'),
  }),
  setting({
    ...PEM_FILE,
    name: 'ssl-key',
    summary: 'key of the certificate of this client (PEM)',
    flag: { usage: 'PEM `file` of the key of that certificate' },
    options: into('sslKey'),
  }),
  setting({
    name: 'cert-allowed-cn',
    kind: 'text',
    summary: 'common names that the certificate of a master may have: a list in the file, separated by commas elsewhere',
    parse: asText,
    default: '',
    flag: { usage: 'common names that the certificate of a master may have: a list in the file, separated by commas elsewhere' },
    values: 'none',
    list: true,
    example: 'dm',
    options: into('certAllowedCn'),
    onlyForStart: () => true,
  }),
  setting({
    ...DURATION,
    name: 'rpc-timeout',
    summary: 'limit each call to this duration',
    parse: parseDuration,
    default: '10m',
    flag: { usage: 'rpc timeout, default is 10m (default "10m")', original: true },
    options: into('rpcTimeoutMs'),
    settable: true,
  }),
  setting({
    ...SWITCH,
    name: 'confirm',
    summary: 'ask before dangerous commands',
    default: '',
    flag: { usage: 'ask before dangerous commands, not only at the prompt' },
    options: (on) => ({ confirmImpact: on, asksMany: on }),
    settable: true,
    unset: 'at the prompt',
  }),
  setting({
    ...SWITCH,
    name: 'read-only',
    summary: 'reject every command that changes the cluster',
    default: 'false',
    flag: { usage: 'reject every command that changes the cluster' },
    options: (on) => ({ readOnly: on, readOnlyReason: undefined }),
    settable: true,
    unprotects: (from, to) => from.readOnly && !to.readOnly,
    // A flag that allows changes on one cluster must not allow them on another.
    onlyForStart: (text) => !parseSwitch(text),
  }),
  setting({
    ...SWITCH,
    name: 'strict',
    summary: 'stop at the first line that fails',
    default: 'false',
    flag: { usage: 'stop at the first line that fails, at the prompt and with piped lines, and exit with its status' },
  }),
  setting({
    name: 'protocol',
    kind: 'text',
    summary: 'set the generation of DM: auto (ask the DM-master), v1 or v2',
    parse: parseProtocol,
    default: 'auto',
    flag: {
      usage: 'set the generation of DM: auto asks the DM-master; use v1 or v2 if it does not report its generation',
    },
    values: { oneOf: PROTOCOLS },
    options: into('protocol'),
    onlyForStart: () => true,
  }),
  setting({
    name: 'max-answer',
    kind: 'text',
    summary: 'limit the size of an answer',
    parse: parseSize,
    default: '1GiB',
    flag: { usage: 'limit the size of an answer, such as 64MiB (default 1GiB)' },
    values: 'none',
    options: into('maxAnswerBytes'),
    fix: 'Use a number with the unit B, KiB, MiB or GiB, for example 64MiB.\n',
  }),
  setting({
    name: 'history',
    kind: 'text',
    summary: 'choose what the history keeps: all, redacted or none',
    parse: parseHistory,
    default: 'redacted',
    flag: {
      usage: 'choose what the history keeps: all, redacted (no SQL text, the default) or none; it never keeps passwords',
    },
    values: { oneOf: HISTORY_MODES },
  }),
  setting({
    name: 'output',
    kind: 'text',
    summary: 'choose the format of answers',
    parse: parseFormat,
    default: 'auto',
    flag: {
      short: 'o',
      usage: `choose the format of the answer: ${FORMATS.join(', ')} or jsonpath=EXPRESSION; auto prints what the original prints`,
      everyLine: true,
    },
    values: { oneOf: [...FORMATS, JSONPATH] },
    options: into('format'),
    settable: true,
    // What a script reads from a pipe must not change because of a file that the script does not know.
    terminalOnly: true,
  }),
  setting({
    name: 'query',
    kind: 'text',
    summary: 'print only what a JSONPath finds, as json, jsonl or yaml',
    parse: asText,
    default: '',
    flag: { usage: 'print only what a JSONPath finds in the answer, such as $.workers[*].worker', everyLine: true },
    values: 'none',
    options: into('query'),
    flagOnly: true,
  }),
  setting({
    name: 'sort-by',
    kind: 'text',
    summary: 'sort the rows of a table by columns; a minus before a column reverses its order',
    parse: parseSortBy,
    default: '',
    flag: {
      usage: 'sort the rows of a table by columns, such as -lag,task; a minus reverses the order',
      everyLine: true,
      forReading: true,
    },
    values: 'none',
    options: into('sortBy'),
    flagOnly: true,
  }),
  setting({
    name: 'columns',
    kind: 'text',
    summary: 'show only these columns of a table',
    parse: parseColumns,
    default: '',
    flag: { usage: 'show only these columns of a table, such as task,stage,lag', everyLine: true, forReading: true },
    values: 'none',
    options: into('columns'),
    flagOnly: true,
  }),
  setting({
    name: 'filter',
    kind: 'text',
    summary: 'show only the rows of a table that match',
    parse: parseFilter,
    default: '',
    flag: { usage: "show only the rows of a table that match, such as 'state=paused,lag>60s'", everyLine: true, forReading: true },
    values: 'none',
    options: into('filter'),
    flagOnly: true,
  }),
  setting({
    ...DURATION,
    name: 'timeout',
    summary: 'limit a whole command to this duration; off for no limit',
    parse: (text) => (text === 'off' ? undefined : parseDuration(text)),
    default: '',
    flag: { usage: 'limit the whole command to this duration, such as 30s; exit with status 3 if it takes longer', everyLine: true },
    options: into('commandTimeoutMs'),
    settable: true,
  }),
  setting({
    ...SWITCH,
    name: 'quiet',
    summary: 'print only errors on standard error',
    default: 'false',
    flag: { usage: 'print only errors on standard error, no warnings, hints or progress', everyLine: true },
    options: into('quiet'),
    settable: true,
  }),
  setting({
    name: 'color',
    kind: 'text',
    summary: 'color the answers: auto, always or never',
    parse: parseColor,
    default: 'auto',
    flag: { usage: 'color the answer: auto, always or never', everyLine: true },
    values: { oneOf: COLOR_MODES },
    options: into('color'),
    settable: true,
  }),
  setting({
    name: 'pager',
    kind: 'text',
    summary: 'show long answers in this pager; off for none',
    parse: asText,
    default: '',
    flag: { usage: 'show answers longer than the screen in this pager, such as "less -FRX"; off for none', everyLine: true },
    values: 'none',
    env: 'DMCTL_PAGER',
    options: into('pager'),
    settable: true,
  }),
  setting({
    ...SWITCH,
    name: 'yes',
    summary: 'do not ask before dangerous commands',
    default: '',
    flag: { usage: 'do not ask before dangerous commands', everyLine: true },
    options: (on) => (on ? { confirmImpact: false, asksMany: false, yes: true } : {}),
    implies: { setting: 'confirm', text: 'false' },
    flagOnly: true,
  }),
] as const;

type Declared = (typeof SETTINGS)[number];

export type SettingName = Declared['name'];

/** The parsed value of a setting; undefined only if it has no default. */
export type SettingValue<Name extends SettingName> =
  Extract<Declared, { name: Name }> extends { parse(text: string): infer T; default: infer Default }
    ? Default extends ''
      ? T | undefined
      : T
    : never;
