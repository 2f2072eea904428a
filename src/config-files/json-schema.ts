// JSON Schemas (draft-07) of configuration files, from the table of keys.

import type { Release } from '../command/release.ts';
import { type FileKind, KINDS, releaseName } from './file-kind.ts';
import { type KeyNode, keyTree } from './key-tree.ts';
import { type ConfigKey, defaultOf, isDeprecated, valuesOf } from './keys/config-key.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

/** The schema of a kind of file in a release. */
export function schemaOf(kind: FileKind, release: Release): JsonSchema {
  const { title, syntax } = KINDS[kind];
  const root = new SchemaBuilder(release, syntax === 'YAML').node(keyTree(kind, release));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `${title.charAt(0).toUpperCase()}${title.slice(1)} of ${releaseName(release)}`,
    ...root,
    description: `Made by dmctl schema ${kind}`,
  };
}

const DURATION = '^[-+]?(?:0|(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|ms|s|m|h))+)$';

class SchemaBuilder {
  private readonly release: Release;
  private readonly isYaml: boolean;

  constructor(release: Release, isYaml: boolean) {
    this.release = release;
    this.isYaml = isYaml;
  }

  node(at: KeyNode): JsonSchema {
    const { key } = at;
    const value = defaultOf(key, this.release);
    return {
      ...this.shape(at),
      description: key.summary,
      ...(value !== undefined && { default: value }),
      ...(isDeprecated(key, this.release) && { deprecated: true, deprecationMessage: key.deprecated?.advice }),
    };
  }

  /** A type. Null means that a key is left out, which is not possible for required ones. */
  private type(key: ConfigKey, ...types: readonly string[]): JsonSchema {
    const all = this.isYaml && !key.required && key.path !== '' ? [...types, 'null'] : types;
    return { type: all.length === 1 ? all[0] : all };
  }

  private shape(at: KeyNode): JsonSchema {
    const { key, children, item } = at;
    switch (key.type) {
      case 'block':
        return {
          ...this.type(key, 'object'),
          properties: Object.fromEntries([...children].map(([name, child]) => [name, this.node(child)])),
          additionalProperties: false,
          ...requiredOf(children),
        };
      case 'named':
        return { ...this.type(key, 'object'), additionalProperties: item ? this.node(item) : true };
      case 'list':
        return { ...this.type(key, 'array'), ...(item && { items: this.item(item, key) }), ...(key.required && { minItems: 1 }) };
      default:
        return this.scalar(key);
    }
  }

  private item(item: KeyNode, { values, anyCase }: ConfigKey): JsonSchema {
    return this.node({ ...item, key: { ...item.key, ...(values && { values }), ...(anyCase && { anyCase }) } });
  }

  private scalar(key: ConfigKey): JsonSchema {
    switch (key.type) {
      case 'int':
        return this.type(key, 'integer');
      case 'uint32':
        return { ...this.type(key, 'integer'), minimum: 0, maximum: 4294967295 };
      case 'uint64':
        return { ...this.type(key, 'integer'), minimum: 0 };
      case 'float':
        return this.type(key, 'number');
      case 'bool':
        return this.type(key, 'boolean');
      case 'duration':
        return { ...this.type(key, 'string'), pattern: DURATION };
      case 'text':
        return this.text(key);
      default:
        return {};
    }
  }

  private text(key: ConfigKey): JsonSchema {
    const accepted = valuesOf(key, this.release);
    if (accepted) {
      const listed = { enum: key.required || !this.isYaml ? accepted : [...accepted, '', null] };
      return key.anyCase ? { anyOf: [listed, { type: 'string', pattern: anyCasePattern(accepted) }] } : listed;
    }
    // YAML takes numbers and booleans without quotes as text here.
    const text = this.isYaml ? this.type(key, 'string', 'number', 'boolean') : this.type(key, 'string');
    return key.required ? { ...text, minLength: 1 } : text;
  }
}

function requiredOf(children: KeyNode['children']): JsonSchema {
  const names = [...children].filter(([, child]) => child.key.required).map(([name]) => name);
  // A master file may still use the old name of source-id.
  const isOptional = children.has('mysql-instance');
  return names.length === 0 || isOptional ? {} : { required: names };
}

/** A pattern for values whose case does not matter. JSON Schema has no flag for that. */
function anyCasePattern(accepted: readonly string[]): string {
  const one = (text: string): string => text.replace(/[a-z]/gi, (c) => `[${c.toUpperCase()}${c.toLowerCase()}]`).replaceAll('&', '\\&');
  return `^(?:${accepted.map(one).join('|')})$`;
}
