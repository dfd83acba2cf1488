// Scenes of memory that the kernel writes to through a pin: no protection tells of that.
import path from 'node:path';
import openSnapshot from '../../../src/image/store.js';
import type { Region } from '../../../src/index.js';
import { Pinning } from '../../support/process/pinned.js';
import { fill, perform, wordsOf } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const PAGES = 64;
const PINNED = 9;

async function wrongPages(file: string, region: Region): Promise<number[]> {
  const store = await openSnapshot({ where: file });
  const wrong: number[] = [];
  for (let page = 0; page < PAGES; page++) {
    const into = new Uint8Array(PAGE);
    await store.read([{ page, into }]);
    if (Buffer.compare(into, region.view(Uint8Array, page * PAGE, PAGE)) !== 0) wrong.push(page);
  }
  await store.close();
  return wrong;
}

await perform({
  /** `released`: the pin is gone before the second image. */
  async 'images of what the kernel writes'({ folder, released }: { folder: string; released: boolean }) {
    const pager = await createPager();
    const region = await pager.map({ byteLength: PAGES * PAGE });
    fill(wordsOf(region), 1);
    const pinning = new Pinning();
    const address = BigInt(region.address) + BigInt(PINNED * PAGE);
    const failed = await pinning.ask('register', address, PAGE);
    if (failed !== 0) return { failed };
    const files = [0, 1, 2, 3].map((number) => path.join(folder, `image-${number}-${released}`)) as [
      string,
      ...string[],
    ];
    let last: string | undefined;
    const wrong: number[][] = [];
    const same: number[] = [];
    for (const [index, file] of files.entries()) {
      if (index > 0 && (index === 1 || !released)) {
        pinning.give(new Uint8Array(PAGE).fill(100 + index));
        const errno = await pinning.ask('read', address, PAGE);
        if (errno !== 0) return { failed: errno };
      }
      if (released && index === 1) await pinning.ask('unregister', 0n, 0);
      wordsOf(region)[5 * 1024] = index + 1;
      const report = await region.snapshot(file, last === undefined ? {} : { incrementalFrom: last });
      same.push(report.samePages);
      last = file;
      wrong.push(await wrongPages(file, region));
    }
    const seen = region.view(Uint8Array, PINNED * PAGE, 1)[0];
    if (!released) await pinning.ask('unregister', 0n, 0);
    await pager.close();
    return { failed: 0, wrong, seen, same };
  },
});
