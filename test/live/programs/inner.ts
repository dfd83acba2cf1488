// A user's thread that makes a pager of its own and ends without closing it.
import { parentPort, workerData } from 'node:worker_threads';
import { check, fill, wordsOf } from './kit.js';
import { createPager } from './variant.js';

const { how, post = false } = workerData as { how: string; post?: boolean };
const pager = await createPager({ residentLimit: '1MiB' });
const region = await pager.map({ byteLength: '4MiB' });
fill(wordsOf(region), 1);
check(wordsOf(region), 1);
parentPort?.postMessage(post ? region.buffer : pager.stats().evictions);
if (how === 'close') await pager.close();
if (how === 'throw') throw new Error('thrown inside');
if (how === 'exit') process.exit(0);
if (how === 'terminate') setInterval(() => check(wordsOf(region), 1), 1);
