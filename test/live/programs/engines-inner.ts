// A thread with a pager of its own, for the test of what is said once.
import { workerData } from 'node:worker_threads';
import { createPager, type PagerOptions } from '../../../src/index.js';
import { check, fill, wordsOf } from './kit.js';

const { engine } = workerData as Pick<PagerOptions, 'engine'>;
const pager = await createPager({ residentLimit: '1MiB', ...(engine !== undefined && { engine }) });
const region = await pager.map({ byteLength: '2MiB' });
fill(wordsOf(region), 1);
check(wordsOf(region), 1);
await pager.close();
