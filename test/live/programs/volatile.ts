// Scenes with volatile pages. A page of number n holds n + 1 in its first and last word.
import { createPager, fileStore, type MapOptions, type PagerOptions, type Region } from '../../../src/index.js';
import { failure, pause, perform, until } from './kit.js';

const PAGE = 4096;
const WORDS = PAGE / 4;
const PAGES = 2048;
const LIMIT = '2MiB';

interface Kind {
  memory: MapOptions['memory'];
  engine: PagerOptions['engine'];
}

async function open({ memory, engine }: Kind, store?: string) {
  const pager = await createPager({ residentLimit: LIMIT, ...(engine && { engine }) });
  const region = await pager.map({
    byteLength: PAGES * PAGE,
    ...(memory && { memory }),
    ...(store !== undefined && { store: fileStore(store) }),
  });
  return { pager, region, words: new Uint32Array(region.buffer, 0, PAGES * WORDS) };
}

async function write(region: Region, words: Uint32Array, first: number, end: number): Promise<void> {
  for (let page = first; page < end; page++) {
    await region.load(page * PAGE, PAGE);
    words[page * WORDS] = page + 1;
    words[page * WORDS + WORDS - 1] = page + 1;
  }
}

/** How many pages of the range are right, all zeros, or neither. */
async function look(region: Region, words: Uint32Array, first: number, end: number) {
  const seen = { right: 0, zeros: 0, wrong: 0 };
  for (let page = first; page < end; page++) {
    await region.load(page * PAGE, PAGE);
    const [from, to] = [words[page * WORDS], words[page * WORDS + WORDS - 1]];
    if (from === page + 1 && to === page + 1) seen.right++;
    else if (from === 0 && to === 0) seen.zeros++;
    else seen.wrong++;
  }
  return seen;
}

const regenerate = (pages: ReadonlyArray<{ page: number; into: Uint8Array }>) => {
  for (const { page, into } of pages) {
    const own = new Uint32Array(into.buffer, into.byteOffset, WORDS);
    own.fill(0);
    own[0] = page + 1;
    own[WORDS - 1] = page + 1;
  }
};

await perform({
  /** Nothing is written to the store; what was dropped returns as zeros, and every such page is reported once. */
  async told(kind: Kind) {
    const { pager, region, words } = await open(kind);
    const told = new Set<number>();
    let twice = 0;
    region.on('reclaimed', ({ byteOffset, byteLength }) => {
      for (let at = byteOffset; at < byteOffset + byteLength; at += PAGE) {
        if (told.has(at)) twice++;
        told.add(at);
      }
    });
    await region.markVolatile(0, region.byteLength);
    await write(region, words, 0, PAGES);
    const seen = await look(region, words, 0, PAGES);
    await until(() => told.size >= seen.zeros);
    await pause(20);
    const { store, writebacks } = pager.stats();
    await pager.close();
    return { ...seen, told: told.size, twice, writes: store.writes, writebacks };
  },

  async regenerated(kind: Kind) {
    const { pager, region, words } = await open(kind);
    let made = 0;
    await region.markVolatile(0, region.byteLength, {
      regenerate: (pages) => {
        made += pages.length;
        regenerate(pages);
      },
    });
    await write(region, words, 0, PAGES);
    const seen = await look(region, words, 0, PAGES);
    const { store } = pager.stats();
    await pager.close();
    return { ...seen, made, writes: store.writes };
  },

  /** A module in the loop's thread: this thread may touch without a call before. */
  async module({ kind, url }: { kind: Kind; url: string }) {
    const { moduleStore } = await import('../../../src/index.js');
    const { pager, region, words } = await open(kind);
    await region.markVolatile(0, region.byteLength, { regenerate: moduleStore(url) });
    for (let page = 0; page < PAGES; page++) words[page * WORDS] = page + 1;
    let wrong = 0;
    for (let page = 0; page < PAGES; page++) if (words[page * WORDS] !== page + 1) wrong++;
    await pager.close();
    return wrong;
  },

  async failing(kind: Kind) {
    const { pager, region, words } = await open(kind);
    await region.markVolatile(0, region.byteLength, {
      regenerate: () => {
        throw new Error('the picture is gone');
      },
    });
    await write(region, words, 0, 16);
    await region.evict();
    const failed = await failure(() => region.load(0, PAGE));
    await pager.close();
    return failed;
  },

  /** Reclaimed pages are reported; the others are kept from then on, and written as any page is. */
  async unmarked(kind: Kind) {
    const { pager, region, words } = await open(kind);
    await region.markVolatile(0, region.byteLength);
    await write(region, words, 0, PAGES);
    const { reclaimed } = await region.unmarkVolatile(0, region.byteLength);
    const gone = new Set<number>();
    for (const { byteOffset, byteLength } of reclaimed) {
      for (let at = byteOffset; at < byteOffset + byteLength; at += PAGE) gone.add(at / PAGE);
    }
    let wrong = 0;
    for (let page = 0; page < PAGES; page++) {
      const { right, zeros } = await look(region, words, page, page + 1);
      if (gone.has(page) ? zeros !== 1 : right !== 1) wrong++;
    }
    await write(region, words, 0, PAGES);
    const after = await look(region, words, 0, PAGES);
    await pager.close();
    return { gone: gone.size, wrong, after };
  },

  /** Pinned pages stay; evict drops without a write; flush leaves them alone. */
  async pinned(kind: Kind) {
    const { pager, region, words } = await open(kind);
    await region.markVolatile(0, region.byteLength);
    await region.load(0, 16 * PAGE, { pin: true });
    for (let page = 0; page < 16; page++) words[page * WORDS] = words[page * WORDS + WORDS - 1] = page + 1;
    await write(region, words, 16, PAGES);
    const pins = await look(region, words, 0, 16);
    region.unpin(0, 16 * PAGE);
    await region.flush();
    const flushed = pager.stats().store.writes;
    await region.evict();
    const dropped = await look(region, words, 0, 16);
    await pager.close();
    return { pins, flushed, dropped };
  },

  /** A page that was written back before it was marked is not reclaimed: it costs nothing. */
  async stored({ kind, file }: { kind: Kind; file: string }) {
    const { pager, region, words } = await open(kind, file);
    await write(region, words, 0, 64);
    await region.evict();
    await region.markVolatile(0, 64 * PAGE);
    const seen = await look(region, words, 0, 64);
    await region.evict();
    const later = await look(region, words, 0, 64);
    await pager.close();
    return { seen, later };
  },

  async refused(kind: Kind) {
    const { pager, region } = await open(kind);
    const part = await failure(() => region.markVolatile(1, PAGE));
    const nothing = await failure(() => region.markVolatile(0, PAGE, { regenerate: 7 as never }));
    await region.close();
    const closed = await failure(() => region.markVolatile(0, PAGE));
    await pager.close();
    return [part.code, nothing.code, closed.code];
  },
});
