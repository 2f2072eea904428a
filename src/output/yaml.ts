// Writes plain values as YAML in the style of js-yaml, which decides how texts are quoted. The structure is written here,
// which is a hundred times faster for a large answer, and js-yaml cannot handle very long texts.

import { dump } from 'js-yaml';
import type { Part } from './json/protojson.ts';

/** The maximum length of a text for js-yaml. A longer one is written in double quotes. */
const MAX_CHARS = 1 << 16;
/** The maximum number of cached texts with their YAML form, and their maximum length. */
const MAX_KNOWN = 4096;
const MAX_KNOWN_CHARS = 256;

/** Texts that need no quotes: names, addresses, positions of a file. */
const PLAIN = /^(?:[A-Za-z][A-Za-z0-9_/-]*(?:[.:][A-Za-z0-9_/-]+)*|\d{1,3}(?:\.\d{1,3}){3}:\d{1,9})$/;
/** Words that some version of YAML does not read as a string. */
const WORDS = /^(?:y|yes|n|no|on|off|true|false|null)$/i;
/** Characters that YAML escapes and JSON does not. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

const known = new Map<string, string>();

/** The text of the value in chunks, a document without document markers. */
export function* yamlText(value: unknown): Generator<string> {
  if (!isNested(value)) yield dump(value, { lineWidth: -1 });
  else yield* document(Array.isArray(value) ? lines(value) : [block(value, '')]);
}

/** The text of an object in parts, the same as of the whole object. Lists are written item by item. */
export function yamlParts(parts: Iterable<Part>): Generator<string> {
  return document(entries(parts));
}

function* lines(list: readonly unknown[]): Generator<string> {
  for (const item of list) yield listItem(item, '');
}

function* entries(parts: Iterable<Part>): Generator<string> {
  for (const part of parts) {
    if ('value' in part) {
      yield entry(part.name, part.value, '');
      continue;
    }
    let count = 0;
    for (const item of part.items) {
      yield (count === 0 ? `${key(part.name)}:\n` : '') + listItem(item, STEP);
      count += 1;
    }
    if (count === 0) yield `${key(part.name)}: []\n`;
  }
}

/** Ends a document whose last text ends in empty lines, because the following lines would become part of it. */
function* document(chunks: Iterable<string>): Generator<string> {
  let last = '';
  for (const chunk of chunks) {
    yield chunk;
    last = chunk;
  }
  if (last.endsWith('\n\n')) yield '...\n';
}

const STEP = '  ';

/** Whether a value is a non-empty object or list. */
const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** The lines of an object or a list. */
function block(value: object, indent: string): string {
  let text = '';
  if (Array.isArray(value)) for (const item of value) text += listItem(item, indent);
  else for (const [name, field] of Object.entries(value)) text += entry(name, field, indent);
  return text;
}

function entry(name: string, value: unknown, indent: string): string {
  if (isNested(value)) return `${indent}${key(name)}:\n${block(value, indent + STEP)}`;
  return `${indent}${key(name)}: ${scalar(value, indent)}`;
}

function listItem(item: unknown, indent: string): string {
  // The content of an item starts after its dash.
  if (isNested(item)) return `${indent}- ${block(item, indent + STEP).slice(indent.length + STEP.length)}`;
  return `${indent}- ${scalar(item, indent)}`;
}

/** A key, quoted if necessary. */
function key(name: string): string {
  if (PLAIN.test(name) && !WORDS.test(name)) return name;
  const text = scalar(name, '').trimEnd();
  return text.includes('\n') ? JSON.stringify(name) : text;
}

/** A value on the line of its key or dash, with its line break. The rows of a multi-line text are one level deeper. */
function scalar(value: unknown, indent: string): string {
  if (typeof value !== 'string') return `${typeof value === 'object' ? JSON.stringify(value) : value}\n`; // null, [], {}
  if (value.length < MAX_KNOWN_CHARS && PLAIN.test(value) && !WORDS.test(value)) return `${value}\n`;
  const text = known.get(value) ?? quoted(value);
  return indent === '' ? text : text.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

function quoted(value: string): string {
  if (value.length > MAX_CHARS) {
    return `${JSON.stringify(value).replace(UNPRINTABLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
  }
  const text = dump({ k: value, z: 0 }, { lineWidth: -1 }).slice('k: '.length, -'z: 0\n'.length);
  if (value.length <= MAX_KNOWN_CHARS) {
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(value, text);
  }
  return text;
}
