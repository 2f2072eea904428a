// The rules for imports between the folders of src/. A folder may import the folders in its row, and everything in itself. `npm
// run check` enforces them. test/tools/import-rules.test.ts tests that violations are found.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What any folder may import: text utilities, the types of a command, and the input and output interfaces. */
const BASE = ['text', 'command', 'io'];

/** Rows from the process edge down to the bytes. Dialects and sandboxes of different generations never import each other. */
export const FOLDERS = {
  main: ['app', 'command', 'io', 'platform', 'text'],
  app: [
    ...BASE,
    'args',
    'builtins',
    'bulk',
    'completion',
    'config',
    'dialects/v1',
    'dialects/v2',
    'domain',
    'invoke',
    'line-editor',
    'output',
    'platform',
    'repl',
    'rpc',
  ],
  builtins: [
    ...BASE,
    'args',
    'completion',
    'config',
    'config-files',
    'domain',
    'full-screen',
    'invoke',
    'output',
    'platform',
    'presenters',
    'rpc',
    'sandbox/v1',
    'sandbox/v2',
  ],
  repl: [...BASE, 'args', 'invoke', 'line-editor', 'output'],
  completion: [...BASE, 'args', 'config', 'repl'],
  bulk: [...BASE, 'domain', 'invoke', 'output', 'presenters', 'wire'],
  invoke: [...BASE, 'args', 'bulk', 'config', 'domain', 'output', 'presenters', 'rpc', 'wire'],
  'dialects/v1': [...BASE, 'args', 'bulk', 'domain', 'presenters', 'sql', 'wire'],
  'dialects/v2': [...BASE, 'args', 'bulk', 'domain', 'presenters', 'sql', 'wire'],
  sql: [],
  'sandbox/common': ['text'],
  'sandbox/v1': ['sandbox/common', 'text', 'wire'],
  'sandbox/v2': ['sandbox/common', 'text', 'wire'],
  args: [...BASE, 'config'],
  config: BASE,
  'config-files': ['text', 'command', 'domain'],
  presenters: [...BASE, 'domain'],
  output: [...BASE, 'config', 'domain', 'presenters', 'wire'],
  domain: ['text'],
  'full-screen': ['io', 'text'],
  rpc: [...BASE],
  wire: ['text'],
  command: ['text', 'domain', 'presenters', 'wire'],
  io: ['text', 'command'],
  'line-editor': ['io', 'text'],
  text: [],
  platform: [],
};

/** The folders that may import a library. A library that is not listed here belongs to the build and the tests. */
export const LIBRARIES = {
  commander: ['args'],
  '@grpc/grpc-js': ['rpc', 'sandbox/common'],
  '@inquirer/ansi': ['line-editor'],
  '@inquirer/checkbox': ['io'],
  '@inquirer/confirm': ['io'],
  '@inquirer/input': ['io'],
  '@inquirer/password': ['io'],
  '@inquirer/search': ['io'],
  '@inquirer/select': ['io'],
  chalk: ['output'],
  'fast-string-width': ['text', 'line-editor'],
  'js-yaml': ['output', 'sandbox/v1', 'sandbox/v2', 'text'],
  'json-p3': ['text'],
  re2js: ['text'],
  'smol-toml': ['config-files', 'text', 'sandbox/v1', 'sandbox/v2'],
  yaml: ['config-files'],
};

/**
 * The folder of a file of src/: its name, with the generation for dialects and sandboxes. For a top-level file, the file name.
 */
export function folderOf(file) {
  const [, first, second] = file.split('/');
  if (first === 'dialects' || first === 'sandbox') return `${first}/${second}`;
  return first.endsWith('.ts') ? first.slice(0, -3) : first;
}

/** The specifiers that a source text imports, including types and lazy imports. */
export function importsOf(text) {
  return [...text.matchAll(/^\s*(?:import|export)\b[^'"`;]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm)].map(
    (m) => m[1] ?? m[2] ?? m[3],
  );
}

/**
 * Returns the violations in the imports of a file, one line each.
 * @param {string} file its path from the root, such as src/args/parse.ts
 * @param {string} text its source
 */
export function problemsOf(file, text) {
  const folder = folderOf(file);
  const allowed = FOLDERS[folder];
  if (!allowed) return [`${file}: the folder ${folder} has no row in tools/import-rules.mjs`];
  return importsOf(text).flatMap((specifier) => {
    if (specifier.startsWith('node:')) return [];
    if (!specifier.startsWith('.')) {
      const name = Object.keys(LIBRARIES).find((library) => specifier === library || specifier.startsWith(`${library}/`));
      const owners = name ? LIBRARIES[name] : [];
      return owners.includes(folder) ? [] : [`${file}: ${specifier} belongs to ${owners.join(', ') || 'no folder'}`];
    }
    const target = folderOf(path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)));
    return target === folder || allowed.includes(target) ? [] : [`${file}: ${folder} must not import ${target} (${specifier})`];
  });
}

/** The cycles among files, each as a list of its files. Lazy imports count. Types do not, since they do not exist at run time. */
export function cyclesOf(sources) {
  const edges = new Map();
  for (const [file, text] of sources) {
    const runtime = text.replace(/^\s*(?:import|export) type\b[^;]*;/gm, '');
    const targets = importsOf(runtime)
      .filter((s) => s.startsWith('.'))
      .map((s) => path.posix.normalize(path.posix.join(path.posix.dirname(file), s)));
    edges.set(file, targets);
  }
  const cycles = [];
  const state = new Map();
  const visit = (file, trail) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(file)), file]);
      return;
    }
    state.set(file, 'open');
    for (const target of edges.get(file) ?? []) visit(target, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of edges.keys()) visit(file, []);
  return cycles;
}

/** The sources of src/, by their paths from the root. */
export function readSources(root) {
  const files = fs.readdirSync(path.join(root, 'src'), { recursive: true }).map((f) => `src/${String(f).replaceAll('\\', '/')}`);
  return new Map(
    files
      .filter((f) => f.endsWith('.ts') && !f.startsWith('src/wire/generated/'))
      .map((f) => [f, fs.readFileSync(path.join(root, f), 'utf8')]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sources = readSources(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
  const problems = [
    ...[...sources].flatMap(([file, text]) => problemsOf(file, text)),
    ...cyclesOf(sources).map((cycle) => `import cycle: ${cycle.join(' → ')}`),
  ];
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
