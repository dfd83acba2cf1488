// Scenes of pagers whose loop is recorded: FARPAGE_RECORD names the file.
import { memoryStore, type Store } from '../../../src/index.js';
import { hands, type Job, pause, perform, say, until, wordsOf } from './kit.js';
import { createPager } from './variant.js';

const MIB = 2 ** 20;

/** A store of this thread that is away for a while. */
class Leaving implements Store {
  readonly writable = true;
  readonly #kept = new Map<number, Uint8Array>();
  away = false;
  refused = 0;

  #answer(): void {
    if (!this.away) return;
    this.refused++;
    throw new Error('the store is away');
  }
  async read(pages: Parameters<Store['read']>[0]): Promise<void> {
    this.#answer();
    for (const { page, into } of pages) into.set(this.#kept.get(page) ?? new Uint8Array(into.length));
  }
  async write(pages: Parameters<NonNullable<Store['write']>>[0]): Promise<void> {
    this.#answer();
    for (const { page, from } of pages) this.#kept.set(page, from.slice());
  }
  async close(): Promise<void> {}
}

await perform({
  /** Scans and random touches over a pool and over a store that is away for a while, evictions, and a snapshot meanwhile. */
  async 'a life'({ image, close }: { image: string; close: boolean }) {
    const pager = await createPager({ residentLimit: 2 * MIB });
    const store = new Leaving();
    const away = await pager.map({ byteLength: 4 * MIB, store });
    const pool = await pager.map({ byteLength: 4 * MIB, store: memoryStore() });
    const words = wordsOf(away).length;
    const job = (region: { buffer: SharedArrayBuffer }, more: Omit<Job, 'buffer'>): Job => ({
      buffer: region.buffer,
      ...more,
    });
    await hands([job(pool, { does: 'fill', seed: 3 })]);
    const hammering = hands([
      job(away, { does: 'hammer', seed: 1, to: words / 2, count: 6000 }),
      job(pool, { does: 'check', seed: 3 }),
    ]);
    const snapshot = pool.snapshot(image);
    await until(() => pager.stats().writebacks > 20);
    store.away = true;
    await until(() => store.refused > 0);
    await pause(20);
    store.away = false;
    await Promise.all([hammering, snapshot]);
    await hands([job(away, { does: 'fill', seed: 5 }), job(pool, { does: 'check', seed: 3 })]);
    await away.flush();
    await pool.load(0, MIB);
    await pool.evict();
    const { evictions, writebacks } = pager.stats();
    if (!close) {
      say('lives');
      await hands([job(pool, { does: 'forever' })]);
    }
    await pager.close();
    return { evictions, writebacks, refused: store.refused };
  },
});
