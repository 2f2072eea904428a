// Checks what the table of keys says: unknown keys, types, required keys, values, deprecated keys.

import { nearestNames } from '../../text/nearest.ts';
import { goQuote } from '../../text/quote.ts';
import { type ConfigNode, type Entry, entryOf, isNull, type ListNode, type MapNode, type ScalarNode, type Span } from '../document.ts';
import { FILE_KINDS, type FileKind, KINDS, releaseName } from '../file-kind.ts';
import { declarationsOf, type KeyNode, keyTree } from '../key-tree.ts';
import { type ConfigKey, has, isDeprecated, type KeyType, releasesText, valuesOf } from '../keys/config-key.ts';
import { isUnusualNumber } from '../yaml-scalars.ts';
import type { LintContext } from './finding.ts';
import { durationProblem } from './formats.ts';

/** Checks a whole file. */
export function checkStructure(context: LintContext): void {
  const { kind, release, root } = context;
  if (root === undefined || (context.isYaml && isNull(root))) {
    new StructureCheck(context).required({ kind: 'map', entries: [], duplicates: [], span: { start: 0, end: 1 } }, keyTree(kind, release));
    return;
  }
  new StructureCheck(context).value(root, keyTree(kind, release), '', undefined);
}

const TYPE_WORDS: Readonly<Record<KeyType, string>> = {
  text: 'a text',
  int: 'a whole number',
  uint32: 'a whole number from 0 to 4294967295',
  uint64: 'a whole number, 0 or more',
  float: 'a number with a decimal point',
  bool: 'true or false',
  duration: 'a duration such as 5m',
  block: 'a mapping of keys',
  named: 'a mapping of names',
  list: 'a list',
  any: 'any value',
};

