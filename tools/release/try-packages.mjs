// Installs the packages of a release on this machine, runs dmctl from them, and removes them.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LINUX_ARCHITECTURES, linuxPackageName } from './artifacts.mjs';
import { asRoot, ROOT, run, runAsRoot, works } from './commands.mjs';

const here = () => LINUX_ARCHITECTURES.find(({ node }) => node === process.arch);

/** Throws if the program does not print the version. */
function checkVersion(program, version, ...words) {
  const out = run(program, [...words, '-V'], { cwd: os.tmpdir() });
  if (!out.startsWith(`Release Version: v${version}\n`)) throw new Error(`${program} -V printed ${JSON.stringify(out)}`);
}

/** Throws if the installed files are not exactly these, or do not have what is expected in them. `root` is where they are. */
function checkFiles(root, zshFolder) {
  const bash = run('bash', ['-c', 'source "$1" && complete -p dmctl', '-', path.join(root, 'usr/share/bash-completion/completions/dmctl')]);
  if (!bash.includes('_dmctl')) throw new Error('the completion for bash does not load');
  const man = run('gzip', ['-dc', path.join(root, 'usr/share/man/man1/dmctl.1.gz')]);
  if (!man.includes('.TH')) throw new Error('the man page is not a man page');
  const zsh = fs.readFileSync(path.join(root, zshFolder, '_dmctl'), 'utf8');
  if (!zsh.startsWith('#compdef dmctl\n')) throw new Error('zsh does not find the completion');
  for (const file of ['usr/share/fish/vendor_completions.d/dmctl.fish', 'usr/share/doc/dmctl/THIRD_PARTY_LICENSES']) {
    if (fs.statSync(path.join(root, file)).size === 0) throw new Error(`${file} is empty`);
  }
}

/** Why the .deb cannot be tried here, or undefined. */
export function reasonAgainstDeb() {
  if (!here() || !works('dpkg', '--version')) return 'this is not Debian or Ubuntu on a supported processor';
  if (asRoot() === undefined) return 'only root can install a package (in CI, sudo is used)';
  return works('dpkg', '-s', 'dmctl') ? 'a package dmctl is installed already' : undefined;
}

/** Installs the .deb, runs the program, and removes the package. */
export function tryDeb({ out, version }) {
  runAsRoot('dpkg', '--install', path.join(out, linuxPackageName('deb', version, here())));
  try {
    checkVersion('/usr/bin/dmctl', version);
    checkFiles('/', 'usr/share/zsh/vendor-completions');
  } finally {
    runAsRoot('dpkg', '--purge', 'dmctl');
  }
  if (fs.existsSync('/usr/bin/dmctl') || fs.existsSync('/usr/share/doc/dmctl')) throw new Error('dpkg --purge left files');
}

/** Why the .rpm cannot be tried here, or undefined. */
export function reasonAgainstRpm() {
  if (!here() || !works('rpm', '--version')) return 'rpm is not installed';
  return asRoot() === undefined ? 'only root can install a package (in CI, sudo is used)' : undefined;
}

/** Installs the .rpm below a folder of its own, runs the program, and removes the package. */
export function tryRpm({ out, version }) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-rpm-'));
  const file = path.join(out, linuxPackageName('rpm', version, here()));
  try {
    // The folder has a package database of its own, where glibc is not installed.
    runAsRoot('rpm', '--root', root, '--install', '--nodeps', file);
    checkVersion(path.join(root, 'usr/bin/dmctl'), version);
    checkFiles(root, 'usr/share/zsh/site-functions');
    runAsRoot('rpm', '--root', root, '--erase', 'dmctl');
    if (fs.existsSync(path.join(root, 'usr/bin/dmctl'))) throw new Error('rpm --erase left files');
  } finally {
    runAsRoot('rm', '-rf', root);
  }
}

/** Why no image can be built here, or undefined. */
export function reasonAgainstContainer() {
  return works('docker', 'info') ? undefined : 'no Docker engine runs here';
}

/** Builds the image for this platform, runs it, and checks that its user is not root. */
export function tryContainer({ version }) {
  const tag = `dmctl:${version}`;
  run('docker', ['build', '--tag', tag, ROOT]);
  checkVersion('docker', version, 'run', '--rm', tag);
  const user = run('docker', ['inspect', '--format', '{{.Config.User}}', tag]).trim();
  if (['', 'root', '0'].includes(user)) throw new Error(`the container runs as "${user}"`);
}
