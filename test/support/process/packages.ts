// The system's programs: found, or installed by their Debian packages, or missed with the command to type.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Programs whose Debian package has another name. */
const PACKAGES: Readonly<Record<string, string>> = {
  'redis-cli': 'redis-tools',
  nginx: 'nginx-light',
  promtool: 'prometheus',
  'qemu-system-x86_64': 'qemu-system-x86',
  'qemu-aarch64': 'qemu-user',
  'musl-gcc': 'musl-tools',
};
/** Seconds that another apt may hold its lock. */
const LOCK_PATIENCE = 120;

/**
 * The path of a program of the system's.
 * @throws Error with the command to type, where it is missing and this process may not install it
 */
export function find(name: string): string {
  const found = search(name);
  if (found !== undefined) return found;
  const packageName = PACKAGES[name] ?? name;
  if (canInstall()) install(packageName);
  const installed = search(name);
  if (installed === undefined) {
    const command = `apt-get update && apt-get install -y --no-install-recommends ${packageName}`;
    throw new Error(`${name} is missing; type: sudo sh -c '${command}'`);
  }
  return installed;
}

/**
 * Takes files out of a package without installing it, into a folder. Returns the folder's paths of those files.
 * @param pattern tar's, of paths that begin with './'
 * @throws Error with the command to type, where it cannot be downloaded
 */
export function unpack(packageName: string, pattern: string, folder: string): string[] {
  try {
    if (process.getuid?.() === 0) apt(['update']);
    // As root apt would download as a user of its own, who may not write here.
    apt(['-o', 'APT::Sandbox::User=root', 'download', packageName], folder);
  } catch (cause) {
    const command = `apt-get update && cd ${folder} && apt-get download ${packageName}`;
    throw new Error(`the package ${packageName} cannot be downloaded; try: ${command}`, { cause });
  }
  const tar = 'dpkg --fsys-tarfile "$1"_*.deb | tar -xv --wildcards "$2" && rm "$1"_*.deb';
  const said = execFileSync('sh', ['-c', tar, 'sh', packageName, pattern], { cwd: folder, encoding: 'utf8' });
  return said.split('\n').filter((name) => name !== '' && !name.endsWith('/'));
}

/** The packages that a package needs, by its own description. */
export function needsOf(packageName: string): string[] {
  const said = execFileSync('apt-cache', ['depends', packageName], { encoding: 'utf8' });
  return [...said.matchAll(/^\s*Depends: (\S+)$/gm)].map(([, name = '']) => name);
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && search('apt-get') !== undefined;
}

function search(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

function install(packageName: string): void {
  // Debian asks this script before it starts a service; the distribution's own server is not wanted.
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt(['update']);
    apt(['install', '-y', '--no-install-recommends', packageName]);
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
}

function apt(args: readonly string[], cwd?: string): void {
  const options = {
    stdio: 'pipe' as const,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    ...(cwd === undefined ? {} : { cwd }),
  };
  // Test files run side by side, and apt waits for some of its locks alone.
  const lock = path.join(tmpdir(), 'farpage-apt.lock');
  const patience = `DPkg::Lock::Timeout=${LOCK_PATIENCE}`;
  execFileSync('flock', [lock, 'apt-get', '-o', patience, ...args], options);
}
