// Scenes of a region whose source and store are one file.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileStore, type Region } from '../../../src/index.js';
import { failure, perform } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const PAGES = 1024;
const MIB = 2 ** 20;

async function mapInPlace(path: string) {
  const pager = await createPager({ residentLimit: MIB });
  const map = { byteLength: PAGES * PAGE, source: fileStore(path), store: fileStore(path) };
  return { pager, region: await pager.map(map) };
}

const rangeOf = (page: number, pages: number): [number, number] => [page * PAGE, pages * PAGE];
const bytesOf = (region: Region, page: number) => region.view(Uint8Array, ...rangeOf(page, 1));

/** The first page that is not what it must be; past their end the bytes are zeros. */
function firstWrong(bytes: Uint8Array, model: readonly number[]): number {
  return model.findIndex(
    (byte, page) => !bytes.subarray(page * PAGE, (page + 1) * PAGE).every((each) => each === byte),
  );
}

/** Numbers that are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

await perform({
  /** Every byte of a page is its model's number. */
  async 'changes at random'({ path, seed, model }: { path: string; seed: number; model: number[] }) {
    const { pager, region } = await mapInPlace(path);
    const below = numbers(seed);
    const wrong: number[] = [];
    for (let round = 0; round < 4; round++) {
      for (let step = 0; step < 400; step++) {
        const page = below(PAGES);
        const pages = 1 + below(Math.min(20, PAGES - page));
        const kind = below(6);
        if (kind === 0) await region.discard(...rangeOf(page, pages));
        if (kind <= 1) model.fill(0, page, page + pages);
        if (kind === 1) region.view(Uint8Array, ...rangeOf(page, pages)).fill(0);
        if (kind === 2) await region.evict(...rangeOf(page, pages));
        if (kind === 3 && bytesOf(region, page)[0] !== model[page]) wrong.push(page);
        if (kind > 3) {
          const byte = 1 + below(255);
          model[page] = byte;
          bytesOf(region, page).fill(byte);
        }
      }
      await region.flush();
      const at = firstWrong(readFileSync(path), model);
      if (at >= 0) wrong.push(at);
    }
    const { evictions } = pager.stats();
    await pager.close();
    return { wrong, evictions, model };
  },

  async 'what is there'({ path, model }: { path: string; model: number[] }) {
    const { pager, region } = await mapInPlace(path);
    const wrong = firstWrong(new Uint8Array(region.buffer), model);
    await pager.close();
    return wrong;
  },

  /** Nothing is flushed: an eviction alone makes the file right where it was asked for. */
  async 'an eviction'({ path }: { path: string }) {
    writeFileSync(path, Buffer.alloc(8 * PAGE, 7));
    const { pager, region } = await mapInPlace(path);
    bytesOf(region, 1).fill(0);
    bytesOf(region, 2).fill(9);
    await region.discard(...rangeOf(4, 1));
    await region.evict();
    const file = readFileSync(path);
    await pager.close();
    return Array.from({ length: 8 }, (_, page) => file[page * PAGE]);
  },

  async 'a second user'({ path }: { path: string }) {
    const { pager } = await mapInPlace(path);
    const other = await failure(() => mapInPlace(path));
    await pager.close();
    return other;
  },
});
