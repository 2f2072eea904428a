// Builds the .deb and the .rpm from the executables with nfpm. packaging/nfpm.yaml lists what they contain.

import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { homepage, LINUX_ARCHITECTURES, linuxPackageName } from './artifacts.mjs';
import { ROOT, works } from './commands.mjs';

const NFPM = 'github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2';
const COMPLETED_SHELLS = ['bash', 'zsh', 'fish'];

/** Why the packages cannot be built on this machine, or undefined. */
export function reasonAgainstLinuxPackages() {
  if (!works('go', 'version')) return 'Go is not installed, and it is needed to run nfpm';
  return works('go', 'run', NFPM, '--version') ? undefined : 'Go cannot download nfpm';
}

/** Writes the files that are the same in every package: man page, completions, licences. */
function stage(folder, licenses) {
  fs.writeFileSync(path.join(folder, 'dmctl.1.gz'), gzipSync(fs.readFileSync(path.join(ROOT, 'man/dmctl.1')), { level: 9 }));
  for (const shell of COMPLETED_SHELLS) {
    fs.writeFileSync(path.join(folder, shell), execFileSync(process.execPath, [path.join(ROOT, 'bin/dmctl.js'), 'completion', shell]));
  }
  fs.copyFileSync(path.join(ROOT, 'LICENSE'), path.join(folder, 'LICENSE'));
  fs.copyFileSync(licenses, path.join(folder, 'THIRD_PARTY_LICENSES'));
}

/** The variables of packaging/nfpm.yaml. The time of the commit makes two builds of it equal. */
function variables(architecture, { stageFolder, out, version, description }) {
  const commitTime = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: ROOT, encoding: 'utf8' }).trim();
  return {
    ARCH: architecture.deb,
    VERSION: version,
    DESCRIPTION: description,
    MAINTAINER: `dmctl maintainers <${homepage()}>`,
    HOMEPAGE: homepage(),
    SOURCE_DATE_EPOCH: commitTime,
    STAGE: stageFolder,
    EXECUTABLE: path.join(out, `dmctl-linux-${architecture.node}`),
  };
}

/** Builds the packages of one format (`deb` or `rpm`) for the executables in `out`. Returns the files. */
export function buildLinuxPackages(format, { out, version, description }) {
  const stageFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-packages-'));
  try {
    stage(stageFolder, path.join(out, 'THIRD_PARTY_LICENSES'));
    return LINUX_ARCHITECTURES.filter(({ node }) => fs.existsSync(path.join(out, `dmctl-linux-${node}`))).map((architecture) => {
      const file = path.join(out, linuxPackageName(format, version, architecture));
      const env = { ...process.env, ...variables(architecture, { stageFolder, out, version, description }) };
      const words = ['run', NFPM, 'package', '--config', path.join(ROOT, 'packaging/nfpm.yaml'), '--packager', format, '--target', file];
      const { status, stdout, stderr } = spawnSync('go', words, { cwd: stageFolder, env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`nfpm did not build ${path.basename(file)}:\n${stdout}${stderr}`);
      return file;
    });
  } finally {
    fs.rmSync(stageFolder, { recursive: true });
  }
}
