// Reads proto/<generation>/*.proto through @grpc/proto-loader and writes src/wire/generated/<generation>.ts: the schema as plain
// data, and the TypeScript types of its messages. The build runs it, so that no .proto is read at run time.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import protoLoader from '@grpc/proto-loader';
import descriptor from 'protobufjs/ext/descriptor/index.js';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const SCALARS = {
  TYPE_STRING: ['string', 'string', 'string'],
  TYPE_BOOL: ['bool', 'boolean', 'boolean'],
  TYPE_BYTES: ['bytes', 'Uint8Array', 'Uint8Array'],
  TYPE_INT32: ['int32', 'number', 'number'],
  TYPE_UINT32: ['uint32', 'number', 'number'],
  TYPE_INT64: ['int64', 'bigint', 'bigint | number'],
  TYPE_UINT64: ['uint64', 'bigint', 'bigint | number'],
  TYPE_DOUBLE: ['double', 'number', 'number'],
};

/** The comments `// since 6.4` or `// until 2.0.0` of a .proto file, by `Message.field` and by method. */
function releasesIn(text, word) {
  const found = new Map();
  let outer = '';
  for (const line of text.split('\n')) {
    outer = /^(?:message|enum) (\w+)/.exec(line)?.[1] ?? outer;
    const release = new RegExp(`// ${word} ([\\d.]+)$`).exec(line)?.[1];
    if (!release) continue;
    const method = /^ *rpc (\w+)/.exec(line)?.[1];
    const field = /(\w+) = \d+;/.exec(line)?.[1];
    found.set(method ?? `${outer}.${field}`, release);
  }
  return found;
}

/** One field as schema data, and its types when decoded and when given. */
function readField(field, oneofs, since, map) {
  const repeated = field.label === 'LABEL_REPEATED';
  const group = field.oneofIndex == null ? undefined : oneofs[field.oneofIndex].name;
  const optional = group === `_${field.name}`; // the form of a proto3 `optional` field
  const oneof = optional ? undefined : group;
  const base = { name: field.name, number: field.number };
  const extras = {
    ...(repeated ? { repeated } : {}),
    ...(map ? { map } : {}),
    ...(oneof ? { oneof } : {}),
    ...(optional ? { optional } : {}),
    ...(since ? { since } : {}),
  };
  const of = field.typeName?.replace(/^.*\./, '');
  const isMessage = field.type === 'TYPE_MESSAGE';
  const scalar = SCALARS[field.type];
  if (!scalar && !isMessage && field.type !== 'TYPE_ENUM') throw new Error(`${field.name}: type ${field.type} is not supported`);
  const [type, full, init] = scalar ?? (isMessage ? ['message', of, `${of}Init`] : ['enum', `${of} | number`, `${of} | number`]);
  const list = (t) => (t.includes(' ') ? `(${t})[]` : `${t}[]`);
  return {
    schema: { ...base, type, ...(scalar ? {} : { of }), ...extras },
    full: repeated ? `${field.name}: ${list(full)}` : `${field.name}${isMessage || oneof || since ? '?' : ''}: ${full}`,
    init: repeated ? `${field.name}?: ${list(init)}` : `${field.name}?: ${init}`,
  };
}

function generate(generation) {
  const folder = path.join(ROOT, 'proto', generation);
  const files = fs.readdirSync(folder).filter((f) => f.endsWith('.proto'));
  const definition = protoLoader.loadSync(files, { includeDirs: [folder], keepCase: true });
  const texts = files.map((f) => fs.readFileSync(path.join(folder, f), 'utf8'));
  const since = new Map(texts.flatMap((text) => [...releasesIn(text, 'since')]));
  const until = new Map(texts.flatMap((text) => [...releasesIn(text, 'until')]));
  const schema = { messages: {}, enums: {}, valueReleases: {}, methods: {} };
  const types = [];
  // The loader's own `type` omits the oneofs. Its file descriptors contain them.
  const packed = new Set(
    Object.values(definition)
      .flatMap((d) => d.fileDescriptorProtos ?? [])
      .map((b) => b.toString('base64')),
  );
  for (const text of packed) {
    const decoded = descriptor.FileDescriptorProto.decode(Buffer.from(text, 'base64'));
    const file = descriptor.FileDescriptorProto.toObject(decoded, { enums: String });
    for (const { name, value } of file.enumType ?? []) {
      schema.enums[name] = Object.fromEntries(value.map((v) => [v.number ?? 0, v.name]));
      const newer = value.flatMap((v) => (since.has(`${name}.${v.name}`) ? [[v.number, since.get(`${name}.${v.name}`)]] : []));
      if (newer.length > 0) schema.valueReleases[name] = Object.fromEntries(newer);
      types.push(`export type ${name} = ${value.map((v) => `'${v.name}'`).join(' | ')};`);
    }
    // The entries of a map are nested messages with a key and a value.
    const all = (file.messageType ?? []).flatMap((m) => [m, ...(m.nestedType ?? [])]);
    const entries = new Set(all.filter((m) => m.options?.mapEntry).map((m) => m.name));
    for (const entry of all.filter((m) => entries.has(m.name))) {
      if (entry.field?.[0]?.type !== 'TYPE_STRING') throw new Error(`${entry.name}: a key that is not a string is not supported`);
    }
    for (const { name, field = [], oneofDecl } of all) {
      const fields = field
        .map((f) => readField(f, oneofDecl, since.get(`${name}.${f.name}`), entries.has(f.typeName?.replace(/^.*\./, ''))))
        .sort((a, b) => a.schema.number - b.schema.number);
      schema.messages[name] = fields.map((f) => f.schema);
      const body = (which) => (fields.length ? `{ ${fields.map((f) => f[which]).join('; ')} }` : 'Record<never, never>');
      types.push(`export type ${name} = ${body('full')};`, `export type ${name}Init = ${body('init')};`);
    }
  }
  for (const service of Object.values(definition).filter((d) => !d.format)) {
    for (const [method, m] of Object.entries(service)) {
      schema.methods[method] = {
        path: m.path,
        request: m.requestType.type.name,
        response: m.responseType.type.name,
        ...(since.has(method) ? { since: since.get(method) } : {}),
        ...(until.has(method) ? { until: until.get(method) } : {}),
      };
    }
  }
  const methods = Object.entries(schema.methods);
  const out = [
    `// Made from proto/${generation} by npm run generate. Do not edit.`,
    "import type { Schema } from '../schema.ts';",
    '',
    ...types,
    '',
    '/** Request (as given) and answer (as decoded) of each method. */',
    `export type Methods = { ${methods.map(([n, m]) => `${n}: { request: ${m.request}Init; response: ${m.response} }`).join('; ')} };`,
    '',
    `export const schema: Schema = ${JSON.stringify(schema)};`,
    '',
  ].join('\n');
  const target = path.join(ROOT, 'src/wire/generated', `${generation}.ts`);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== out) fs.writeFileSync(target, out);
}

for (const generation of fs.readdirSync(path.join(ROOT, 'proto'))) generate(generation);
