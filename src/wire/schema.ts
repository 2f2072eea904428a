// The schema of the wire contract as data. The build generates the data from proto/ (see generated/).

export type FieldType = 'string' | 'bool' | 'bytes' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'enum' | 'message';

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
}

export interface Method {
  /** The HTTP/2 path, `/pb.Master/<Method>`. */
  readonly path: string;
  readonly request: string;
  readonly response: string;
}

export interface Schema {
  /** Fields by message, in declaration order, which is also the order of their numbers. */
  readonly messages: Readonly<Record<string, readonly Field[]>>;
  /** Names by number. */
  readonly enums: Readonly<Record<string, Readonly<Record<string, string>>>>;
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
  readonly wireType: 0 | 2;
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
      wireType: field.type === 'string' || field.type === 'bytes' || field.type === 'message' ? 2 : 0,
      message: field.type === 'message' ? messageType(schema, field.of as string) : undefined,
      names: field.type === 'enum' ? schema.enums[field.of as string] : undefined,
      rivals: field.oneof ? plain.flatMap((f, i) => (f.oneof === field.oneof && i !== index ? [i] : [])) : [],
    };
    fields.push(whole);
    byNumber[field.number] = whole;
  }
  return type;
}
