// Everything that is generated from the table of settings matches it, and one more entry is enough for a new setting.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OTHER_FLAGS, PROGRAM_FLAGS, programFlags, programUsage } from '../../src/args/program-flags.ts';
import { settingTopics } from '../../src/builtins/setting-topics.ts';
import { bareArgs } from '../../src/command/flags.ts';
import { parseColor } from '../../src/command/output-format.ts';
import { DEFAULT_RUN_OPTIONS } from '../../src/command/run-options.ts';
import { contextAt } from '../../src/completion/engine/context.ts';
import { optionsForLine } from '../../src/config/line-options.ts';
import { resolveSettings } from '../../src/config/resolve.ts';
import { into, type Setting, setting } from '../../src/config/setting.ts';
import { fileSettings, lineFlags, setArguments, settableSettings } from '../../src/config/setting-lists.ts';
import { SETTINGS } from '../../src/config/settings.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { groff, manPage } from '../../tools/man-page.mjs';
import { between, runProgram, type World, withMaster } from '../harness/run.ts';

const FILE = '/home/me/.config/dmctl/config.toml';
const HOME = { HOME: '/home/me' };

const page = (settings: readonly Setting[]): string =>
  manPage({ version: '1', commands: [], builtins: [], global: [], program: programFlags(settings), settings });

/** A valid text for the setting. */
const goodText = ({ values, example, unit, kind, default: fallback }: Setting): string => {
  if (kind === 'switch') return 'true';
  if (unit) return `7${unit}`;
  if (typeof values === 'object') return values.oneOf.find((text) => text !== 'auto') ?? '';
  return example ?? (fallback || 'text');
};

/** A line of the file that sets it. */
const fileLine = (s: Setting): string => {
  const text = s.kind === 'switch' ? 'true' : JSON.stringify(goodText(s));
  return `${s.name} = ${s.list ? `[${text}]` : text}\n`;
};

describe('every setting', () => {
  test('is a flag of the program, and every other flag is listed as not being a setting', () => {
    const named = [...SETTINGS, ...OTHER_FLAGS].map((s) => s.name);
    assert.deepEqual(PROGRAM_FLAGS.map((f) => f.name).sort(), named.sort());
  });

  test('is a key of the file and a row of config show with the value of the file, unless it is for a single line', async () => {
    const file = fileSettings(SETTINGS).map(fileLine).join('');
    const { stdout, stderr } = await runProgram(['-output', 'json', 'config', 'show'], { env: HOME, files: { [FILE]: file } });
    assert.equal(stderr, '');
    const rows = (JSON.parse(stdout) as { name: string; value: string }[]).map(({ name, value }) => `${name} ${value}`);
    const wanted = fileSettings(SETTINGS).map((s) => `${s.name} ${s.name === 'output' ? 'json' : goodText(s)}`);
    assert.deepEqual(rows, ['profile ', ...wanted]);
    for (const { name, kind } of SETTINGS.filter((s) => !fileSettings(SETTINGS).includes(s))) {
      const world = { env: HOME, files: { [FILE]: `${name} = ${kind === 'switch' ? 'true' : '"x"'}\n` } };
      assert.match((await runProgram(['config', 'show'], world)).stderr, new RegExp(`the unknown key "${name}" is ignored`));
    }
  });

  test('is in the help topics and in the man page, with its environment variable', async () => {
    const topic = (await runProgram(['help', 'config-file'], { columns: 200, tty: ['stdout'] })).stdout;
    const output = (await runProgram(['help', 'output'])).stdout;
    for (const { name, summary, env, flag, flagOnly } of SETTINGS as readonly Setting[]) {
      if (!flagOnly) assert.match(topic, new RegExp(`\\n  ${name} +${summary.replace(/[.*+?()]/g, '\\$&')}\\n`), name);
      if (flag.everyLine) assert.match(output, new RegExp(`\\n  --${name} +`), name);
      assert.ok(page(SETTINGS).includes(`\\fB${groff(`-${name}`)}\\fR`), name);
      if (!flagOnly) assert.ok(page(SETTINGS).includes(`.TP\n\\fB${groff(name)}\\fR`), name);
      if (env) assert.ok(page(SETTINGS).includes(`.TP\n\\fB${env}\\fR`), env);
    }
  });

  test('that set can change is listed in its help, accepted by it, and shown by config show', async () => {
    const listed = (await runProgram([], { env: { DM_MASTER_ADDR: 'h:1' }, stdin: 'help set\n' })).stdout;
    for (const s of settableSettings(SETTINGS)) {
      assert.match(listed, new RegExp(`until the shell ends: .*${s.name}`));
      const stdin = `set ${s.name} ${goodText(s)}\nconfig show --output json\n`;
      const { stdout, stderr } = await runProgram(['-master-addr', 'h:1'], { stdin });
      assert.equal(stderr, '', s.name);
      const rows = JSON.parse(between(stdout)) as { name: string; value: string; from: string }[];
      assert.deepEqual(
        rows.find((r) => r.name === s.name),
        { name: s.name, value: goodText(s), from: 'set' },
      );
    }
  });
});

