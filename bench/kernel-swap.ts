// Sets up the kernel's own pager for the comparison, and takes it down again: a cgroup of our own, and swap on zram.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, Skip } from './harness.js';

export interface Cgroup {
  path: string;
  version: 1 | 2;
}

function read(path: string): string {
  return readFileSync(path, 'utf8').trim();
}

/** An empty memory cgroup; the peer joins it and sets its limit. */
export function makeCgroup(context: Context): Cgroup {
  const mounts = read('/proc/self/mounts')
    .split('\n')
    .map((line) => line.split(' '));
  const v1 = mounts.find(([, , type, options]) => type === 'cgroup' && options?.split(',').includes('memory'))?.[1];
  const v2 = mounts.find(([, , type]) => type === 'cgroup2')?.[1];
  const version = v1 ? 1 : 2;
  const root = v1 ?? v2;
  if (!root) throw new Skip('no cgroup file system is mounted');
  if (version === 2) {
    if (!read(join(root, 'cgroup.controllers')).split(' ').includes('memory'))
      throw new Skip('cgroup v2 without the memory controller');
    try {
      writeFileSync(join(root, 'cgroup.subtree_control'), '+memory');
    } catch {
      throw new Skip('the memory controller cannot be delegated from this cgroup (run as root, outside a container)');
    }
  }
  const path = join(root, `farpage-bench-${process.pid}`);
  try {
    mkdirSync(path);
  } catch {
    throw new Skip('cannot make a cgroup (run as root, outside a container)');
  }
  context.onCleanup(() => removeGroup(path));
  // v2 has no swappiness of a group's own: the machine's holds there, and is put back.
  const swappiness = version === 1 ? join(path, 'memory.swappiness') : '/proc/sys/vm/swappiness';
  const before = read(swappiness);
  writeFileSync(swappiness, '100');
  if (version === 2) context.onCleanup(() => writeFileSync(swappiness, before));
  return { path, version };
}

/** A killed peer may take a moment to leave its group. */
function removeGroup(path: string): void {
  for (let tries = 0; ; tries++) {
    try {
      rmdirSync(path);
      return;
    } catch (error) {
      if (tries === 50) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function command(program: string, ...args: string[]): void {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error || status !== 0) throw new Skip(`${program} ${args.join(' ')}: ${error?.message ?? stderr.trim()}`);
}

/** Swap on a zram device with lz4, the only swap there is while the question runs. Says which device. */
export function startZramSwap(context: Context, bytes: number): string {
  if (process.getuid?.() !== 0) throw new Skip('swap on zram needs root');
  if (read('/proc/swaps').split('\n').length > 1)
    throw new Skip('swap is on already: the comparison would mix it with zram');
  const { device, release } = claimZram();
  context.onCleanup(release);
  const sysfs = `/sys/block/${device}`;
  const node = `/dev/${device}`;
  try {
    writeFileSync(`${sysfs}/comp_algorithm`, 'lz4');
  } catch {
    throw new Skip(`this kernel's zram has no lz4 (${read(`${sysfs}/comp_algorithm`)})`);
  }
  writeFileSync(`${sysfs}/disksize`, String(bytes));
  if (!existsSync(node)) {
    const [major = '', minor = ''] = read(`${sysfs}/dev`).split(':');
    command('mknod', node, 'b', major, minor);
  }
  command('mkswap', node);
  command('swapon', node);
  context.onCleanup(() => {
    const { status, stderr } = spawnSync('swapoff', [node], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`swapoff ${node}: ${stderr}`);
  });
  return device;
}

/** A device of our own where the kernel makes one on demand; else the first, if nobody uses it. */
function claimZram(): { device: string; release: () => void } {
  const control = '/sys/class/zram-control';
  if (existsSync(`${control}/hot_add`)) {
    const number = read(`${control}/hot_add`); // reading it makes the device
    const device = `zram${number}`;
    return {
      device,
      release: () => {
        writeFileSync(`/sys/block/${device}/reset`, '1');
        writeFileSync(`${control}/hot_remove`, number);
      },
    };
  }
  if (!existsSync('/sys/block/zram0')) throw new Skip('no zram device (modprobe zram)');
  if (read('/sys/block/zram0/disksize') !== '0') throw new Skip('/dev/zram0 is in use');
  const algorithm = /\[(.+)\]/.exec(read('/sys/block/zram0/comp_algorithm'))?.[1] ?? 'lzo-rle';
  return {
    device: 'zram0',
    release: () => {
      writeFileSync('/sys/block/zram0/reset', '1');
      writeFileSync('/sys/block/zram0/comp_algorithm', algorithm);
    },
  };
}
