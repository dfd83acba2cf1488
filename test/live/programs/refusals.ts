// Scenes of a kernel that refuses what the pager asks of it, for a while or for longer.
import { closeSync, openSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { createPager, fileStore } from '../../../src/index.js';
import { type Call, Refusal } from '../../support/process/refuse.js';
import { type Kind, open } from './kinds-kit.js';
import { begun, check, ended, failure, fill, hand, pause, perform, until, wordsOf } from './kit.js';

interface Input {
  kind: Kind;
  errno: number;
  /** Less than all that could be refused. */
  calls?: Call[];
}

/** What brings pages in, or takes them out. */
function callsOf({ engine, memory }: Kind): Call[] {
  if (engine === 'trap') return ['pwrite', 'mprotect', 'guard'];
  return memory === 'anonymous' ? ['copy', 'zeropage', 'move'] : ['copy', 'zeropage'];
}

async function begin({ kind, errno, calls = callsOf(kind) }: Input, storePatience: number) {
  const opened = await open(kind, 2, {}, { readahead: 'off', storePatience });
  const { region, words } = opened;
  fill(words, 1);
  const refusal = new Refusal();
  const refuse = () => refusal.refuse(errno, calls, { start: BigInt(region.address), byteLength: region.byteLength });
  return { ...opened, refusal, refuse };
}

await perform({
  /** Loads and a thread's touch wait; then all is as it was. */
  async 'for a while'(input: Input) {
    const { pager, region, words, step, refusal, refuse, pages } = await begin(input, 60_000);
    // Some pages are in staging, and nowhere else.
    refuse();
    let done = 0;
    const loads = [0, 1, 2, pages - 1].map((page) => region.load(page * step * 4, 4).then(() => done++));
    const faults = () => region.stats().faults.missing + region.stats().faults.minor;
    const before = faults();
    const worker = hand({ buffer: region.buffer, does: 'byte', from: 3 * step });
    const value = new Promise<number>((resolve) => {
      worker.on('message', (message: { value?: number }) => {
        if (message.value !== undefined) resolve(message.value);
      });
    });
    const over = ended(worker);
    await begun(worker);
    await until(() => faults() > before);
    const refused = refusal.refused;
    await until(() => refusal.refused > refused + 20);
    const meanwhile = done;
    refusal.takeAll();
    await Promise.all(loads);
    const touched = await value;
    await over;
    const right = touched === words[3 * step];
    check(words, 1);
    const stats = region.stats();
    await pager.close();
    return { meanwhile, right, failed: stats.store.errors };
  },

  /** Loads fail, and later ones have what was there. */
  async 'longer than the patience'(input: Input) {
    const { pager, region, words, step, refusal, refuse } = await begin(input, 300);
    await region.evict();
    fill(words, 2, 5 * step, 6 * step);
    await region.evict();
    refuse();
    const failed = await failure(() => region.load(5 * step * 4, step * 4));
    const again = await failure(() => region.load(5 * step * 4, step * 4));
    refusal.takeAll();
    await region.load(5 * step * 4, step * 4);
    check(words, 2, 5 * step, 6 * step);
    check(words, 1, 0, 5 * step);
    check(words, 1, 6 * step);
    await pager.close();
    return { failed, again };
  },

  /** The first fdatasync(2) fails, and no later one says so: as Linux has it. */
  async 'a flush that fails'({ file, losesPage }: { file: string; losesPage?: number }) {
    const pager = await createPager({ residentLimit: 2 ** 20 });
    const region = await pager.map({ byteLength: 2 ** 22, store: fileStore(file) });
    const words = wordsOf(region);
    fill(words, 1);
    await region.evict();
    const refusal = new Refusal();
    refusal.refuse(constants.errno.EIO, ['fdatasync']);
    const first = await failure(() => region.flush());
    const second = await failure(() => region.flush());
    const before = region.stats().store.writes;
    refusal.takeAll();
    if (losesPage !== undefined) {
      // The page cache has let the page go, and the disk never had it.
      const fd = openSync(file, 'r+');
      writeSync(fd, new Uint8Array(4096), 0, 4096, losesPage * 4096);
      closeSync(fd);
      const third = await failure(() => region.flush());
      await pager.close();
      return { first, second, third };
    }
    await region.flush();
    const written = region.stats().store.writes - before;
    const later = region.stats().store.writes;
    await region.flush();
    const calm = region.stats().store.writes - later;
    check(words, 1);
    await pager.close();
    return { first, second, written, calm };
  },

  async 'a touch longer than the patience'(input: Input) {
    const { region, words, step, refuse } = await begin(input, 200);
    await region.evict();
    refuse();
    await pause(1);
    return words[7 * step];
  },
});
