// Builds the files of a release into build/ and tests them.
//   npm run release            every file must be built
//   npm run release -- --dry   what cannot be built or tested on this machine is skipped, with the reason
// Nothing is published: .github/workflows/release.yml does that. docs/releasing.md describes a release.

import fs from 'node:fs';
import path from 'node:path';
import { fillTemplate, homepage, SUMS_FILE, writeSums } from './release/artifacts.mjs';
import { ROOT, run, show } from './release/commands.mjs';
import { buildLinuxPackages, reasonAgainstLinuxPackages } from './release/linux-packages.mjs';
import { npmFile, packNpm } from './release/npm-package.mjs';
import { reasonAgainstContainer, reasonAgainstDeb, reasonAgainstRpm, tryContainer, tryDeb, tryRpm } from './release/try-packages.mjs';

const OUT = path.join(ROOT, 'build');

/** Parses the command line. Ends the process with 2 if it is invalid. */
function parse(words) {
  if (words.some((word) => word !== '--dry')) {
    console.error('Usage: npm run release [-- --dry]');
    process.exit(2);
  }
  return { dry: words.includes('--dry') };
}

/** Writes a file of the release from its template in packaging/. */
function fill(name, release) {
  const template = fs.readFileSync(path.join(ROOT, 'packaging', name), 'utf8');
  fs.writeFileSync(path.join(OUT, name), fillTemplate(template, { folder: OUT, version: release.version, home: homepage() }));
}

/** The steps in their order. `against` returns why a step cannot run on this machine. */
function steps(release, { dry }) {
  return [
    { name: 'build', run: () => show(process.execPath, ['tools/build.mjs']) },
    { name: 'executables', run: () => show(process.execPath, ['tools/package.mjs', ...(dry ? [] : ['all'])]) },
    { name: 'npm package', run: () => packNpm(release) },
    { name: 'man page', run: () => fs.copyFileSync(path.join(ROOT, 'man/dmctl.1'), path.join(OUT, 'dmctl.1')) },
    { name: '.deb', against: reasonAgainstLinuxPackages, run: () => buildLinuxPackages('deb', release) },
    { name: '.rpm', against: reasonAgainstLinuxPackages, run: () => buildLinuxPackages('rpm', release) },
    { name: 'Homebrew formula', against: () => reasonAgainstTemplate('darwin-x64'), run: () => fill('dmctl.rb', release) },
    { name: 'Scoop manifest', against: () => reasonAgainstTemplate('windows-x64.exe'), run: () => fill('dmctl.json', release) },
    { name: SUMS_FILE, run: () => writeSums(OUT) },
    { name: 'install the npm package and use it', run: () => show('bash', ['tools/smoke.sh', npmFile(release)]) },
    { name: 'install the .deb, run it, remove it', against: reasonAgainstDeb, needs: '.deb', run: () => tryDeb(release) },
    { name: 'install the .rpm, run it, remove it', against: reasonAgainstRpm, needs: '.rpm', run: () => tryRpm(release) },
    { name: 'container', against: reasonAgainstContainer, run: () => tryContainer(release) },
    { name: 'checksums', run: () => run('sha256sum', ['--quiet', '--check', SUMS_FILE], { cwd: OUT }) },
  ];
}

/** Bun downloads the runtimes of other platforms. Without a network only this platform's executable is built. */
function reasonAgainstTemplate(target) {
  return fs.existsSync(path.join(OUT, `dmctl-${target}`)) ? undefined : `the executable for ${target} is not built`;
}

/** Runs the steps. Returns those that were skipped. Throws if a step fails. */
function runSteps(list) {
  const skipped = [];
  for (const { name, against, needs, run: step } of list) {
    const reason = skipped.includes(needs) ? `there is no ${needs}` : against?.();
    if (reason === undefined) {
      console.log(`== ${name}`);
      step();
    } else {
      console.log(`== ${name}\nskipped: ${reason}`);
      skipped.push(name);
    }
  }
  return skipped;
}

const { dry } = parse(process.argv.slice(2));
const { version, description } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
fs.rmSync(OUT, { recursive: true, force: true });
try {
  const skipped = runSteps(steps({ out: OUT, version, description }, { dry }));
  console.log(`\n${fs.readdirSync(OUT).length} files in ${path.relative(process.cwd(), OUT)}/`);
  if (skipped.length > 0) console.log(`skipped: ${skipped.join('; ')}`);
  if (!dry && skipped.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
