// A region that begins as an image: see ../image.test.ts.
import { createPager, snapshotStore } from '../../../src/index.js';
import { failure, perform } from './kit.js';

await perform({
  // The region's pages by a sum of their words, under a limit that most of them do not fit in.
  async sums({ image, pages, write }: { image: string; pages: number; write: number }) {
    const pager = await createPager({ residentLimit: '256KiB' });
    const region = await pager.map({ byteLength: pages * 4096, source: snapshotStore(image) });
    const words = new Uint32Array(region.buffer);
    words[write * 1024] = 99;
    const sums: number[] = [];
    for (let page = 0; page < pages; page++) {
      let sum = 0;
      for (let at = page * 1024; at < (page + 1) * 1024; at++) sum = (sum + (words[at] ?? 0)) >>> 0;
      sums.push(sum);
    }
    await pager.close();
    return sums;
  },

  async damaged({ image, page }: { image: string; page: number }) {
    const pager = await createPager();
    const region = await pager.map({ byteLength: '1MiB', source: snapshotStore(image) });
    const failed = await failure(() => region.load(page * 4096, 4096));
    await region.load((page + 1) * 4096, 4096);
    await pager.close();
    return failed;
  },

  async refused({ image }: { image: string }) {
    const pager = await createPager();
    const failed = await failure(() => pager.map({ byteLength: '1MiB', source: snapshotStore(image) }));
    await pager.close();
    return failed;
  },
});
