// Scenes of the memory that memory stores hold.
import { randomFillSync } from 'node:crypto';
import { memoryStore } from '../../../src/index.js';
import { failure, perform } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const MIB = 2 ** 20;

await perform({
  /** `compressible`: pages that LZ4 makes small; else their bytes are random. */
  async 'what a pool holds'({ compressible }: { compressible: boolean }) {
    const pager = await createPager({ residentLimit: MIB });
    const map = { byteLength: 16 * MIB, store: memoryStore() };
    const [region, other] = [await pager.map(map), await pager.map(map)];
    for (const each of [region, other]) {
      for (let page = 0; page < each.byteLength / PAGE; page++) {
        const bytes = each.view(Uint8Array, page * PAGE, PAGE);
        if (compressible) bytes.fill(1 + (page % 255));
        else randomFillSync(bytes);
      }
      await each.evict();
    }
    const full = pager.stats();
    await region.discard(0, region.byteLength);
    const half = pager.stats();
    await other.close();
    const none = pager.stats();
    await pager.close();
    return [full, half, none].map(({ poolBytes, poolBytesPeak }) => ({ poolBytes, poolBytesPeak }));
  },

  async 'a limit beyond the addresses'({ limit }: { limit: string }) {
    const pager = await createPager({ residentLimit: MIB });
    const refused = await failure(() => pager.map({ byteLength: '8GiB', store: memoryStore({ limit }) }));
    await pager.close();
    return refused;
  },
});