const RANGES: Readonly<Partial<Record<KeyType, readonly [bigint, bigint]>>> = {
  int: [-(2n ** 63n), 2n ** 63n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

class StructureCheck {
  private readonly context: LintContext;
  /** Mappings and lists that were checked, since an alias makes them occur again. */
  private readonly seen = new WeakMap<ConfigNode, KeyNode>();
  private readonly decodeCode: string;

  constructor(context: LintContext) {
    this.context = context;
    this.decodeCode = KINDS[context.kind].decodeCode;
  }

  /** Checks a value. `entry` is undefined for the file and for entries of lists. */
  value(node: ConfigNode, at: KeyNode, path: string, entry: Entry | undefined): void {
    if (node.kind !== 'scalar') {
      if (this.seen.get(node) === at) return;
      this.seen.set(node, at);
    }
    if (isNull(node)) {
      if (entry) this.nullValue(entry, at, path);
      return;
    }
    const { type } = at.key;
    if (type === 'any') return;
    if (type === 'block' || type === 'named') {
      if (node.kind !== 'map') this.wrongType(node, at.key, path, entry);
      else if (type === 'block') this.block(node, at, path);
      else this.named(node, at, path);
    } else if (type === 'list') {
      if (node.kind !== 'list') this.wrongType(node, at.key, path, entry);
      else this.list(node, at, path);
    } else if (node.kind !== 'scalar') this.wrongType(node, at.key, path, entry);
    else this.scalar(node, at.key, path, entry);
  }

  private nullValue(entry: Entry, { key }: KeyNode, path: string): void {
    const { context } = this;
    const isContainer = key.type === 'block' || key.type === 'list' || key.type === 'named';
    if (context.isYaml && !isContainer) this.commentedValue(entry, path);
    if (!context.isYaml || !isContainer || key.required || key.path.endsWith('*')) return;
    context.warn('empty-value', entry.nameSpan, path, `${entry.name} has no content: the same as leaving it out`, {
      fix: 'remove the key',
    });
  }

  /** A value that begins with # is a comment. */
  private commentedValue({ name, nameSpan }: Entry, path: string): void {
    const { line, column } = this.context.lines.at(nameSpan.start);
    const found = /^[^:]*:\s+(#\S.*)$/.exec([...this.context.lines.line(line)].slice(column - 1).join(''));
    if (!found) return;
    const message = `${name} has no value: what begins with # is a comment`;
    this.context.warn('empty-value', nameSpan, path, message, { fix: 'put the value in quotes, or write a space after #' });
  }

  private block(node: MapNode, at: KeyNode, path: string): void {
    for (const entry of node.duplicates.length === 0 ? node.entries : [...node.entries, ...node.duplicates]) {
      const below = path === '' ? entry.name : `${path}.${entry.name}`;
      const child = at.children.get(entry.name);
      if (!child) this.unknown(entry, at, below);
      else {
        this.deprecated(entry, child.key, below);
        this.value(entry.value, child, below, entry);
      }
    }
    this.duplicates(node, path);
    this.required(node, at, path);
  }

  private named(node: MapNode, at: KeyNode, path: string): void {
    for (const entry of node.duplicates.length === 0 ? node.entries : [...node.entries, ...node.duplicates]) {
      if (at.item) this.value(entry.value, at.item, `${path}.${entry.name}`, entry);
    }
    this.duplicates(node, path);
  }

  private duplicates(node: MapNode, path: string): void {
    for (const { name, nameSpan } of node.duplicates) {
      const first = node.entries.find((e) => e.name === name);
      const where = first ? ` It is already in line ${this.context.lines.at(first.nameSpan.start).line}` : '';
      this.context.error('duplicate-key', nameSpan, path === '' ? name : `${path}.${name}`, `${goQuote(name)} occurs twice.${where}`, {
        fix: 'remove or rename one of them',
        code: this.decodeCode,
      });
    }
  }

  private list(node: ListNode, at: KeyNode, path: string): void {
    const { item, key } = at;
    if (!item) return;
    for (const [i, child] of node.items.entries()) {
      this.value(child, item, `${path}[${i}]`, undefined);
      if (child.kind === 'scalar' && key.values) this.accepted(child, key, `${path}[${i}]`);
    }
  }

  /** Reports required keys that are missing or empty. */
  required(node: MapNode, at: KeyNode, path = ''): void {
    const { context } = this;
    for (const [name, { key }] of at.children) {
      if (!key.required || key.missingCode === undefined) continue;
      const entry = entryOf(node, name);
      const value = entry?.value;
      const isEmptyText = value?.kind === 'scalar' && value.text === '' && !isNull(value);
      const isEmptyList = value?.kind === 'list' && value.items.length === 0;
      if (entry && value && !isEmptyText && !isEmptyList && !isNull(value)) continue;
      if (!context.isYaml && value && isNull(value)) continue; // its syntax is wrong
      const below = path === '' ? name : `${path}.${name}`;
      const span = entry && value ? (isNull(value) ? entry.nameSpan : value.span) : this.placeOf(node, path);
      context.error('missing-key', span, below, entry ? `${name} must not be empty` : `the required key ${name} is missing`, {
        fix: `add ${name}: ${key.summary}`,
        code: key.missingCode,
      });
    }
  }

  /** Where to report that a block lacks a key: its first line. */
  private placeOf(node: MapNode, path: string): Span {
    if (path === '') return { start: 0, end: 1 };
    const first = { start: node.span.start, end: node.entries[0]?.nameSpan.end ?? node.span.start + 1 };
    return path.endsWith(']') && this.context.isYaml ? this.context.dashOf(first) : first;
  }

  private deprecated({ name, nameSpan }: Entry, key: ConfigKey, path: string): void {
    if (!isDeprecated(key, this.context.release)) return;
    this.context.warn('deprecated-key', nameSpan, path, `${name} is deprecated`, { fix: key.deprecated?.advice });
  }

  private unknown({ name, nameSpan }: Entry, at: KeyNode, path: string): void {
    const { context } = this;
    if (context.isFull) return;
    const { title, unknownCode } = KINDS[context.kind];
    const where = at.key.path === '' ? `a ${title}` : at.key.path.replace(/\.\*$/, '').replace(/\[\]$/, '');
    const declared = declarationsOf(context.kind, at.key.path === '' ? name : `${at.key.path}.${name}`).at(-1);
    const message = declared
      ? `${name} does not exist in ${releaseName(context.release)}, only ${releasesText(declared).replace(/^only /, '')}`
      : `unknown key ${goQuote(name)} in ${where}`;
    context.error('unknown-key', nameSpan, path, message, { fix: this.meant(name, at, declared), code: unknownCode });
  }

  /** What an unknown key may have meant. */
  private meant(name: string, at: KeyNode, declared: ConfigKey | undefined): string {
    if (declared) return OTHER_NAMES[name] ?? declared.deprecated?.advice ?? 'remove it, or check the file for another release with --dm';
    const [near] = nearestNames(name.replaceAll('_', '-'), at.children.keys(), 1);
    if (near !== undefined) return `did you mean ${goQuote(near)}?`;
    const elsewhere = KINDS[this.context.kind].keys.find((k) => has(this.context.release, k) && k.path.endsWith(`.${name}`));
    if (elsewhere) return `${name} belongs in ${elsewhere.path.slice(0, -name.length - 1)}`;
    const top = at.key.path === '' ? undefined : KINDS[this.context.kind].keys.find((k) => k.path === name);
    if (top) return `${name} belongs at the top level${this.context.isYaml ? '' : ', above the first [section]'}`;
    const kind = otherKind(this.context.kind, name);
    return kind ? `${name} is a key of a ${KINDS[kind].title}` : `valid keys: ${[...at.children.keys()].join(', ')}`;
  }

  private wrongType(node: ConfigNode, key: ConfigKey, path: string, entry: Entry | undefined): void {
    const { context } = this;
    const span = node.kind === 'map' || (node.kind === 'list' && entry) ? this.firstLine(node, entry) : node.span;
    const name = path === '' ? `a ${KINDS[context.kind].title}` : (entry?.name ?? path);
    const fix = this.typeFix(node, key);
    const what = node.kind === 'scalar' ? scalarWords(node) : node.kind === 'list' ? 'a list' : 'a mapping';
    context.error('wrong-type', span, path, `${name} must be ${TYPE_WORDS[key.type]}, not ${what}`, { fix, code: this.decodeCode });
  }

  private firstLine(node: ConfigNode, entry: Entry | undefined): Span {
    const isOwnLine = entry && this.context.lines.at(node.span.start).line !== this.context.lines.at(entry.nameSpan.start).line;
    return isOwnLine && node.kind === 'map' ? node.span : { start: node.span.start, end: node.span.start + 1 };
  }

  private typeFix(node: ConfigNode, key: ConfigKey): string | undefined {
    if (key.type === 'list' && node.kind === 'scalar') return `write [${this.context.isYaml ? node.text : goQuote(node.text)}]`;
    if (key.type === 'list' && !this.context.isYaml) return `write [[${key.path}]]`;
    if (key.path.endsWith('-tables[]')) return 'write {db-name: "…", tbl-name: "…"}';
    if (node.kind !== 'scalar') return key.type === 'text' && this.context.isYaml ? 'put the value in quotes' : undefined;
    const isQuoted = !node.plain && /^(?:\d+|true|false)$/.test(node.text);
    if (isQuoted && key.type !== 'text') return `remove the quotes: ${node.text}`;
    if (key.type === 'float' && /^\d+$/.test(node.text)) return `write ${node.text}.0`;
    if (!this.context.isYaml && (key.type === 'text' || key.type === 'duration')) return `write ${goQuote(node.text)}`;
    return key.summary === '' ? undefined : `${key.path.split('.').at(-1)}: ${key.summary}`;
  }

  private scalar(node: ScalarNode, key: ConfigKey, path: string, entry: Entry | undefined): void {
    const { type } = key;
    const { resolved } = node;
    if (type === 'text' || type === 'duration') {
      if (!this.context.isYaml && node.plain) this.wrongType(node, key, path, entry);
      else if (type === 'duration') this.duration(node, path, entry);
      else this.text(node, key, path);
    } else if (type === 'bool') {
      if (resolved.type !== 'bool') this.wrongType(node, key, path, entry);
    } else if (type === 'float') {
      const isNumber = resolved.type === 'float' || (resolved.type === 'int' && this.context.isYaml);
      if (!isNumber) this.wrongType(node, key, path, entry);
    } else this.whole(node, key, path, entry);
  }

  private whole(node: ScalarNode, key: ConfigKey, path: string, entry: Entry | undefined): void {
    const { context } = this;
    const { resolved, text } = node;
    const isFloat = resolved.type === 'float' && context.isYaml && Number.isFinite(resolved.value);
    if (resolved.type !== 'int' && !isFloat) {
      this.wrongType(node, key, path, entry);
      return;
    }
    const number = resolved.type === 'int' ? resolved.value : BigInt(Math.trunc((resolved as { value: number }).value));
    const [least, most] = RANGES[key.type] as readonly [bigint, bigint];
    if (number < least || number > most) {
      const message = `${entry?.name ?? path} must be from ${least} to ${most}, not ${text}`;
      context.error('wrong-type', node.span, path, message, { code: this.decodeCode });
    } else if (context.isYaml && isUnusualNumber(text)) {
      context.warn('unusual-number', node.span, path, `DM reads ${text} as ${number}`, { fix: `write ${number}` });
    }
  }

  private duration(node: ScalarNode, path: string, entry: Entry | undefined): void {
    const problem = durationProblem(node.text);
    if (!problem) return;
    const message = `${entry?.name ?? path} is not a duration: ${problem}`;
    this.context.error('invalid-duration', node.span, path, message, { fix: 'use for example 30s, 5m or 1h30m', code: this.decodeCode });
  }

  private text(node: ScalarNode, key: ConfigKey, path: string): void {
    const { context } = this;
    if (key.values && key.type === 'text') this.accepted(node, key, path);
    if (!node.plain) return;
    if (TYPOGRAPHIC.test(node.text)) {
      context.warn('typographic-quotes', node.span, path, 'typographic quotes are a part of the value', { fix: 'use " or \'' });
    }
    if (context.isYaml && node.resolved.type !== 'text' && needsQuotes(key)) {
      const message = `DM takes ${node.text} as text, although it looks like ${RESOLVED_WORDS[node.resolved.type]}`;
      context.warn('ambiguous-text', node.span, path, message, { fix: `write ${goQuote(node.text)}` });
    }
  }

  /** Checks a value against the accepted ones, if a master does that in every case. */
  private accepted(node: ScalarNode, key: ConfigKey, path: string): void {
    const { context } = this;
    const accepted = valuesOf(key, context.release);
    if (key.valueCode === undefined || !accepted) return;
    if (node.text === '' && key.type !== 'list') return; // the default, or a missing key
    if (accepted.includes(node.text) || (key.anyCase && accepted.includes(node.text.toLowerCase()))) return;
    context.error('invalid-value', node.span, path, valueMessage(path, node.text, accepted), {
      fix: valueFix(node.text, accepted, key),
      code: key.valueCode,
    });
  }
}

const TYPOGRAPHIC = /^[“”„‘’«»「」『』]|[“”‘’]$/;

/** Keys of one generation that have another name in the other. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'shard-mode': 'use is-sharding: true',
  'block-allow-list': 'use black-white-list',
  'online-ddl': 'use online-ddl-scheme: gh-ost or pt',
  'disable-heartbeat': 'remove it: DM 2.0 and later have no such key',
  'continuous-validator-config-name': 'use validator-config-name',
  'validator-config-name': 'remove it. In 6.0 and 6.1 it is named continuous-validator-config-name',
  tidb: 'use import-mode of loaders',
};

const RESOLVED_WORDS = {
  null: 'nothing',
  bool: 'a boolean',
  int: 'a number',
  float: 'a number',
  timestamp: 'a date',
  text: 'a text',
} as const;

/** Numbers are usual in these texts, and session variables are sent as text anyway. */
function needsQuotes({ path }: ConfigKey): boolean {
  return !/(?:\.session\.\*|-filesize|-size|-quota-physical|\.arguments\[\]|\.arguments)$/.test(path);
}

function scalarWords(node: ScalarNode): string {
  if (node.resolved.type === 'text') return `the text ${goQuote(node.text)}`;
  return node.text;
}

/** The kind of file that has a top-level key. */
function otherKind(kind: FileKind, name: string): FileKind | undefined {
  return FILE_KINDS.find((k) => k !== kind && KINDS[k].keys.some((key) => key.path === name));
}

/** Lists texts: `a, b or c`. */
export function orList(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

const MAX_LISTED = 8;

/** What is wrong with a value. */
export function valueMessage(path: string, text: string, accepted: readonly string[]): string {
  const name =
    path
      .split('.')
      .at(-1)
      ?.replace(/\[\d+\]$/, '') ?? path;
  if (accepted.length > MAX_LISTED) return `${name} does not accept ${goQuote(text)}`;
  return `${name} must be ${orList(accepted)}, not ${goQuote(text)}`;
}

/** The value that may have been meant. */
export function valueFix(text: string, accepted: readonly string[], key?: ConfigKey): string {
  const low = text.trim().toLowerCase();
  const same = accepted.find((value) => value.toLowerCase() === low);
  if (same !== undefined) return `write ${same}`;
  const later = key?.values?.find((v) => v.value === text);
  if (later) return `${text} exists ${releasesText(later)}`;
  const [near] = nearestNames(text.replaceAll('-', '_'), accepted, 1);
  const [other] = nearestNames(text, accepted, 1);
  if (near ?? other) return `did you mean ${goQuote((near ?? other) as string)}?`;
  return accepted.length > MAX_LISTED ? `valid: ${accepted.join(', ')}` : '';
}
