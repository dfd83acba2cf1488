// A snapshot of a region that is all resident, to a file, while the threads of peers/writers.c write to half of it; without
// threads its speed alone. The peak of the process's memory is the kernel's own, set back right before.
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { mergeImage } from '../../src/image/tools.js';
import { createPager, memoryStore } from '../../src/index.js';
import { PAGE_BYTES } from '../data.js';
import * as side from './common.js';
import { addressOf, PHASE, startWriters, writers } from './writers.js';

const pages = side.integer('pages');
const threads = side.integer('threads', 0);
const file = side.text('file');
const cpu = side.integer('loop-cpu', -1);

const pager = await createPager(cpu < 0 ? {} : { cpu });
const region = await pager.map({ byteLength: pages * PAGE_BYTES, store: memoryStore() });
writers.fill(addressOf(region), pages);
// What is compiled, and the threads that there are, are so from the first snapshot on; it is of other pages' worth.
const small = await pager.map({ byteLength: 512 * PAGE_BYTES, store: memoryStore() });
writers.fill(addressOf(small), 512);
await small.snapshot(file);
await small.close();
rmSync(file);

if (threads > 0) startWriters(region);
await sleep(500);
globalThis.gc?.();
await sleep(100);
writeFileSync('/proc/self/clear_refs', '5');
const held = side.statusBytes('VmRSS') + side.statusBytes('VmPTE');
if (threads > 0) writers.phase(PHASE.save);
const phasesNow = side.stampPhases();
const report = await region.snapshot(file);
if (threads > 0) writers.phase(PHASE.after);
const phases = phasesNow();
const peak = side.statusBytes('VmHWM') + side.statusBytes('VmPTE');
await sleep(200);
const stops = threads > 0 ? (JSON.parse(writers.stop()) as Record<string, number>) : {};

// An image has its pages in the order in which they were saved; in a file of this format they are in order, at its end.
const inOrder = `${file}.ram`;
await mergeImage(file, inOrder, { format: 'mapped-ram' });
rmSync(file);
const first = statSync(inOrder).size - pages * PAGE_BYTES;
const wrong = writers.wrong(inOrder, first, pages) + (report.pages === pages ? 0 : 1);
rmSync(inOrder);
side.answer({
  subject: 'snapshot',
  seconds: report.seconds,
  stop: stops.saveWorst ?? 0,
  extraBytes: Math.max(0, peak - held),
  ...stops,
  wrong,
  phases,
  report,
});
await pager.close();
