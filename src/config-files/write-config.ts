// Writes a configuration file from values. The table of keys explains each of them in a comment.

import type { Release } from '../command/release.ts';
import { type FileKind, KINDS, releaseName } from './file-kind.ts';
import { type KeyNode, keyTree } from './key-tree.ts';
import { defaultOf, valuesOf } from './keys/config-key.ts';

type Scalar = string | number | boolean;
/** The value of a key. Texts are written in quotes if DM would read them as something else without. */
export type ConfigValue = Scalar | readonly Scalar[] | ConfigContent | readonly ConfigContent[];
/** Keys with their values, in the order of the file. */
export interface ConfigContent {
  readonly [name: string]: ConfigValue;
}

/** The text of a file. Throws Error for a key that the release does not have. */
export function writeConfig(kind: FileKind, release: Release, content: ConfigContent): string {
  const writer = new Writer(release);
  const head = `# ${KINDS[kind].title} of ${releaseName(release)}\n\n`;
  const root = keyTree(kind, release);
  const lines = KINDS[kind].syntax === 'TOML' ? writer.toml(content, root, '') : writer.yaml(content, root, '');
  return `${head}${lines.join('\n')}\n`;
}

class Writer {
  private readonly release: Release;
  /** The keys that have been explained. A second entry of a list needs no comments. */
  private readonly explained = new Set<string>();

  constructor(release: Release) {
    this.release = release;
  }

  yaml(content: ConfigContent, node: KeyNode, indent: string): string[] {
    return Object.entries(content).flatMap(([name, value], i) => {
      const child = childOf(node, name);
      const isLong = isContent(value) || isContents(value);
      const space = isLong && indent === '' && i > 0 ? [''] : [];
      return [...space, ...this.comment(child, node, indent), ...this.yamlEntry(yamlText(name), value, child, indent)];
    });
  }

  private yamlEntry(name: string, value: ConfigValue, node: KeyNode, indent: string): string[] {
    if (isContents(value)) {
      const items = value.flatMap((item) => {
        const lines = this.yaml(item, itemOf(node), `${indent}    `);
        const first = lines.findIndex((line) => !line.trimStart().startsWith('#'));
        return lines.map((line, i) => (i > first ? line : `${indent}  ${i === first ? '- ' : ''}${line.trimStart()}`));
      });
      return [`${indent}${name}:`, ...items];
    }
    if (isContent(value)) return [`${indent}${name}:`, ...this.yaml(value, node, `${indent}  `)];
    return [`${indent}${name}: ${isList(value) ? `[${value.map(yamlScalar).join(', ')}]` : yamlScalar(value)}`];
  }

  /** Tables come last: what follows the name of a table belongs to it. */
  toml(content: ConfigContent, node: KeyNode, table: string): string[] {
    const entries = Object.entries(content);
    const own = entries.flatMap(([name, value]) => {
      if (isContent(value) || isContents(value)) return [];
      const child = childOf(node, name);
      return [...this.comment(child, node, ''), `${name} = ${isList(value) ? `[${value.map(tomlScalar).join(', ')}]` : tomlScalar(value)}`];
    });
    const tables = entries.flatMap(([name, value]) => {
      const child = childOf(node, name);
      const path = table === '' ? name : `${table}.${name}`;
      const comment = isContent(value) || isContents(value) ? ['', ...this.comment(child, node, '')] : [];
      if (isContents(value)) {
        return value.flatMap((item, i) => [...(i === 0 ? comment : ['']), `[[${path}]]`, ...this.toml(item, itemOf(child), path)]);
      }
      return isContent(value) ? [...comment, `[${path}]`, ...this.toml(value, child, path)] : [];
    });
    return [...own, ...tables];
  }

  private comment(child: KeyNode, parent: KeyNode, indent: string): string[] {
    const { key } = child;
    if (parent.key.type === 'named' || this.explained.has(key.path)) return [];
    this.explained.add(key.path);
    const values = valuesOf(key, this.release);
    const initial = defaultOf(key, this.release);
    const parts = [
      key.summary,
      ...(values && values.length <= MAX_VALUES ? [`Values: ${values.join(', ')}`] : []),
      ...(initial === undefined ? [] : [`Default: ${initial}`]),
    ];
    return [`${indent}# ${parts.join('. ')}`];
  }
}

/** More values than these would make a long line. */
const MAX_VALUES = 8;

function childOf(node: KeyNode, name: string): KeyNode {
  const found = node.key.type === 'named' ? node.item : node.children.get(name);
  if (!found) throw new Error(`${node.key.path || 'the file'} has no key ${name}`);
  return found;
}

function itemOf(node: KeyNode): KeyNode {
  if (!node.item) throw new Error(`${node.key.path} is not a list`);
  return node.item;
}

const isList = (value: ConfigValue): value is readonly Scalar[] => Array.isArray(value);
const isContent = (value: ConfigValue): value is ConfigContent => typeof value === 'object' && !Array.isArray(value);
const isContents = (value: ConfigValue): value is readonly ConfigContent[] =>
  Array.isArray(value) && value.length > 0 && typeof value[0] === 'object';

/** Words that YAML 1.1 reads as booleans or as nothing. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const PLAIN = /^[A-Za-z_][\w./-]*$|^\.\/[\w./-]*$/;

const yamlScalar = (value: Scalar): string => (typeof value === 'string' ? yamlText(value) : String(value));
const yamlText = (text: string): string => (PLAIN.test(text) && !WORDS.test(text) ? text : quoted(text));

/** TOML distinguishes 10.0 from 10, but no key of this program's files needs a whole number as a float. */
const tomlScalar = (value: Scalar): string => (typeof value === 'string' ? quoted(value) : String(value));

/** A text in double quotes, as YAML and TOML read it. Both have the escapes of JSON, and require them for more characters. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
