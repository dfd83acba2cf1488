// Tries each use of farpage: the kernel may refuse features that it lists.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError, PagerError } from '../errors.js';
import { SMALLEST_LIMIT_PAGES } from '../options.js';
import { packageFile } from '../place.js';
import { deviceWays, runWays, trapWays, type Ways } from './doctor-ways.js';

export interface Use {
  works: boolean;
  /** What happened; null if it works. */
  why: string | null;
  /** What to do about it. */
  hint: string | null;
  /** Commands that permit it, if the system has refused it. */
  ways?: Ways;
}

export interface Uses {
  code: Use;
  systemCalls: Use;
  run: Use;
  serve: Use;
  migrate: Use;
  trap: Use;
}

const WORKS: Use = { works: true, why: null, hint: null };
/** Milliseconds for each. */
const PATIENCE = 20_000;
const PAUSE = 20;
const PAGE = 4096;
const MAIN = packageFile('dist/src/bundle/main/cli.js');
const GUEST = packageFile('dist/src/cli/doctor-guest.js');
const TRAP = packageFile('dist/src/cli/doctor-trap.js');
/** Most separate pages that are tried under trap: with a large vm.max_map_count all would be gigabytes. */
const MAX_TRAP_PAGES = 32_768;

/** @param trapPages how many separate pages the engine trap says it can keep resident */
export async function tryUses(trapPages: number): Promise<Uses> {
  const folder = mkdtempSync(join(tmpdir(), 'farpage-doctor-'));
  try {
    const code = await tried(ownCode);
    const systemCalls = await tried(systemCall, deviceWays);
    const run = await tried(() => start(MAIN, ['run', '--resident', '1MiB', '--', 'sh', '-c', ':']), runWays);
    const serve = await tried(() => serveGuest(join(folder, 'serve')));
    const migrate = await tried(() => migrateRegion(join(folder, 'migrate')));
    const trap = await tried(() => touchUnderTrap(trapPages), trapWays);
    return { code, systemCalls, run, serve, migrate, trap };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tried(use: () => Promise<void>, ways?: () => Ways): Promise<Use> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    await Promise.race([use(), late]);
    return WORKS;
  } catch (error) {
    const hint = error instanceof PagerError ? (error.hint ?? null) : null;
    const refused = error instanceof Refusal || (error instanceof PagerError && error.code === 'PERMISSION');
    return { works: false, why: describeError(error), hint, ...(refused && ways !== undefined && { ways: ways() }) };
  } finally {
    clearTimeout(timer);
  }
}

async function ownCode(): Promise<void> {
  const { createPager } = await import('../index.js');
  const pager = await createPager({ residentLimit: '1MiB' });
  try {
    const region = await pager.map({ byteLength: '2MiB' });
    await region.load(0, PAGE);
    const bytes = region.view(Uint8Array, 0, PAGE);
    bytes.fill(7);
    await region.evict();
    await region.load(0, PAGE);
    if (bytes.some((byte) => byte !== 7)) throw new Error('a page came back with other bytes');
  } finally {
    await pager.close();
  }
}

/** What the system, not this package, has refused. */
class Refusal extends Error {}

/** A read(2) into an absent page. */
async function systemCall(): Promise<void> {
  const { createPager } = await import('../index.js');
  const pager = await createPager({ residentLimit: '1MiB' });
  const zeros = openSync('/dev/zero', 'r');
  try {
    const region = await pager.map({ byteLength: '1MiB' });
    readSync(zeros, region.view(Uint8Array, 0, PAGE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EFAULT') throw error;
    throw new Refusal('a system call on an absent page, as read(2) into it, fails with EFAULT: load it first', {
      cause: error,
    });
  } finally {
    closeSync(zeros);
    await pager.close();
  }
}

async function touchUnderTrap(pages: number): Promise<void> {
  if (pages < SMALLEST_LIMIT_PAGES) throw new Refusal('vm.max_map_count leaves no room for separate pages');
  await start(TRAP, [String(Math.min(pages, MAX_TRAP_PAGES))]);
}

async function migrateRegion(path: string): Promise<void> {
  const { createPager, receiveRegion } = await import('../index.js');
  const pager = await createPager({ residentLimit: '1MiB' });
  const ending = new AbortController();
  try {
    const region = await pager.map({ byteLength: '1MiB' });
    await region.load(0, PAGE);
    region.view(Uint8Array, 0, PAGE).fill(9);
    const receiving = receiveRegion(`unix:${path}`, { signal: ending.signal });
    receiving.catch(() => {}); // the sender says what was wrong first
    while (!existsSync(path)) await Promise.race([receiving, sleep(PAUSE)]);
    await region.migrate(`unix:${path}`);
    const there = await receiving;
    await there.complete;
    await there.region.load(0, PAGE);
    const same = there.region.view(Uint8Array, 0, PAGE).every((byte) => byte === 9);
    await there.region.close();
    if (!same) throw new Error('a page arrived with other bytes');
  } finally {
    ending.abort();
    await pager.close();
  }
}

/** A guest of a moment: it hands its memory over, and touches it. */
async function serveGuest(socket: string): Promise<void> {
  const ending = new AbortController();
  const serving = start(MAIN, ['serve', '--socket', socket, '--image', 'none', '--once'], ending.signal);
  try {
    const guest = start(GUEST, [socket]);
    await Promise.race([guest, serving.then(() => guest)]);
    await serving;
  } finally {
    // If the guest could not be served, end the server here.
    ending.abort();
    await serving.catch(() => {});
  }
}

/** Runs a script of this package. @throws (rejects) with the error that it has printed */
function start(script: string, args: readonly string[], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: PATIENCE,
      ...(signal && { signal }),
    });
    let printed = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      printed += text;
    });
    // Wait for its end also after the signal.
    child.on('error', (error) => {
      if (error.name !== 'AbortError') reject(error);
    });
    child.on('close', (code, signal) => {
      if (code === 0) return resolve();
      const lines = printed.split('\n');
      const line = (mark: string): string | undefined =>
        lines.find((each) => each.startsWith(mark))?.slice(mark.length);
      const why = line('farpage: ') ?? lines.find((each) => each !== '') ?? `it ended with ${signal ?? `code ${code}`}`;
      const refusal = /\(PERMISSION\b/.test(why) ? 'PERMISSION' : 'UNSUPPORTED';
      reject(new PagerError(refusal, why, { hint: line('hint: ') }));
    });
  });
}
