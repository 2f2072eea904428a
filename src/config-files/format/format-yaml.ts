// Formats a YAML file: indentation, spaces and the order of keys. Comments and values stay. The result is compared with the
// original, so that a mistake in this file or in the yaml package cannot change what DM reads.

import { isDeepStrictEqual } from 'node:util';
import { Composer, type Document, isMap, isScalar, isSeq, Lexer, Parser, visit, type YAMLMap } from 'yaml';
import type { Release } from '../../command/release.ts';
import type { ConfigNode } from '../document.ts';
import { type FileKind, KINDS } from '../file-kind.ts';
import type { ConfigKey } from '../keys/config-key.ts';
import { readYaml } from '../read-yaml.ts';
import { upgrade } from './upgrade.ts';

const READ = { schema: 'failsafe', version: '1.1', uniqueKeys: false, merge: false, prettyErrors: false } as const;
const WRITE = { lineWidth: 0, flowCollectionPadding: false } as const;
/** How often a text is formatted until it stays the same. */
const MAX_ROUNDS = 4;

export type Formatted = { readonly text: string } | { readonly problem: string };

/**
 * Formats a text without a byte order mark. It must be valid YAML with one document and without duplicate keys.
 * @param target the release whose keys replace older ones; undefined if the keys stay
 */
export function formatYaml(text: string, kind: FileKind, target?: Release): Formatted {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const formatted = untilStable(text.replaceAll('\r\n', '\n'), kind);
  // The formatted text no longer changes when it is written, so only the replaced keys change here.
  const result = target && 'text' in formatted ? upgraded(formatted.text, kind, target) : formatted;
  return 'text' in result ? { text: result.text.replaceAll('\n', newline) } : result;
}

function upgraded(text: string, kind: FileKind, target: Release): Formatted {
  const document = parse(text);
  if (!document || !isMap(document.contents)) return UNKNOWN;
  if (hasAlias(document)) return { problem: 'has aliases, and replacing keys could change what they mean. Replace the keys by hand' };
  upgrade(document.contents, kind, target);
  return untilStable(document.toString(WRITE), kind);
}

function untilStable(text: string, kind: FileKind): Formatted {
  let now = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = once(now, kind);
    if (next === undefined) return UNKNOWN;
    if (!isSame(now, next)) return { problem: 'has a form that cannot be formatted without changing it' };
    if (next === now) return { text: now };
    now = next;
  }
  return { problem: 'has comments in places where they cannot be formatted' };
}

const UNKNOWN: Formatted = { problem: 'has a form that cannot be formatted' };

function parse(text: string): Document.Parsed | undefined {
  const found = new Composer(READ).compose(new Parser().parse(text)).next();
  const document = found.done ? undefined : (found.value as Document.Parsed);
  return document && document.errors.length === 0 ? document : undefined;
}

/** Where the comments without indentation at the end of a file start. The yaml package would add them to the last mapping, however deep. */
function startOfEnd(text: string): number {
  let start = text.length;
  for (let end = text.length; end > 0; ) {
    const from = end < 2 ? 0 : text.lastIndexOf('\n', end - 2) + 1;
    const line = text.slice(from, end).trim();
    if (line !== '' && text[from] !== '#') break;
    if (line !== '') start = from;
    end = from;
  }
  return start;
}

function once(text: string, kind: FileKind): string | undefined {
  const at = startOfEnd(text);
  const body = formatBody(text.slice(0, at), kind);
  const end = text
    .slice(at)
    .trimEnd()
    .replace(/\n{3,}/g, '\n\n');
  return body === undefined || end === '' ? body : `${body}\n${end}\n`;
}

function formatBody(text: string, kind: FileKind): string | undefined {
  const document = parse(text);
  if (!document || !isMap(document.contents)) return undefined;
  const order = orderOf(kind);
  // An alias must come after its anchor.
  if (!hasAlias(document)) {
    keepHeader(document, order);
    sort(document.contents, '', order);
  }
  return document.toString(WRITE);
}

