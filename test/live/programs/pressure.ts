// Threads that hammer a region until they are asked to end; the test looks at the process from outside meanwhile.
import { fileStore, memoryStore, type PagerOptions } from '../../../src/index.js';
import { pagerRanges } from '../../../src/pager/pager.js';
import { ended, hand, perform, say } from './kit.js';
import { createPager } from './variant.js';

await perform({
  async hammer({ pager: options, count, file }: { pager: PagerOptions; count: number; file?: string }) {
    const pager = await createPager(options);
    const limit = pager.stats().residentLimit ?? 0;
    const store = file === undefined ? memoryStore() : fileStore(file);
    const region = await pager.map({ byteLength: limit * 4, store });
    const ranges = pagerRanges(pager).map(({ start, end }) => [String(start), String(end)]);
    const each = region.byteLength / 16;
    const jobs = [0, 1, 2, 3].map((seed) => {
      const range = { from: seed * each, to: (seed + 1) * each };
      return ended(hand({ buffer: region.buffer, does: 'hammer', seed, count, ...range }));
    });
    say(`ranges ${JSON.stringify(ranges)}`);
    await Promise.all(jobs);
    const stats = pager.stats();
    await pager.close();
    return stats;
  },
});
