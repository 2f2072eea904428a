// Node's start: loads the chunks of the built program with the code that V8 compiled when they were built. A cache that
// does not fit this Node, or cannot be read or written, is passed over in silence. Bundled by itself, as CommonJS.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

type Require = (id: string) => unknown;
type Wrapped = (exports: object, require: Require, module: { exports: unknown }, file: string, folder: string) => void;

interface Loaded {
  readonly cacheFile: string;
  readonly script: vm.Script;
}

/** Runs dist/main.cjs of a folder. The build sets DMCTL_BUILD_CACHE to have the compiled code written at the end. */
export function start(dist: string): void {
  const writes = process.env.DMCTL_BUILD_CACHE === '1';
  const cache = path.join(dist, 'cache', `${process.version}-${process.arch}`);
  const outside = createRequire(path.join(dist, 'main.cjs'));
  const known = new Map<string, { exports: unknown }>();
  const loaded: Loaded[] = [];
  let stale = false;

  const load = (name: string): unknown => {
    const before = known.get(name);
    if (before) return before.exports;
    const module = { exports: {} as unknown };
    known.set(name, module);
    const file = path.join(dist, name);
    const cacheFile = path.join(cache, `${name}.bin`);
    const source = `(function(exports,require,module,__filename,__dirname){${fs.readFileSync(file, 'utf8')}\n})`;
    const cachedData = read(cacheFile);
    const script = new vm.Script(source, { filename: file, ...(cachedData ? { cachedData } : {}) });
    if (!cachedData || script.cachedDataRejected) stale = true;
    loaded.push({ cacheFile, script });
    const inside: Require = (id) => (id.startsWith('./') ? load(id.slice(2)) : outside(id));
    (script.runInThisContext() as Wrapped)(module.exports as object, inside, module, file, dist);
    return module.exports;
  };

  process.on('exit', () => {
    if (stale || writes) keep(loaded);
  });
  load('main.cjs');
}

function read(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Writes the compiled code beside the program, each file whole or not at all. */
function keep(loaded: readonly Loaded[]): void {
  try {
    for (const { cacheFile, script } of loaded) {
      fs.mkdirSync(path.dirname(cacheFile), { recursive: true });
      const half = `${cacheFile}.${process.pid}`;
      fs.writeFileSync(half, script.createCachedData());
      fs.renameSync(half, cacheFile);
    }
  } catch {
    // a folder that cannot be written: the next start compiles again
  }
}
