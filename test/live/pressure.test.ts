// parts: 3
// covers: src/pager/, src/loop/
import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PagerStats } from '../../src/index.js';
import { suite } from '../support/parts.js';
import { startChild } from '../support/process/child.js';
import { until } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';
import { describe, program, told } from './play.js';

const PAGE = 4096;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-live-'));

const test = suite('the resident limit, by the kernel’s account');
test.after(() => rmSync(folder, { recursive: true }));
// The present bit of another process's pages is for root alone.
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root');

const MANNERS = [
  { pager: { residentLimit: 2 ** 20 }, count: 60_000 },
  { pager: { residentLimit: 2 ** 20, eviction: 'fifo', readahead: 'off' }, count: 40_000 },
  { pager: { residentLimit: 2 ** 20, eviction: 'clock', readahead: 'stride' }, count: 40_000 },
  { pager: { residentLimit: 2 ** 18 }, count: 20_000 },
  { pager: { residentLimit: 2 ** 16 }, count: 5000 },
  { pager: { residentLimit: 2 ** 22, pageSize: 65536 }, count: 20_000 },
  { pager: { residentLimit: 2 ** 20 }, count: 20_000, file: path.join(folder, 'pages') },
];

for (const manner of MANNERS) {
  asRoot(
    `is kept while four threads hammer: ${JSON.stringify({ ...manner, file: manner.file !== undefined })}`,
    async () => {
      const child = startChild(program('pressure'), { args: ['hammer', JSON.stringify(manner)], budget: 60_000 });
      const [, text = ''] = await child.waitFor(/^ranges (.*)$/m);
      const ranges = (JSON.parse(text) as [string, string][]).map(([start, end]) => ({
        first: Number(BigInt(start) / BigInt(PAGE)),
        count: Number((BigInt(end) - BigInt(start)) / BigInt(PAGE)),
      }));
      let running = true;
      const result = child.result.finally(() => {
        running = false;
      });
      let peak = 0;
      let samples = 0;
      while (running) {
        const present = await frozen(child.pid, () => presentPages(child.pid, ranges));
        if (present !== undefined) {
          peak = Math.max(peak, present * PAGE);
          samples++;
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const ended = await result;
      assert.equal(ended.code, 0, describe(ended));
      const stats = told<PagerStats>(ended);
      assert.ok(samples > 10, `looked ${samples} times`);
      // Busy at its limit, and never over it.
      assert.ok(peak <= manner.pager.residentLimit, `${peak} bytes present, ${samples} looks`);
      assert.ok(peak > manner.pager.residentLimit / 2, `only ${peak} bytes present`);
      assert.ok(stats.residentBytesPeak <= manner.pager.residentLimit);
      assert.ok(stats.evictions > 1000 || manner.pager.residentLimit > 2 ** 20, `${stats.evictions} evictions`);
    },
  );
}

/** Looks at a process while it stands still: pages move all the time, and a walk over them is not one instant. */
async function frozen<T>(pid: number, look: () => T): Promise<T | undefined> {
  try {
    process.kill(pid, 'SIGSTOP');
    try {
      await until(() => threadsOf(pid).every((state) => state === 'T' || state === 'Z'), 'the stop', 5000);
      return look();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  } catch (error) {
    // It has ended meanwhile.
    if (['ESRCH', 'ENOENT', 'EIO'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function threadsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  });
}

function presentPages(pid: number, ranges: ReadonlyArray<{ first: number; count: number }>): number {
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  let present = 0;
  try {
    for (const { first, count } of ranges) {
      const entries = Buffer.alloc(count * 8);
      readSync(pagemap, entries, 0, entries.length, first * 8);
      for (let at = 7; at < entries.length; at += 8) if ((entries[at] ?? 0) & 0x80) present++;
    }
  } finally {
    closeSync(pagemap);
  }
  return present;
}

test.run();
