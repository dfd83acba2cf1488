// How much of what a process may have is asked for, and what of it comes back: run by limits.test.ts under ulimit, the
// number of regions, their kind and the way as arguments. Prints one line of JSON.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createPager, type PagerError } from '../../../src/index.js';

const [count = '1', memory = 'anonymous', way = 'once'] = process.argv.slice(2);

function used() {
  const status = readFileSync('/proc/self/status', 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  return {
    addresses: field('VmSize') * 1024,
    resident: field('VmRSS') * 1024,
    threads: field('Threads'),
    descriptors: readdirSync('/proc/self/fd').length,
    mappings: readFileSync('/proc/self/maps', 'latin1').split('\n').length,
  };
}

async function atOnce(regions: number): Promise<number> {
  const pager = await createPager({ residentLimit: '16MiB' });
  const open = [];
  for (let i = 0; i < regions; i++) {
    const region = await pager.map({ byteLength: '1MiB', memory: memory as 'anonymous' | 'shared' });
    await region.load(0, 4096, { pin: true });
    region.view(Uint32Array, 0, 1)[0] = i + 1;
    region.unpin(0, 4096);
    open.push(region);
  }
  told = { regions: pager.stats().regions, ...used() };
  if (way === 'close each') await Promise.all(open.map((region) => region.close()));
  await pager.close();
  return open.length;
}

async function pagersAtOnce(pagers: number): Promise<object> {
  const open = [];
  for (let i = 0; i < pagers; i++) open.push(await createPager({ residentLimit: '16MiB' }));
  const most = used();
  await Promise.all(open.map((pager) => pager.close()));
  return most;
}

async function inTurn(regions: number): Promise<void> {
  const pager = await createPager({ residentLimit: '16MiB' });
  for (let i = 0; i < regions; i++) {
    const region = await pager.map({ byteLength: '1MiB', memory: memory as 'anonymous' | 'shared' });
    await region.load(0, region.byteLength);
    await region.close();
  }
  await pager.close();
}

/** Whatever is left for the collector is collected. */
async function settled() {
  for (let i = 0; i < 5; i++) {
    globalThis.gc?.();
    await pause(50);
  }
  return used();
}

let told: object = {};
try {
  if (way === 'again') {
    // What Node.js and the first use of everything keep.
    await atOnce(20);
    await inTurn(20);
    const before = await settled();
    await inTurn(Number(count));
    await atOnce(Number(count));
    told = { before, after: await settled() };
  } else if (way === 'pagers') {
    told = await pagersAtOnce(Number(count));
  } else {
    await atOnce(Number(count));
  }
  console.log(JSON.stringify(told));
} catch (error) {
  const { code, errno, message, hint } = error as PagerError;
  console.log(JSON.stringify({ code, errno, message, hint }));
}
