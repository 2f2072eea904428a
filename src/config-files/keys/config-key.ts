// What a key of a configuration file is: one declaration feeds lint, the JSON Schemas and the documentation.

import { atLeast, type Release } from '../../command/release.ts';

/** The type of a value. */
export type KeyType =
  | 'text'
  | 'int'
  | 'uint32'
  | 'uint64'
  | 'float'
  | 'bool'
  /** A duration as Go writes it, which the decoder reads. */
  | 'duration'
  /** A mapping of declared keys. */
  | 'block'
  /** A mapping of names that the user chooses. All values have the type `items`. */
  | 'named'
  /** A list. All entries have the type `items`. */
  | 'list'
  | 'any';

/** Releases: from `since` up to and including `until`. A release without a patch number stands for all of its patches in `until`. */
export interface Releases {
  /** The first release; several if older lines got it in a patch. The last one is the first of all later releases. */
  readonly since?: string | readonly string[];
  /** The last release. */
  readonly until?: string;
}

/** A value that a key accepts. */
export interface KeyValue extends Releases {
  readonly value: string;
}

/** A default that changed between releases. The last one whose `since` has been reached counts. */
export type Default = string | number | boolean | readonly { readonly since?: string; readonly value: string | number | boolean }[];

export interface ConfigKey extends Releases {
  /** Such as `mysql-instances[].meta.binlog-name`. `[]` is an entry of a list, `*` a name that the user chooses. */
  readonly path: string;
  readonly type: KeyType;
  /** The type of the values of `named` and `list`. */
  readonly items?: Exclude<KeyType, 'named' | 'list'>;
  /** One line, without a full stop. */
  readonly summary: string;
  readonly default?: Default;
  /** It must be present and not empty. */
  readonly required?: boolean;
  /** The error code of a master for a missing or empty value of a required key. Without one, a rule of lint checks it. */
  readonly missingCode?: string;
  /** The accepted values of a text, or of the entries of a list. */
  readonly values?: readonly KeyValue[];
  /** Upper and lower case of values are equal. */
  readonly anyCase?: boolean;
  /** The error code of a master for any other value. Without one, a rule of lint checks it. */
  readonly valueCode?: string;
  /** It works no longer or is replaced: since when, and what to do instead. */
  readonly deprecated?: { readonly since?: string; readonly advice: string };
  /** It contains a password. */
  readonly secret?: boolean;
}

/** Whether a release has something. */
export function has(release: Release, { since, until }: Releases): boolean {
  return isSince(release, since) && isUntil(release, until);
}

function isSince(release: Release, since: Releases['since']): boolean {
  if (since === undefined) return true;
  if (typeof since === 'string') return atLeast(release, since);
  const last = since.at(-1) as string;
  return atLeast(release, last) || since.some((s) => atLeast(release, s) && sameLine(release, s));
}

const sameLine = ({ major, minor }: Release, text: string): boolean => text.split('.').slice(0, 2).join('.') === `${major}.${minor}`;

function isUntil({ major, minor, patch }: Release, until: string | undefined): boolean {
  if (until === undefined) return true;
  const [lastMajor = 0, lastMinor = 0, lastPatch = Number.POSITIVE_INFINITY] = until.split('.').map(Number);
  return (major - lastMajor || minor - lastMinor || patch - lastPatch) <= 0;
}

/** The default of a key in a release; undefined if it has none. */
export function defaultOf({ default: value }: ConfigKey, release: Release): string | number | boolean | undefined {
  if (typeof value !== 'object') return value;
  return value.findLast(({ since }) => isSince(release, since))?.value;
}

/** The values that a key accepts in a release; undefined if it accepts any. */
export function valuesOf({ values }: ConfigKey, release: Release): readonly string[] | undefined {
  return values?.filter((v) => has(release, v)).map((v) => v.value);
}

/** Whether a key is deprecated in a release. */
export function isDeprecated({ deprecated }: ConfigKey, release: Release): boolean {
  return deprecated !== undefined && isSince(release, deprecated.since);
}

/** The releases in words: `since 6.2`, `from 6.0 to 6.1`, `until 1.0.7`. Empty for all. */
export function releasesText({ since, until }: Releases): string {
  const first = typeof since === 'string' || since === undefined ? since : since.join(' and ');
  if (first !== undefined && until !== undefined) return first === until ? `only in ${until}` : `from ${first} to ${until}`;
  if (first !== undefined) return `since ${first}`;
  return until === undefined ? '' : `until ${until}`;
}

type Details = Omit<ConfigKey, 'path' | 'type' | 'summary'>;

/** Declares a key. */
export function key(path: string, type: KeyType, summary: string, details: Details = {}): ConfigKey {
  return { path, type, summary, ...details };
}

/** Values without releases. */
export const values = (...list: string[]): readonly KeyValue[] => list.map((value) => ({ value }));

/** Values that came in a release. */
export const valuesSince = (since: string, ...list: string[]): readonly KeyValue[] => list.map((value) => ({ value, since }));