test('config show prints booleans one way, wherever they came from', async () => {
  const values = async (argv: readonly string[], world: World): Promise<unknown[]> => {
    const { stdout } = await runProgram([...argv, '-output', 'json', 'config', 'show'], world);
    const rows = JSON.parse(stdout) as { name: string; value: string }[];
    return ['read-only', 'quiet'].map((name) => rows.find((r) => r.name === name)?.value);
  };
  assert.deepEqual(await values([], { env: HOME, files: { [FILE]: 'read-only = true\n' } }), ['true', 'false']);
  assert.deepEqual(await values(['-read-only=1', '-quiet=T'], { env: HOME }), ['true', 'true']);
  const stdin = 'set quiet on\nset read-only no\nconfig show --output json\n';
  const { stdout } = await runProgram(['-master-addr', 'h:1'], { stdin });
  const rows = JSON.parse(between(stdout)) as { name: string; value: string; from: string }[];
  const set = rows.filter((r) => r.from === 'set').map((r) => `${r.name} ${r.value}`);
  assert.deepEqual(set, ['read-only false', 'quiet true']);
});

describe('one more entry in the table', () => {
  const parseSize = (text: string): number => {
    if (!/^\d+MB$/.test(text)) throw new Error(`invalid size ${text}`);
    return Number(text.slice(0, -2)) * 1e6;
  };
  const added = setting({
    name: 'max-size',
    kind: 'text',
    summary: 'how long an answer may be',
    parse: parseSize,
    default: '5MB',
    flag: { usage: 'how many bytes an answer may have', everyLine: true },
    values: { oneOf: ['5MB', '50MB'] },
    env: 'DMCTL_MAX_SIZE',
    options: into('rpcTimeoutMs'), // any option that is a number
    settable: true,
    fix: 'Write a number and MB.\n',
    unit: 'MB',
  });
  const settings: readonly Setting[] = [...SETTINGS, added];
  const resolve = (flags: Record<string, string>, world: World = {}) => {
    const files = world.files ?? {};
    const silent = { write: async () => {}, isTTY: false, columns: undefined, rows: undefined };
    const io = {
      env: { ...HOME, ...world.env },
      readFile: async (path: string) => Buffer.from((files[path] as string) ?? ''),
      stdout: silent,
      stderr: silent,
    };
    return resolveSettings(new Map(Object.entries(flags)), io, false, settings);
  };

  test('is a flag of the program and of every command, with its values for completion', () => {
    assert.match(programUsage(programFlags(settings)), /\n {2}-max-size string\n {4}\thow many bytes an answer may have\n$/);
    assert.equal(lineFlags(settings).at(-1)?.name, 'max-size');
    const registry = { dialect: v1, builtins: [], topics: [] };
    const { expects, flag } = contextAt(['query-status', '--max-size'], '', { registry, program: programFlags(settings) });
    assert.deepEqual([expects, flag?.values], ['value', { oneOf: ['5MB', '50MB'] }]);
  });

  test('can come from the file, a profile, the environment and the flag, and config show reports which', async () => {
    const files = { [FILE]: 'max-size = "1MB"\n[profiles.big]\nmax-size = "9MB"\n' };
    const last = async (flags: Record<string, string>, env = {}): Promise<readonly [string | undefined, number]> => {
      const { rows, options } = await resolve(flags, { files, env });
      assert.equal(rows.at(-1)?.name, 'max-size');
      return [rows.at(-1)?.from, options.rpcTimeoutMs];
    };
    assert.deepEqual(await last({}), [`file ${FILE}`, 1e6]);
    assert.deepEqual(await last({ profile: 'big' }), ['profile big', 9e6]);
    assert.deepEqual(await last({}, { DMCTL_MAX_SIZE: '2MB' }), ['environment DMCTL_MAX_SIZE', 2e6]);
    assert.deepEqual(await last({ 'max-size': '3MB' }), ['flag', 3e6]);
    const { options } = await resolve({});
    assert.equal(options.rpcTimeoutMs, 5e6);
  });

  test('is rejected with a fix if it is invalid', async () => {
    const refused = { message: `config file ${FILE}: max-size: invalid size 1`, usage: 'Write a number and MB.\n' };
    await assert.rejects(resolve({}, { files: { [FILE]: 'max-size = "1"\n' } }), refused);
    const number = { message: `config file ${FILE}: max-size must be a string, such as max-size = "8MB"` };
    await assert.rejects(resolve({}, { files: { [FILE]: 'max-size = 8\n' } }), number);
  });

  test('is accepted by a line and by set, and described in help and the man page', () => {
    const line = { ...bareArgs([]), common: new Map([['max-size', '4MB']]) };
    assert.equal(optionsForLine(line, DEFAULT_RUN_OPTIONS, settings).rpcTimeoutMs, 4e6);
    const wrong = { ...bareArgs([]), common: new Map([['max-size', 'x']]) };
    assert.throws(() => optionsForLine(wrong, DEFAULT_RUN_OPTIONS, settings), { message: '--max-size: invalid size x' });
    const [names, values] = setArguments(settings).kinds ?? [];
    assert.ok(typeof names === 'object' && 'oneOf' in names && names.oneOf.includes('max-size'));
    assert.ok(typeof values === 'object' && 'after' in values);
    assert.deepEqual(values.after['max-size'], { oneOf: ['5MB', '50MB'] });
    const [output, file] = settingTopics(settings).map((topic) => topic.text);
    assert.match(output ?? '', /\n {2}--max-size +how long an answer may be\n/);
    assert.match(file ?? '', /\n {2}max-size +how long an answer may be\n/);
    for (const text of ['-max-size', 'max-size', 'DMCTL_MAX_SIZE']) assert.ok(page(settings).includes(`\\fB${groff(text)}\\fR`), text);
  });

  test('compiles only with an existing option of the same type', () => {
    // @ts-expect-error no such option
    into('formt');
    // @ts-expect-error a color is not an output format
    setting({ ...added, parse: parseColor, options: into('format') });
  });
});

