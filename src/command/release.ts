// Releases of DM: which one a master reports, and whether it has a command, a flag or a field.

/** A release of DM. */
export interface Release {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** The release as the master reports it, such as `v8.1.0-alpha`; empty if it was concluded from what the master supports. */
  readonly text: string;
}

/** Releases with a common protocol: DM 1.0, and DM 2.0 and later. */
export type Generation = 'v1' | 'v2';

/** What is known about a master. */
export interface MasterIdentity {
  readonly generation: Generation;
  /** Undefined if it is unknown. It then counts as the newest one. */
  readonly release: Release | undefined;
}

/** Reads a release such as `v8.1.0-alpha-12-gabc`. Undefined for a development build, which reports a word. */
export function parseRelease(text: string): Release | undefined {
  const found = /^v?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?(?![\d.])/.exec(text);
  if (!found) return undefined;
  const [major = 0, minor = 0, patch = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return major === 0 ? undefined : { major, minor, patch, text };
}

/** Whether a release is the given one or later. An unknown release counts as the newest. */
export function atLeast(release: Release | undefined, least: string): boolean {
  if (!release) return true;
  const [major = 0, minor = 0, patch = 0] = least.split('.').map(Number);
  return (release.major - major || release.minor - minor || release.patch - patch) >= 0;
}

/** The generation of a release. */
export function generationOf({ major }: Release): Generation {
  return major === 1 ? 'v1' : 'v2';
}

/** The name of a generation in messages. */
export function generationName(generation: Generation): string {
  return generation === 'v1' ? 'DM 1.0' : 'DM 2.0 or later';
}
