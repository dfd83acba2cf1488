// Several passes of one pager at once, each over a region of its own.
import { Writable } from 'node:stream';
import { type Pager, type Region, receiveRegion, snapshotStore } from '../../../src/index.js';
import { check, failure, fill, perform, until, wordsOf } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const PAGES = 600;
/** As many as the core has records. */
const LIMIT = 4;

/** A stream that takes nothing before it is opened. */
class Gate extends Writable {
  taken = 0;
  #waiting: (() => void) | undefined;
  #open = false;

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.taken += chunk.length;
    if (this.#open) done();
    else this.#waiting = done;
  }

  open(): void {
    this.#open = true;
    this.#waiting?.();
  }
}

async function mapAll(regions: number) {
  const pager = await createPager({ residentLimit: 512 * PAGE, readahead: 'off' });
  const all: Region[] = [];
  for (let each = 0; each < regions; each++) {
    const region = await pager.map({ byteLength: PAGES * PAGE });
    fill(wordsOf(region), each);
    all.push(region);
  }
  return { pager, all };
}

/** Each image is its region as it was filled, by seed. */
async function checkImages(pager: Pager, folder: string, seeds: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, seed] of Object.entries(seeds)) {
    const image = await pager.map({ byteLength: PAGES * PAGE, source: snapshotStore(`${folder}/${name}`) });
    check(wordsOf(image), seed);
    await image.close();
  }
}

await perform({
  /** A snapshot that gets no further does not hold up those of other regions, up to the limit; what comes later waits. */
  async 'snapshots of several regions at once'({ folder }: { folder: string }) {
    const { pager, all } = await mapAll(LIMIT + 2);
    const gates = all.slice(0, LIMIT - 1).map(() => new Gate());
    const ending = new AbortController();
    const stuck = gates.map((gate, each) =>
      all[each]?.snapshot(gate, { bufferLimit: 16 * PAGE, signal: ending.signal }),
    );
    for (const each of stuck) each?.catch(() => {});
    await until(() => gates.every(({ taken }) => taken > 0));
    // The fourth record is free: these take it in turn, while writers run.
    const rest = all.slice(LIMIT - 1);
    const reports = await Promise.all(rest.map((region, each) => region.snapshot(`${folder}/${each}`)));
    // A region has one pass at a time: a second one waits for the first, and an abort ends the wait.
    const second = new AbortController();
    const waiting = failure(() => all[0]?.snapshot(`${folder}/second`, { signal: second.signal }));
    second.abort();
    const { code } = await waiting;
    ending.abort();
    const ends = await Promise.all(stuck.map((each) => failure(() => each)));
    for (const [each, region] of all.entries()) check(wordsOf(region), each);
    for (const [each] of rest.entries()) {
      const image = await pager.map({ byteLength: PAGES * PAGE, source: snapshotStore(`${folder}/${each}`) });
      check(wordsOf(image), LIMIT - 1 + each);
      await image.close();
    }
    // All records are free again.
    const again = await Promise.all(all.map((region, each) => region.snapshot(`${folder}/again-${each}`)));
    await pager.close();
    return {
      reports: reports.map(({ pages }) => pages),
      code,
      ends: ends.map((each) => each.code),
      again: again.length,
    };
  },

  /** A region is copied away while other regions' snapshots are taken; one of the same region waits. */
  async 'a migration beside snapshots'({ folder }: { folder: string }) {
    const { pager, all } = await mapAll(3);
    const [moved, one, two] = all;
    if (moved === undefined || one === undefined || two === undefined) throw new Error('three regions');
    const destination = await createPager();
    const url = `unix:${folder}/socket`;
    let listens = (): void => {};
    const listening = new Promise<void>((resolve) => {
      listens = resolve;
    });
    const receiving = receiveRegion(url, { pager: destination, onListening: listens });
    await listening;
    const order: string[] = [];
    let late: Promise<unknown> | undefined;
    const migrating = moved.migrate(url, {
      rounds: 1,
      state: async () => {
        late = moved.snapshot(`${folder}/moved`).then(() => order.push('snapshot of the moved'));
        await one.snapshot(`${folder}/one`);
        order.push('snapshot of another');
        return Buffer.from('state');
      },
    });
    const migrated = migrating.then(() => order.push('migration'));
    const { region, complete } = await receiving;
    // The source is held until the other end has all pages.
    await two.snapshot(`${folder}/two`);
    await Promise.all([complete, migrated]);
    await late;
    check(wordsOf(region), 0);
    await checkImages(pager, folder, { moved: 0, one: 1, two: 2 });
    await destination.close();
    await pager.close();
    return order;
  },

  /** Regions are closed in the middle of their passes; the numbers are used again. */
  async 'regions are closed while their passes run'({ folder }: { folder: string }) {
    const { pager, all } = await mapAll(3);
    const gate = new Gate();
    const first = all[0]?.snapshot(gate, { bufferLimit: 16 * PAGE });
    const lost = failure(() => first);
    await until(() => gate.taken > 0);
    await all[0]?.close();
    const fresh = await pager.map({ byteLength: PAGES * PAGE });
    fill(wordsOf(fresh), 9);
    const saving = fresh.snapshot(`${folder}/fresh`);
    gate.open();
    await Promise.all([saving, all[1]?.snapshot(`${folder}/one`), all[2]?.snapshot(`${folder}/two`)]);
    await checkImages(pager, folder, { fresh: 9, one: 1, two: 2 });
    const { code } = await lost;
    await pager.close();
    return code;
  },
});