function hasAlias(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

type Order = ReadonlyMap<string, { readonly at: number; readonly key: ConfigKey }>;

/** The place of each key in the table, by its path. */
function orderOf(kind: FileKind): Order {
  const order = new Map<string, { readonly at: number; readonly key: ConfigKey }>();
  for (const [at, key] of KINDS[kind].keys.entries()) if (!order.has(key.path)) order.set(key.path, { at, key });
  return order;
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
const nameOf = (key: unknown): string => (isScalar(key) ? String(key.value) : '');

/** The pairs in the order of the table. Unknown keys come last, in their own order. */
function sorted(map: YAMLMap, path: string, order: Order): YAMLMap['items'] {
  const rank = (key: unknown): number => order.get(join(path, nameOf(key)))?.at ?? Number.POSITIVE_INFINITY;
  return [...map.items].sort((a, b) => {
    const [first, second] = [rank(a.key), rank(b.key)];
    return first === second ? 0 : first - second;
  });
}

/**
 * The comment at the start of a file is about the file, unless an empty line separates a part of it. It stays at the start, also
 * if another key becomes the first one.
 */
function keepHeader(document: Document.Parsed, order: Order): void {
  const map = document.contents as YAMLMap;
  const first = map.items[0]?.key;
  if (!isScalar(first) || sorted(map, '', order)[0]?.key === first || typeof first.commentBefore !== 'string') return;
  const at = first.commentBefore.lastIndexOf('\n\n');
  const [header, own] = at < 0 ? [first.commentBefore, ''] : [first.commentBefore.slice(0, at), first.commentBefore.slice(at + 2)];
  document.commentBefore = [document.commentBefore, header].filter((c) => typeof c === 'string').join('\n\n');
  if (own === '') delete first.commentBefore;
  else first.commentBefore = own;
}

/** Sorts a mapping and those inside it. `isValue`: it is the value of a key, so that the comment above it is about its first key. */
function sort(map: YAMLMap, path: string, order: Order, isValue = false): void {
  const type = order.get(path)?.key.type;
  const [first] = map.items;
  if (isScalar(first?.key) && !map.flow && typeof map.commentBefore === 'string' && isValue) {
    first.key.commentBefore = [map.commentBefore, first.key.commentBefore].filter((c) => typeof c === 'string').join('\n');
    delete map.commentBefore;
  }
  // Names that the user chose keep their order.
  if (type !== 'named') map.items = sorted(map, path, order);
  if (map.items[0] !== first && isScalar(map.items[0]?.key)) {
    // The empty line above the new first key goes to the old one.
    const isApart = map.items[0].key.spaceBefore === true;
    delete map.items[0].key.spaceBefore;
    if (isApart && isScalar(first?.key)) first.key.spaceBefore = true;
  }
  for (const { key, value } of map.items) {
    const at = type === 'named' ? `${path}.*` : join(path, nameOf(key));
    if (isMap(value)) sort(value, at, order, true);
    if (isSeq(value)) for (const item of value.items) if (isMap(item)) sort(item, `${at}[]`, order);
  }
}

/** Whether both texts have the same values and the same comments. */
function isSame(before: string, after: string): boolean {
  const [a, b] = [readYaml(before), readYaml(after)];
  if (a.root === undefined || b.root === undefined) return false;
  return isDeepStrictEqual(valuesOf(a.root), valuesOf(b.root)) && isDeepStrictEqual(commentsOf(before), commentsOf(after));
}

/** The values without places. The order of keys does not matter. */
function valuesOf(node: ConfigNode): unknown {
  if (node.kind === 'list') return node.items.map(valuesOf);
  if (node.kind === 'scalar') return [node.text, node.plain, node.resolved];
  const entries = node.entries.map(({ name, value }) => [name, valuesOf(value)] as const);
  return { entries: entries.sort(([a], [b]) => (a < b ? -1 : 1)), duplicates: node.duplicates.length };
}

/** Marks the token of a scalar without quotes. */
const SCALAR = '\u001f';

/** The comments of a text, sorted. */
function commentsOf(text: string): string[] {
  let last = '';
  const found: string[] = [];
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith('#') && last !== SCALAR) found.push(token.trimEnd());
    last = token;
  }
  return found.sort();
}
