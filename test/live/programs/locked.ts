// Locks part of a region, absent pages of it too, then loads and touches others. The library locked.c is loaded.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPager } from '../../../src/index.js';

const MEBIBYTE = 2 ** 20;
const PAGE = 4096;
const pager = await createPager({ residentLimit: 8 * MEBIBYTE, faults: 'loop' });
const region = await pager.map({ byteLength: 32 * MEBIBYTE });
const bytes = new Uint8Array(region.buffer);
for (let at = 0; at < bytes.length; at += PAGE) bytes[at] = 1 + ((at / PAGE) % 250);
writeFileSync(process.env['LOCK'] ?? '', `${region.address} ${6 * MEBIBYTE}`);
process.kill(process.pid, 'SIGUSR2');
await sleep(100);
for (let round = 0; round < 2; round++) {
  for (let at = 0; at < bytes.length; at += MEBIBYTE / 2) {
    await region.load(at, MEBIBYTE / 2);
    for (let i = at; i < at + MEBIBYTE / 2; i += PAGE) assert.equal(bytes[i], 1 + ((i / PAGE) % 250));
  }
}
await pager.close();
console.log('fine');
