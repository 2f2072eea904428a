// Formats the man page from the same table as help: a pure function from commands and flags to groff's man format.

/** Escapes a text for groff: backslashes and hyphens are literal, and no line is read as a request. */
export function groff(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .split('\n')
    .map((line) => (/^[.']/.test(line) ? `\\&${line}` : line))
    .join('\n');
}

const bold = (text) => `\\fB${groff(text)}\\fR`;
const KINDS = { string: 'string', bool: '', strings: 'strings' };

/** A flag: its form and its help text. */
function flag({ name, short, kind, usage }, dash) {
  const named = /`([^`]*)`/.exec(usage);
  const value = named && !usage.includes('"') ? named[1] : KINDS[kind];
  const text = value && named && !usage.includes('"') ? usage.replace(named[0], named[1]) : usage;
  const head = `${short ? `${bold(`-${short}`)}, ` : ''}${bold(`${dash}${name}`)}${value ? ` \\fI${groff(value)}\\fR` : ''}`;
  return `.TP\n${head}\n${groff(text)}\n`;
}

function command({ name, usage, moreUsage = [], summary, flags }) {
  const more = moreUsage.map((args) => `.br\n${groff(`${name} ${args}`)}\n`).join('');
  return `.SS ${groff(`${name}${usage ? ` ${usage}` : ''}`)}\n${groff(summary)}\n${more}${flags.map((f) => flag(f, '--')).join('')}`;
}

/** The environment variable of a setting. */
const variable = ({ env, name, summary }) => `.TP\n${bold(env)}\nThe setting ${bold(name)}: ${groff(summary)}.\n`;

/** A key of the configuration file. */
const key = ({ name, kind, summary }) => `.TP\n${bold(name)} \\fI${kind === 'switch' ? 'true|false' : 'text'}\\fR\n${groff(summary)}\n`;

/**
 * The page.
 * `later` has the commands of DM 2.0 and later, and the flags that they share.
 * @param {{later?: {commands: readonly object[], global: readonly object[]}, version: string, commands: readonly object[], builtins: readonly object[], global: readonly object[], program: readonly object[], settings: readonly object[]}} table
 * @returns {string}
 */
export function manPage({ version, commands, builtins, global, program, settings, later = { commands: [], global: [] } }) {
  const byName = (a, b) => (a.name < b.name ? -1 : 1);
  const sorted = [...commands].sort(byName);
  const sortedLater = later.commands.filter((c) => !c.hidden).sort(byName);
  const laterCommand = (c) => `${command(c)}${c.since ? `.PP\nSince DM ${c.since}.\n` : ''}`;
  const shown = builtins.filter((c) => !c.hidden);
  return `.\\" made by tools/man.mjs from the table of commands
.TH DMCTL 1 "" "dmctl ${groff(version)}" "User Commands"
.SH NAME
dmctl \\- command\\-line client of TiDB Data Migration (DM) 1.0
.SH SYNOPSIS
.B dmctl
[\\fIflag\\fR ...]
.br
.B dmctl
[\\fIflag\\fR ...] \\fIcommand\\fR [\\fIargument\\fR ...]
.SH DESCRIPTION
Drives a DM\\-master over gRPC. With a command, it runs the command and ends. Without one, it reads commands, at a prompt on a
terminal or else from standard input.
.SH OPTIONS
One dash or two.
${program.map((f) => flag(f, '-')).join('')}.SH COMMANDS OF DM 1.0
Every command takes
.BR \\-\\-help ,
and most of them:
${global.map((f) => flag(f, '--')).join('')}${sorted.map(command).join('')}.SH COMMANDS OF DM 2.0 AND LATER
The DM\\-master decides which of them there are.
${later.global.map((f) => flag(f, '--')).join('')}${sortedLater.map(laterCommand).join('')}.SH MORE COMMANDS
${shown.map(command).join('')}.SS help [command]
Help about any command
.SH EXIT STATUS
.TP
.B 0
The command succeeded.
.TP
.B 1
The call failed, or the answer says \\(dqresult\\(dq: false anywhere.
.TP
.B 2
The command line is invalid, or the DM\\-master does not have the command. Nothing was sent.
.TP
.B 3
It took longer than \\fB\\-timeout\\fR allows.
.TP
.B 130
Ctrl\\-C.
.SH ENVIRONMENT
${settings
  .filter((s) => s.env)
  .map(variable)
  .join('')}.TP
.B DMCTL_PROFILE
The profile of the configuration file, unless \\fB\\-profile\\fR names one.
.TP
.B PAGER
The pager for tables, unless another one is set.
.TP
.B XDG_STATE_HOME
The folder of the history of the prompt, \\fIdmctl/history\\fR. The default is \\fI~/.local/state\\fR.
.TP
.B NO_COLOR
No colors. \\fBFORCE_COLOR\\fR and \\fBCLICOLOR_FORCE\\fR turn colors on, \\fBCLICOLOR=0\\fR turns them off.
.SH FILES
.TP
.I ~/.config/dmctl/config.toml
Settings and profiles, unless \\fB\\-config\\fR names another file: TOML with these keys, and tables
\\fB[profiles.\\fINAME\\fB]\\fR of them.
.RS
${settings
  .filter((s) => !s.flagOnly)
  .map(key)
  .join('')}.RE
.TP
.I ~/.local/state/dmctl/history
The lines typed at the prompt: readable by their owner only, without passwords, and without the text of SQL unless
\\fB\\-history all\\fR was given.
`;
}
