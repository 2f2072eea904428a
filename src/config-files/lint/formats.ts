// Texts with a format: durations, sizes, patterns, regular expressions, GTID sets, names of binlog files, time zones.

import { parseDuration } from '../../text/duration.ts';
import { goQuote } from '../../text/quote.ts';
import { regexpProblem } from '../../text/regexp.ts';

/** The milliseconds of a duration, also of a negative one or 0. Throws Error. */
export function durationMs(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const rest = text.replace(/^[-+]/, '');
  if (/^(?:0+(?:\.0*)?(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest) || rest === '0') return 0;
  return sign * parseDuration(rest);
}

/** Why a text is not a duration; undefined if it is. */
export function durationProblem(text: string): string | undefined {
  if (text === '') return 'it is empty';
  try {
    durationMs(text);
    return undefined;
  } catch (e) {
    const { message } = e as Error;
    return /^time: missing unit/.test(message) ? 'a unit is missing' : `${goQuote(text)} cannot be read`;
  }
}

/** Whether a text is a size: a number of bytes, or with a unit such as MB or GiB. */
export function isSize(text: string): boolean {
  return /^\s*\d+(?:\.\d+)?\s*(?:[kmgtpe]i?b?|b)?\s*$/i.test(text);
}

/** Whether * stands before the end of a pattern. */
export function hasEarlyStar(pattern: string): boolean {
  const star = pattern.indexOf('*');
  return star >= 0 && star < pattern.length - 1;
}

/** Why a text is not a regular expression of Go; undefined if it is. */
export function regexpMistake(text: string): string | undefined {
  return text === '' ? undefined : regexpProblem(text);
}

/** The number of groups of a valid regular expression. */
export function groupsOf(text: string): number {
  const bare = text.replace(/\\./gs, '').replace(/\[\^?\]?[^\]]*\]/g, '');
  return (bare.match(/\((?!\?)|\(\?P?</g) ?? []).length;
}

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const MYSQL_GTID = new RegExp(`^\\s*${UUID}\\s*(?::\\s*\\d+(?:-\\d+)?\\s*)+$`);
const MARIADB_GTID = /^\s*\d+-\d+-\d+\s*$/;

/** Whether a text is a GTID set of a flavor; of any flavor if that is unknown. */
export function isGtidSet(text: string, flavor: string): boolean {
  const parts = text.split(',');
  const isMysql = parts.every((part) => MYSQL_GTID.test(part));
  const isMariadb = parts.every((part) => MARIADB_GTID.test(part));
  return flavor === 'mysql' ? isMysql : flavor === 'mariadb' ? isMariadb : isMysql || isMariadb;
}

/** Whether a text is the name of a binlog file, such as mysql-bin.000001. */
export function isBinlogName(text: string): boolean {
  const [base, number, ...more] = text.split('.');
  return more.length === 0 && base !== '' && number !== undefined && /^\d+$/.test(number) && Number(number) > 0;
}

const zoneNames = new Map<string, boolean>();

/** Whether Go knows a time zone by this name. */
export function isZoneName(text: string): boolean {
  const known = zoneNames.get(text) ?? findsZone(text);
  zoneNames.set(text, known);
  return known;
}

/** Abbreviations that Intl accepts and Go does not. */
const ABBREVIATION = /^(?:[ABCEINPS][A-Z]T|JST|MIT|VST)$/;

function findsZone(text: string): boolean {
  if (!/^[A-Z]/.test(text) || (ABBREVIATION.test(text) && !['EST', 'CET', 'EET'].includes(text))) return false;
  if (/^[-+]?\d/.test(text)) return false;
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    // Intl ignores the case of letters, and Go does not.
    return zone === text || zone.toLowerCase() !== text.toLowerCase();
  } catch {
    return false;
  }
}

/** Whether a text is an offset from -12:59 to +14:00. */
export function isZoneOffset(text: string): boolean {
  const found = /^([-+])(\d{1,2}):(\d{2})$/.exec(text);
  if (!found) return false;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return Number(found[3]) < 60 && minutes <= (found[1] === '-' ? 12 * 60 + 59 : 14 * 60);
}

/** Operators that need something after them. */
const OPEN_END = /(?:[<>=+\-*/%,(!&|^~]|\b(?:and|or|not|xor|like|in|between|is|div|mod|regexp|rlike))\s*$/i;
/** Operators that need something before them. */
const OPEN_START = /^\s*(?:[<>=*/%,)&|^]|(?:and|or|xor|like|in|between|is|div|regexp|rlike)\b|mod\b(?!\s*\())/i;
const TWICE = /(?:==|[<>=]\s+[<>=]|<\s*<\s*<|(?<!<)=\s*[<>]|!\s*(?:and|or)\b)/i;

/** Why a text cannot be an SQL expression; undefined if it may be one. This finds only plain mistakes. */
export function expressionProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const bare = text.replace(/'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`/gs, 'x');
  if (/['"`]/.test(bare)) return 'a quote is not closed';
  let depth = 0;
  for (const char of bare) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (depth < 0) break;
  }
  if (depth !== 0) return 'the brackets do not match';
  if (OPEN_END.test(bare)) return 'something is missing at its end';
  if (/^\s*(?!not\b)[a-z_]\w*\s+[\d.]+\s*$/i.test(bare)) return 'an operator is missing';
  if (OPEN_START.test(bare)) return 'something is missing at its start';
  return TWICE.test(bare) ? 'two operators follow each other' : undefined;
}
