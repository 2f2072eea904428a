// All settings, each declared once. This table generates program flags, line flags, configuration-file keys,
// `set`, `config show`, completion, the help topics and the man page. To add a setting, add an entry here and
// use its value. The order is the order of the flags in `-help`.

import { HISTORY_MODES, parseHistory } from '../command/history-mode.ts';
import { COLOR_MODES, FORMATS, JSONPATH, parseColor, parseFormat } from '../command/output-format.ts';
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
  fix: 'A time-out is a number and a unit, such as 10m, 1h30m or 500ms, and above zero.\n',
} as const;

const PEM_FILE = { kind: 'text', parse: asText, default: '', values: 'file', example: '/etc/dm/file.pem' } as const;

export const SETTINGS = [
  setting({
    name: 'master-addr',
    kind: 'text',
    summary: 'the address of the DM-master, host:port; several, separated by commas, are tried in turn',
    parse: asText,
    default: '',
    flag: { usage: 'master API server addr', original: true },
    values: 'none',
    env: 'DM_MASTER_ADDR',
    example: '127.0.0.1:8261',
    // An empty variable in a script must not lead to another master than intended.
    emptyCounts: true,
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
    summary: 'common names that the certificate of a master may have, separated by commas',
    parse: asText,
    default: '',
    flag: { usage: 'common names that the certificate of a master may have, separated by commas' },
    values: 'none',
    list: true,
    example: 'dm',
    options: into('certAllowedCn'),
  }),
  setting({
    ...DURATION,
    name: 'rpc-timeout',
    summary: 'how long each call may take',
    parse: parseDuration,
    default: '10m',
    flag: { usage: 'rpc timeout, default is 10m (default "10m")', original: true },
    options: into('rpcTimeoutMs'),
    settable: true,
  }),
  setting({
    ...SWITCH,
    name: 'confirm',
    summary: 'ask before harmful commands',
    default: '',
    flag: { usage: 'ask before harmful commands also where the original does not' },
    options: (on) => ({ confirmImpact: on, asksMany: on }),
    settable: true,
    unset: 'at the prompt',
  }),
  setting({
    ...SWITCH,
    name: 'read-only',
    summary: 'refuse every command that changes the cluster',
    default: 'false',
    flag: { usage: 'refuse every command that changes the cluster' },
    options: (on) => ({ readOnly: on, readOnlyReason: undefined }),
    settable: true,
    unprotects: (from, to) => from.readOnly && !to.readOnly,
  }),
  setting({
    ...SWITCH,
    name: 'strict',
    summary: 'end piped lines and the prompt at the first line that fails',
    default: 'false',
    flag: { usage: 'end piped lines and the prompt at the first line that fails, with its exit status' },
  }),
  setting({
    name: 'protocol',
    kind: 'text',
    summary: 'generation of DM: auto (asks the master), v1 or v2',
    parse: parseProtocol,
    default: 'auto',
    flag: {
      usage: 'generation of DM: auto asks the master before the first call; v1 and v2 are for a master that does not report it',
    },
    values: { oneOf: PROTOCOLS },
    options: into('protocol'),
  }),
  setting({
    name: 'max-answer',
    kind: 'text',
    summary: 'the most bytes that one answer may have',
    parse: parseSize,
    default: '1GiB',
    flag: { usage: 'the most that one answer may have, such as 64MiB; default is 1GiB' },
    values: 'none',
    options: into('maxAnswerBytes'),
    fix: 'A size is a number and B, KiB, MiB or GiB, such as 64MiB.\n',
  }),
  setting({
    name: 'history',
    kind: 'text',
    summary: 'what the prompt keeps of the lines typed: all, redacted or none',
    parse: parseHistory,
    default: 'redacted',
    flag: {
      usage: 'what the prompt keeps of the lines typed: all, redacted (without the text of SQL, the default) or none; passwords never',
    },
    values: { oneOf: HISTORY_MODES },
    fix: 'What the prompt keeps of the lines typed is all, redacted or none.\n',
  }),
  setting({
    name: 'output',
    kind: 'text',
    summary: 'the form of answers',
    parse: parseFormat,
    default: 'auto',
    flag: {
      short: 'o',
      usage: `the form of the answer: ${FORMATS.join(', ')} or jsonpath=EXPRESSION; auto is as the original prints it`,
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
    summary: 'take from json, jsonl and yaml what a JSONPath finds',
    parse: asText,
    default: '',
    flag: { usage: 'take from the answer what a JSONPath finds, as in $.workers[*].worker', everyLine: true },
    values: 'none',
    options: into('query'),
    flagOnly: true,
  }),
  setting({
    ...DURATION,
    name: 'timeout',
    summary: 'how long a whole command may take; off for no limit',
    parse: (text) => (text === 'off' ? undefined : parseDuration(text)),
    default: '',
    flag: { usage: 'how long the whole command may take, such as 30s; then it ends with status 3', everyLine: true },
    options: into('commandTimeoutMs'),
    settable: true,
  }),
  setting({
    ...SWITCH,
    name: 'quiet',
    summary: 'no warnings, hints or progress on standard error',
    default: 'false',
    flag: { usage: 'no warnings, hints or progress on standard error; errors only', everyLine: true },
    options: into('quiet'),
    settable: true,
  }),
  setting({
    name: 'color',
    kind: 'text',
    summary: 'colors of answers: auto, always or never',
    parse: parseColor,
    default: 'auto',
    flag: { usage: 'colors: auto, always or never', everyLine: true },
    values: { oneOf: COLOR_MODES },
    options: into('color'),
    settable: true,
  }),
  setting({
    name: 'pager',
    kind: 'text',
    summary: 'the pager for long answers; off for none',
    parse: asText,
    default: '',
    flag: { usage: 'the pager for answers longer than the screen, such as "less -FRX"; off for none', everyLine: true },
    values: 'none',
    env: 'DMCTL_PAGER',
    options: into('pager'),
    settable: true,
  }),
  setting({
    ...SWITCH,
    name: 'yes',
    summary: 'ask nothing before harmful commands',
    default: '',
    flag: { usage: 'ask nothing before harmful commands', everyLine: true },
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
