// Starts the built program under Node: loads the groups of chunks with the code that V8 compiled at build time. A cache that
// does not fit this Node, or cannot be read or written, is ignored silently. This file is bundled separately as CommonJS. A
// module's id is `./<group>:<name>`. A group is a file with a table of its modules.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

/**
 * Different for each build: V8 identifies a source only by its length, and a process that started before a build may end after
 * it.
 */
declare const BUILD_ID: string;

type Require = (id: string) => unknown;
type Module = { exports: unknown };
type Table = Readonly<Record<string, (exports: unknown, require: Require, module: Module, file: string, folder: string) => void>>;

interface Loaded {
  readonly cacheFile: string;
  readonly script: vm.Script;
}

/** Runs the program of a folder. The build sets DMCTL_BUILD_CACHE to write the compiled code at the end. */
export function start(dist: string): void {
  const cache = path.join(dist, 'cache', `${process.version}-${process.arch}-${BUILD_ID}`);
  const outside = createRequire(path.join(dist, 'main.cjs'));
  const tables = new Map<string, Table>();
  const modules = new Map<string, Module>();
  const loaded: Loaded[] = [];
  let stale = process.env.DMCTL_BUILD_CACHE === '1';

  const loadGroup = (group: string): Table => {
    const known = tables.get(group);
    if (known) return known;
    const filename = path.join(dist, `${group}.cjs`);
    const cacheFile = path.join(cache, `${group}.bin`);
    const cachedData = read(cacheFile);
    const script = new vm.Script(fs.readFileSync(filename, 'utf8'), { filename, ...(cachedData ? { cachedData } : {}) });
    if (!cachedData || script.cachedDataRejected) stale = true;
    loaded.push({ cacheFile, script });
    const table = script.runInThisContext() as Table;
    tables.set(group, table);
    return table;
  };

  const load: Require = (id) => {
    if (!id.startsWith('./')) return outside(id);
    const before = modules.get(id);
    if (before) return before.exports;
    const [group = '', name = ''] = id.slice(2).split(':');
    const module: Module = { exports: {} };
    modules.set(id, module);
    loadGroup(group)[name]?.(module.exports, load, module, path.join(dist, `${group}.cjs`), dist);
    return module.exports;
  };

  process.on('exit', () => {
    if (stale) keep(loaded);
  });
  load('./main:main');
}

function read(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Writes the compiled code beside the program. Each file is written completely or not at all. */
function keep(loaded: readonly Loaded[]): void {
  try {
    for (const { cacheFile, script } of loaded) {
      fs.mkdirSync(path.dirname(cacheFile), { recursive: true });
      const half = `${cacheFile}.${process.pid}`;
      fs.writeFileSync(half, script.createCachedData());
      fs.renameSync(half, cacheFile);
    }
  } catch {
    // If the folder is not writable, the next start compiles again.
  }
}
