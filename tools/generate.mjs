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

/** The releases in the comments `// since 6.4` of a .proto file, by `Message.field` and by method. */
function releasesIn(text) {
  const found = new Map();
  let outer = '';
  for (const line of text.split('\n')) {
    outer = /^(?:message|enum) (\w+)/.exec(line)?.[1] ?? outer;
    const since = /\/\/ since ([\d.]+)$/.exec(line)?.[1];
    if (!since) continue;
    const method = /^ *rpc (\w+)/.exec(line)?.[1];
    const field = /(\w+) = \d+;/.exec(line)?.[1];
    found.set(method ?? `${outer}.${field}`, since);
  }
  return found;
}

/** One field as schema data, and its types when decoded and when given. */
function readField(field, oneofs, since) {
  const repeated = field.label === 'LABEL_REPEATED';
  const group = field.oneofIndex == null ? undefined : oneofs[field.oneofIndex].name;
  const optional = group === `_${field.name}`; // the form of a proto3 `optional` field
  const oneof = optional ? undefined : group;
  const base = { name: field.name, number: field.number };
  const extras = {
    ...(repeated ? { repeated } : {}),
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
    full: repeated ? `${field.name}: ${list(full)}` : isMessage || oneof ? `${field.name}?: ${full}` : `${field.name}: ${full}`,
    init: repeated ? `${field.name}?: ${list(init)}` : `${field.name}?: ${init}`,
  };
}

function generate(generation) {
  const folder = path.join(ROOT, 'proto', generation);
  const files = fs.readdirSync(folder).filter((f) => f.endsWith('.proto'));
  const definition = protoLoader.loadSync(files, { includeDirs: [folder], keepCase: true });
  const since = new Map(files.flatMap((f) => [...releasesIn(fs.readFileSync(path.join(folder, f), 'utf8'))]));
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
    // The entries of a map are messages with a key and a value.
    const all = (file.messageType ?? []).flatMap((m) => [m, ...(m.nestedType ?? [])]);
    for (const { name, field = [], oneofDecl } of all) {
      const fields = field
        .map((f) => readField(f, oneofDecl, since.get(`${name}.${f.name}`)))
        .sort((a, b) => a.schema.number - b.schema.number);
      schema.messages[name] = fields.map((f) => f.schema);
      const body = (which) => (fields.length ? `{ ${fields.map((f) => f[which]).join('; ')} }` : 'Record<never, never>');
      types.push(`export type ${name} = ${body('full')};`, `export type ${name}Init = ${body('init')};`);
    }
  }
  for (const service of Object.values(definition).filter((d) => !d.format)) {
    for (const [method, m] of Object.entries(service)) {
      const release = since.get(method);
      schema.methods[method] = {
        path: m.path,
        request: m.requestType.type.name,
        response: m.responseType.type.name,
        ...(release ? { since: release } : {}),
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
