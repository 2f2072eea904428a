// Writes man/dmctl.1 from the table of commands.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { manPage } from './man-page.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const TABLE = `
export { v1 } from './src/dialects/v1/index.ts';
export { dialectFor } from './src/dialects/v2/index.ts';
export { allBuiltins } from './src/builtins/index.ts';
export { PROGRAM_FLAGS } from './src/args/program-flags.ts';
export { SETTINGS } from './src/config/settings.ts';
`;

/** The commands of the newest release, and those that 2.0.7 had instead of them. */
export function laterTable(dialectFor) {
  const newest = dialectFor(undefined);
  const earlier = dialectFor({ major: 2, minor: 0, patch: 7, text: '' }).commands;
  const listed = new Set(newest.commands.filter((c) => !c.hidden).map((c) => c.name));
  const commands = [...newest.commands.filter((c) => !c.hidden), ...earlier.filter((c) => !c.hidden && !listed.has(c.name))];
  return { commands, global: newest.globalFlags };
}

export async function writeManPage() {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: TABLE, resolveDir: ROOT, loader: 'ts' },
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    outfile: 'table.mjs',
    // the code that runs a command is loaded lazily and is not needed here
    plugins: [
      {
        name: 'no-runners',
        setup: (build) =>
          build.onResolve({ filter: /./ }, (a) => (a.kind === 'dynamic-import' ? { path: a.path, external: true } : undefined)),
      },
    ],
  });
  const { v1, dialectFor, allBuiltins, PROGRAM_FLAGS, SETTINGS } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const page = manPage({
    version,
    commands: v1.commands,
    builtins: allBuiltins,
    global: v1.globalFlags,
    later: laterTable(dialectFor),
    program: PROGRAM_FLAGS,
    settings: SETTINGS,
  });
  fs.mkdirSync(path.join(ROOT, 'man'), { recursive: true });
  fs.writeFileSync(path.join(ROOT, 'man/dmctl.1'), page);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeManPage();
