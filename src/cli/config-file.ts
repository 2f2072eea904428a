// The TOML file of -config.

import { StartError } from '../core/errors.ts';
import type { IO } from '../core/io.ts';
import { goQuote } from '../text/quote.ts';
import { fileError } from '../text/system-error.ts';
import { decodeUtf8 } from '../text/utf8.ts';

/** The keys that the file may have; they match without regard to case, as in the original. */
const KEYS = ['master-addr', 'rpc-timeout'] as const;
const SWITCHES = ['confirm', 'read-only'] as const;

const CONTENT = 'The file of -config is TOML with the keys master-addr and rpc-timeout (texts), confirm and read-only (true or false).\n';

export type FileSettings = Partial<Record<(typeof KEYS)[number], string> & Record<(typeof SWITCHES)[number], boolean>>;

/** The settings of the file, and the keys that mean nothing. Throws StartError. */
export async function readConfigFile(io: Pick<IO, 'readFile'>, path: string): Promise<{ settings: FileSettings; unknown: string[] }> {
  const text = await textOf(io, path);
  // The one text that the record has for a file with a byte order mark.
  if (text.startsWith('\ufeff'))
    throw new StartError(
      "Near line 0 (last key parsed ''): bare keys cannot contain '\\ufeff'",
      'Save the file without a byte order mark.\n',
    );
  const { readToml } = await import('../text/toml.ts');
  let table: Record<string, unknown>;
  try {
    table = readToml(text);
  } catch (e) {
    throw new StartError(`config file ${path}: ${(e as Error).message}`, CONTENT);
  }
  const settings: FileSettings = {};
  const unknown: string[] = [];
  for (const [key, value] of Object.entries(table)) {
    const name = KEYS.find((k) => k === key.toLowerCase());
    const turned = SWITCHES.find((k) => k === key.toLowerCase());
    if (turned) {
      if (typeof value !== 'boolean') throw new StartError(`config file ${path}: ${key} must be true or false`);
      settings[turned] = value;
      continue;
    }
    if (!name) unknown.push(key);
    else if (typeof value !== 'string')
      throw new StartError(`config file ${path}: ${key} must be a text, such as ${key} = ${example(name, value)}`);
    else settings[name] = value;
  }
  return { settings, unknown };
}

function example(name: string, value: unknown): string {
  return name === 'rpc-timeout' && typeof value === 'number' ? goQuote(`${value}s`) : '"127.0.0.1:8261"';
}

async function textOf(io: Pick<IO, 'readFile'>, path: string): Promise<string> {
  try {
    return decodeUtf8(await io.readFile(path));
  } catch (e) {
    throw new StartError(fileError(e, path), CONTENT);
  }
}
