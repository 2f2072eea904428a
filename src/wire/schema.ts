// The schema of the wire contract as data. The build generates the data from proto/ (see generated/).

export type FieldType = 'string' | 'bool' | 'bytes' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'double' | 'enum' | 'message';

export interface Field {
  readonly name: string;
  readonly number: number;
  readonly type: FieldType;
  /** Name of the message or enum, for these two types. */
  readonly of?: string;
  readonly repeated?: boolean;
  /** A map with string keys. It is sent as a list of entries, messages with a `key` and a `value`, and printed as an object. */
  readonly map?: boolean;
  /** The oneof that the field is a member of. */
  readonly oneof?: string;
  /**
   * Some masters do not have it, so an answer without it has no default for it. Marked `optional` in the .proto file, or of a later
   * patch release.
   */
  readonly optional?: boolean;
  /** Newer than the release of the schema: answers do not have it, and requests must not. */
  readonly newer?: boolean;
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
  /** The last release that has it. */
  readonly until?: string;
}

export interface Schema {
  /** Fields by message, in declaration order, which is also the order of their numbers. */
  readonly messages: Readonly<Record<string, readonly Field[]>>;
  /** Names by number. */
  readonly enums: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The first release that has a value, by enum and number. Values that are not listed have always existed. */
  readonly valueReleases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Numbers by enum that are newer than the release of the schema. Answers do not name them, requests must not have them. */
  readonly newerValues?: Readonly<Record<string, readonly number[]>>;
  readonly methods: Readonly<Record<string, Method>>;
}

/** A message type with its references resolved. */
export interface MessageType {
  readonly name: string;
  readonly fields: readonly LinkedField[];
  /** Fields by number. Unused numbers and newer fields are undefined. */
  readonly byNumber: readonly (LinkedField | undefined)[];
}

export interface LinkedField extends Field {
  /** Index in `fields` of the message. */
  readonly index: number;
  readonly wireType: 0 | 1 | 2;
  readonly message: MessageType | undefined;
  /** Names by number of the values of its enum. */
  readonly names: Readonly<Record<string, string>> | undefined;
  /** The same of values that are newer than the release of the schema. */
  readonly newerNames: Readonly<Record<string, string>>;
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
      names: field.type === 'enum' ? namesIn(schema, field.of as string, false) : undefined,
      newerNames: field.type === 'enum' ? namesIn(schema, field.of as string, true) : {},
      rivals: field.oneof ? plain.flatMap((f, i) => (f.oneof === field.oneof && i !== index ? [i] : [])) : [],
    };
    fields.push(whole);
    if (!field.newer) byNumber[field.number] = whole;
  }
  return type;
}

/** The names by number of an enum: of the values that are newer than the release of the schema, or of the others. */
function namesIn(schema: Schema, name: string, newer: boolean): Readonly<Record<string, string>> {
  const values = schema.newerValues?.[name] ?? [];
  return Object.fromEntries(Object.entries(schema.enums[name] ?? {}).filter(([number]) => values.includes(Number(number)) === newer));
}

/** How a field is written: as a varint, in eight bytes, or with its length. */
function wireTypeOf({ type }: Field): LinkedField['wireType'] {
  if (type === 'double') return 1;
  return type === 'string' || type === 'bytes' || type === 'message' ? 2 : 0;
}

/**
 * The schema of one release. Some messages have another form in it. Fields and values that are newer than the release are skipped in
 * answers, as the client of that release does, and a request that has one is an error.
 * @param has whether the release is at least the given one
 */
export function schemaAt(schema: Schema, has: (since: string) => boolean): Schema {
  const forms = olderForms(schema, has);
  const messages = Object.entries(schema.messages).map(([name, newest]) => {
    const fields = schema.messages[forms.get(name) ?? name] ?? newest;
    // A newer field was never sent in the older form of its message.
    const readable = fields.filter((field) => isIn(field, has) || !forms.has(field.of ?? ''));
    return [name, readable.map((field) => (isIn(field, has) ? field : asNewer(field)))];
  });
  const newerValues = Object.entries(schema.valueReleases).map(([name, releases]) => {
    const newer = Object.entries(releases).filter(([, since]) => !has(since) && !isPatch(since));
    return [name, newer.map(([number]) => Number(number))];
  });
  return { ...schema, messages: Object.fromEntries(messages), newerValues: Object.fromEntries(newerValues) };
}

/** The messages with another form in a release, which is named after the first release without it, such as `MessageBefore6_1`. */
function olderForms(schema: Schema, has: (since: string) => boolean): ReadonlyMap<string, string> {
  const found = Object.keys(schema.messages).flatMap((name) => {
    const [, base = '', major, minor] = /^(.+)Before(\d+)_(\d+)$/.exec(name) ?? [];
    const until = `${major}.${minor}`;
    return base && !has(until) ? [{ name, base, until }] : [];
  });
  // Of several forms the oldest one applies, so it is set last.
  found.sort((a, b) => b.until.localeCompare(a.until, 'en', { numeric: true }));
  return new Map(found.map(({ name, base }) => [base, name]));
}

const isIn = ({ since }: Field, has: (since: string) => boolean): boolean => since === undefined || has(since);

/**
 * A field that the release does not have. Requests may have a field of a later patch release, such as 2.0.7, because not every patch
 * release was examined, and a master skips a field that it does not have.
 */
function asNewer(field: Field): Field {
  return { ...field, optional: true, ...(isPatch(field.since) ? {} : { newer: true }) };
}

/** Whether a release is named with its patch number. */
const isPatch = (since: string | undefined): boolean => since?.split('.').length === 3;
