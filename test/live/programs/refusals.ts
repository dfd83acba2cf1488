// Scenes of a kernel that refuses what the pager asks of it, for a while or for longer.
import { type Call, Refusal } from '../../support/process/refuse.js';
import { type Kind, open } from './kinds-kit.js';
import { begun, check, ended, failure, fill, hand, pause, perform, until } from './kit.js';

interface Input {
  kind: Kind;
  errno: number;
  /** Less than all that could be refused. */
  calls?: Call[];
}

/** What brings pages in, or takes them out. */
function callsOf({ engine, memory }: Kind): Call[] {
  if (engine === 'trap') return ['pwrite', 'mprotect'];
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

  async 'a touch longer than the patience'(input: Input) {
    const { region, words, step, refuse } = await begin(input, 200);
    await region.evict();
    refuse();
    await pause(1);
    return words[7 * step];
  },
});
