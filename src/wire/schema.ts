// The schema of the wire contract as data. The build generates the data from proto/ (see generated/).

export type FieldType = 'string' | 'bool' | 'bytes' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'double' | 'enum' | 'message';

export interface Field {
  readonly name: string;
  readonly number: number;
  readonly type: FieldType;
  /** Name of the message or enum, for these two types. */
  readonly of?: string;
  readonly repeated?: boolean;
  /** The oneof that the field is a member of. */
  readonly oneof?: string;
  /** Marked `optional` in proto3: it is not printed if an answer does not have it. */
  readonly optional?: boolean;
  /** The first release that has it; undefined for all of the generation. */
  readonly since?: string;
}

export interface Method {
  /** The HTTP/2 path, `/pb.Master/<Method>`. */
  readonly path: string;
  readonly request: string;
  readonly response: string;
  /** The first release that has it; undefined for all of the generation. */
  readonly since?: string;
}

export interface Schema {
  /** Fields by message, in declaration order, which is also the order of their numbers. */
  readonly messages: Readonly<Record<string, readonly Field[]>>;
  /** Names by number. */
  readonly enums: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The first release that names a value, by enum and number. Values that are not listed have always had their name. */
  readonly valueReleases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly methods: Readonly<Record<string, Method>>;
}

/** A message type with its references resolved. */
export interface MessageType {
  readonly name: string;
  readonly fields: readonly LinkedField[];
  /** Fields by number. Unused numbers are undefined. */
  readonly byNumber: readonly (LinkedField | undefined)[];
}

export interface LinkedField extends Field {
  /** Index in `fields` of the message. */
  readonly index: number;
  readonly wireType: 0 | 1 | 2;
  readonly message: MessageType | undefined;
  readonly names: Readonly<Record<string, string>> | undefined;
  /** Indexes of the other members of its oneof. */
  readonly rivals: readonly number[];
}

const linked = new WeakMap<Schema, Map<string, MessageType>>();

/** The linked type of a message. Types are linked on first use, since a call needs only its own. */
export function messageType(schema: Schema, name: string): MessageType {
  let types = linked.get(schema);
  if (!types) {
    types = new Map();
    linked.set(schema, types);
  }
  const known = types.get(name);
  if (known) return known;
  const plain = schema.messages[name];
  if (!plain) throw new Error(`the wire contract has no message ${name}`);
  const fields: LinkedField[] = [];
  const byNumber: (LinkedField | undefined)[] = [];
  const type: MessageType = { name, fields, byNumber };
  types.set(name, type);
  for (const [index, field] of plain.entries()) {
    const whole: LinkedField = {
      ...field,
      index,
      wireType: wireTypeOf(field),
      message: field.type === 'message' ? messageType(schema, field.of as string) : undefined,
      names: field.type === 'enum' ? schema.enums[field.of as string] : undefined,
      rivals: field.oneof ? plain.flatMap((f, i) => (f.oneof === field.oneof && i !== index ? [i] : [])) : [],
    };
    fields.push(whole);
    byNumber[field.number] = whole;
  }
  return type;
}

/** How a field is written: as a varint, in eight bytes, or with its length. */
function wireTypeOf({ type }: Field): LinkedField['wireType'] {
  if (type === 'double') return 1;
  return type === 'string' || type === 'bytes' || type === 'message' ? 2 : 0;
}

/**
 * The schema of one release. Newer fields are absent. A field of another patch release of the same minor release is optional,
 * because it is not known for each patch release which fields it has. Newer values have no name, and some messages have another form.
 */
export function schemaAt(schema: Schema, has: (since: string) => boolean): Schema {
  const variants = Object.keys(schema.messages).flatMap((name) => {
    const found = /^(.+)Before(\d+)_(\d+)$/.exec(name);
    return found ? [{ name, base: found[1] as string, until: `${found[2]}.${found[3]}` }] : [];
  });
  // Of several forms, the oldest that applies.
  const older = variants.filter(({ until }) => !has(until)).sort((a, b) => a.until.localeCompare(b.until, 'en', { numeric: true }));
  const messages: Record<string, readonly Field[]> = {};
  for (const [name, fields] of Object.entries(schema.messages)) {
    const form = older.find((v) => v.base === name)?.name;
    const chosen = form ? (schema.messages[form] as readonly Field[]) : fields;
    messages[name] = chosen.flatMap((field) => {
      if (!field.since || has(field.since)) return [field];
      return isPatch(field.since) ? [{ ...field, optional: true }] : [];
    });
  }
  const enums = Object.fromEntries(
    Object.entries(schema.enums).map(([name, values]) => {
      const newer = schema.valueReleases[name] ?? {};
      return [name, Object.fromEntries(Object.entries(values).filter(([number]) => newer[number] === undefined || has(newer[number])))];
    }),
  );
  return { ...schema, messages, enums };
}

/** Whether a release such as 2.0.7 names its patch. */
const isPatch = (since: string): boolean => since.split('.').length === 3;
