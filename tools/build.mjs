// Builds dist/: the bundled program in chunks, each loaded where it is first needed.
//   node tools/build.mjs            once
//   node tools/build.mjs --watch    again after every change

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { queryStatusAnswer } from '../bench/answers.mjs';
import { writeLicenses } from './licenses.mjs';
import { writeManPage } from './man.mjs';
import { startScriptedMaster } from './scripted-master.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DIST = path.join(ROOT, 'dist');

function git(...args) {
  try {
    return execFileSync('git', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return 'unknown';
  }
}

function buildInfo() {
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const time = new Date().toISOString().replace('T', ' ').slice(0, 19);
  // A container is built without the repository, so its build gets both as arguments.
  const hash = process.env.GIT_COMMIT || git('rev-parse', 'HEAD');
  const branch = process.env.GIT_BRANCH || git('rev-parse', '--abbrev-ref', 'HEAD');
  return { version: `v${version}`, hash, branch, time };
}

/**
 * Replacements for modules of grpc-js that no call reaches, so that a call does not load them: the end of their paths, and
 * their exports.
 */
const STAND_INS = [
  // The result of the option `grpc.enable_http_proxy: 0`, which every channel sets.
  [
    '/http_proxy',
    'exports.mapProxyName = (target) => ({ target, extraOptions: {} }); exports.getProxiedConnection = () => Promise.resolve(null);',
  ],
  // src/rpc/plain-messages.ts installs its own filter instead. The original loads node:zlib.
  ['/compression-filter', ''],
  // Reads the .proto files of services that inspect a server. Our servers do not offer them.
  ['@grpc/proto-loader', 'exports.loadSync = () => { throw new Error("left out of this build"); };'],
];

const standIns = {
  name: 'stand-ins',
  setup(build) {
    const namespace = 'stand-in';
    build.onResolve({ filter: /\/(http_proxy|compression-filter|proto-loader)(\.js)?$/ }, ({ path: id }) => ({
      path: STAND_INS.find(([end]) => id.replace(/\.js$/, '').endsWith(end))[0],
      namespace,
    }));
    build.onLoad({ filter: /./, namespace }, ({ path: id }) => ({ contents: STAND_INS.find(([end]) => end === id)[1], loader: 'js' }));
  },
};

/** The build options for every target. */
export function options() {
  return {
    absWorkingDir: ROOT,
    entryPoints: ['src/main.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    define: { BUILD: JSON.stringify(buildInfo()) },
    plugins: [standIns],
    // Keeps names, so that a trace under DMCTL_DEBUG is readable. Other ways to keep them cost time at run time.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  };
}

const CJS = { format: 'cjs', platform: 'node', target: 'node20.19', minifyWhitespace: true, supported: { 'dynamic-import': false } };

/** The module's name in the built program. */
const nameOf = (file) => path.basename(file, '.js');

/** All chunks that a chunk imports statically, itself included. */
function closure(file, outputs) {
  const found = new Set([file]);
  for (const at of found) {
    for (const { path: to, kind } of outputs[at].imports) if (kind === 'import-statement' && outputs[to]) found.add(to);
  }
  return found;
}

/** The modules on the paths that must be fast, in the order in which a run loads them. */
const WAYS = [
  'src/main.ts',
  'src/app/execute.ts',
  'src/wire/generated/v1.ts',
  'src/rpc/caller.ts',
  'src/output/style.ts',
  'src/repl/loop.ts',
  'src/output/formats.ts',
  'src/dialects/v1/presenters/index.ts',
  'src/app/interactive.ts',
];

/**
 * Puts chunks that are loaded together into one group, so that a start reads few files. First come the chunks that each of
 * WAYS needs and the previous ones do not, then the rest by the set of entries that need it. Returns the group of each chunk.
 */
function groupsOf(outputs) {
  const files = Object.keys(outputs);
  const ways = WAYS.map((entry) => files.find((f) => outputs[f].entryPoint === entry)).map((file) => ({
    file,
    needs: closure(file, outputs),
  }));
  const entries = files.filter((f) => outputs[f].entryPoint && f !== ways[0].file);
  const groups = new Map();
  for (const file of files) {
    const way = ways.find(({ needs }) => needs.has(file));
    const needed = way ? [way.file] : entries.filter((e) => closure(e, outputs).has(file));
    groups.set(file, needed.map((f) => nameOf(f).replace(/-[A-Z0-9]{8}$/, '')).join('+'));
  }
  return groups;
}

/**
 * Builds chunks as ES modules, which esbuild can split, and converts them to CommonJS, for which Node can cache compiled code.
 */
async function bundle() {
  const split = await esbuild.build({
    ...options(),
    format: 'esm',
    splitting: true,
    outdir: 'dist',
    chunkNames: '[name]-[hash]',
    metafile: true,
  });
  const loader = await esbuild.build({
    ...options(),
    entryPoints: ['src/platform/load-chunks.ts'],
    format: 'cjs',
    define: { BUILD_ID: JSON.stringify(Date.now().toString(36)) },
  });
  const groups = groupsOf(split.metafile.outputs);
  const idOf = new Map([...groups].map(([file, group]) => [nameOf(file), `${group}:${nameOf(file)}`]));
  const texts = new Map();
  for (const file of split.outputFiles) {
    const { code } = await esbuild.transform(file.text, CJS);
    const linked = code.replace(/require\("\.\/([\w-]+)\.js"\)/g, (_, name) => `require("./${idOf.get(name)}")`);
    const [group, name] = idOf.get(nameOf(file.path)).split(':');
    texts.set(
      group,
      `${texts.get(group) ?? ''}${JSON.stringify(name)}:function(exports,require,module,__filename,__dirname){${linked}},\n`,
    );
  }
  fs.rmSync(DIST, { recursive: true, force: true });
  fs.mkdirSync(DIST, { recursive: true });
  fs.writeFileSync(path.join(DIST, 'load.cjs'), loader.outputFiles[0].contents);
  for (const [group, text] of texts) fs.writeFileSync(path.join(DIST, `${group}.cjs`), `({${text}})\n`);
  writeLicenses(split.metafile);
}

/** Runs the most common commands, so that their compiled code is cached. */
async function warm() {
  const master = await startScriptedMaster(({ method }) => (method === 'QueryStatus' ? { message: queryStatusAnswer(2, 2) } : undefined));
  const run = (args, stdin = '') =>
    new Promise((resolve) => {
      const env = { ...process.env, DMCTL_BUILD_CACHE: '1', DM_MASTER_ADDR: master.address };
      const child = spawn(process.execPath, [path.join(ROOT, 'bin/dmctl.js'), ...args], { env, stdio: ['pipe', 'ignore', 'ignore'] });
      child.on('close', resolve);
      child.stdin.end(stdin);
    });
  // Each run keeps the code that the previous runs compiled.
  await run(['-V']);
  await run(['__complete', '--', 'stop-task', '']);
  await run(['-encrypt', '-'], 'x');
  await run(['query-statu']);
  await run(['query-status', '--help']);
  await run([], 'query-status\nstop-task t\n');
  await run(['help']);
  await run(['query-status', 't', '-w', 'a']);
  for (const form of ['table', 'wide', 'name', 'jsonl', 'yaml', 'jsonpath=$.result']) await run(['-output', form, 'query-status']);
  await run(['-color', 'always', '-output', 'table', 'query-status', '--relay']);
  await warmLint(run);
  await warmShell(master.address);
  await master.close();
}

/** Warms up the parsers and rules for configuration files. */
async function warmLint(run) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-warm-'));
  // The complete YAML parser is left out: few files need it, and its compiled code has 190 KB.
  const files = {
    'task.yaml': WARM_TASK,
    'worker.toml': 'source-id = "a"\nserver-id = 1\n[from]\nport = 3306\n',
  };
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  await run(['lint', folder]);
  fs.rmSync(folder, { recursive: true, force: true });
}

const WARM_TASK = `name: test
task-mode: al
target-database: {host: a, port: 4000, user: root, password: ""}
mysql-instances:
  - source-id: a
    route-rules: [a, b]
    block-allow-list: a
block-allow-list:
  a: {do-dbs: ["~^a.*"], ignore-tables: [{db-name: a, tbl-name: "*"}]}
routes:
  a:
    schema-pattern: "a*"
    target-schema: a
`;

/** Warms up the shell's prompt, if a pseudo-terminal is available. */
async function warmShell(address) {
  try {
    const { spawn: open } = await import('@lydell/node-pty');
    const state = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-warm-'));
    const env = { ...process.env, TERM: 'xterm', XDG_STATE_HOME: state, DMCTL_BUILD_CACHE: '1' };
    const pty = open(process.execPath, [path.join(ROOT, 'bin/dmctl.js'), '-master-addr', address], { cols: 80, rows: 30, env });
    const patience = setTimeout(() => pty.kill(process.platform === 'win32' ? undefined : 'SIGKILL'), 10_000);
    let text = '';
    pty.onData((data) => {
      const before = text.includes('»');
      text += data;
      if (!before && text.includes('»')) pty.write('exit\r');
    });
    await new Promise((resolve) => pty.onExit(resolve));
    clearTimeout(patience);
    fs.rmSync(state, { recursive: true, force: true });
  } catch {
    // Without a terminal, the shell compiles at its first start.
  }
}

async function build() {
  const generated = spawnSync(process.execPath, [path.join(ROOT, 'tools/generate.mjs')], { stdio: 'inherit' });
  if (generated.status !== 0) process.exit(generated.status ?? 1);
  await bundle();
  await writeManPage();
  await warm();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build();
  if (process.argv.includes('--watch')) {
    console.log('watching src/ and proto/');
    for (const folder of ['src', 'proto']) {
      fs.watch(path.join(ROOT, folder), { recursive: true }, (_event, name) => {
        if (!String(name).includes('generated')) build().then(() => console.log(`built after a change in ${name}`), console.error);
      });
    }
  }
}