test('a line can lift the limit of the session', () => {
  const silent = new Promise<undefined>(() => {});
  let calls = 0;
  return withMaster(
    () => {
      calls += 1;
      return calls === 1 ? silent : { message: Buffer.alloc(0) };
    },
    async (master) => {
      const stdin = 'query-status\nquery-status --timeout off\n';
      const { stdout, stderr } = await runProgram(['-master-addr', master.address, '-timeout', '200ms'], { stdin });
      assert.match(stderr, /^timed out after 0.2 s\. /);
      assert.equal(between(stdout).match(/"result": false/g)?.length, 1);
    },
  );
});

test('a line can turn off quiet for itself', () =>
  withMaster(
    () => ({ status: { code: 12, text: 'unknown' } }),
    async (master) => {
      const stdin = 'query-status\nquery-status --quiet=false\n';
      const { stderr } = await runProgram(['-master-addr', master.address, '-quiet'], { stdin });
      assert.equal(stderr.match(/does not implement this call/g)?.length, 1, stderr);
    },
  ));

test('an invalid timeout of a watched command is an error of the line', async () => {
  const { stderr, status } = await runProgram(['-master-addr', 'h:1', 'watch', '--count', '1', 'query-status', '--timeout=x']);
  assert.match(stderr, /invalid duration "x"/);
  assert.equal(status, 2);
});
