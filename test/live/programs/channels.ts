// Scenes of diagnostics_channel: what is published, and that it is what was counted.
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import {
  type EvictMessage,
  type FaultMessage,
  fileStore,
  type PassMessage,
  probe,
  receiveRegion,
  type StoreMessage,
} from '../../../src/index.js';
import { perform, until } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const PAGES = 512;

interface Paths {
  store: string;
  image: string;
  socket: string;
}

/** The events of a tracing channel, in their order. */
function traces(name: string): string[] {
  const seen: string[] = [];
  const note = (event: string) => (message: unknown) => {
    const { error, byteOffset } = message as { error?: Error & { code?: string }; byteOffset?: number };
    seen.push([event, byteOffset, error?.code].filter((part) => part !== undefined).join(' '));
  };
  tracingChannel(name).subscribe({
    start: note('start'),
    end: note('end'),
    asyncStart: note('asyncStart'),
    asyncEnd: note('asyncEnd'),
    error: note('error'),
  });
  return seen;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );
}

await perform({
  'sums are what the pager counts': async ({ store }: Paths) => {
    const sums = { faults: 0, fills: 0, evictions: 0, writes: 0, times: 0, calls: 0 };
    let messages = 0;
    subscribe('farpage:fault', (message) => {
      const { faults, fills, times } = message as FaultMessage;
      messages++;
      sums.faults += faults.missing + faults.minor + faults.wp;
      sums.fills += fills.zero + fills.source + fills.store + fills.soft;
      sums.times += times.count;
    });
    subscribe('farpage:evict', (message) => {
      sums.evictions += (message as EvictMessage).evictions;
    });
    subscribe('farpage:store', (message) => {
      const { store: counted, writes } = message as StoreMessage;
      sums.writes += counted.writes;
      sums.calls += writes.count;
    });
    const pager = await createPager({ residentLimit: 64 * PAGE, readahead: 'off' });
    const region = await pager.map({ byteLength: PAGES * PAGE, store: fileStore(store) });
    const bytes = region.view(Uint8Array);
    for (let page = 0; page < PAGES / 2; page++) bytes[page * PAGE] = 1;
    await until(() => messages > 0);
    for (let page = PAGES / 2; page < PAGES; page++) bytes[page * PAGE] = 1;
    await region.flush();
    await pager.close();
    const { faults, fills, evictions, store: counted } = pager.stats();
    const stats = {
      faults: faults.missing + faults.minor + faults.wp,
      fills: fills.zero + fills.source + fills.store + fills.soft,
      evictions,
      writes: counted.writes,
      times: pager.histogram('fault').count,
      calls: pager.histogram('store.write').count,
    };
    return { sums, stats };
  },
  'calls are traced': async ({ image, socket }: Paths) => {
    const load = traces('farpage:load');
    const evict = traces('farpage:evict');
    const snapshot = traces('farpage:snapshot');
    const migrate = traces('farpage:migrate');
    const passes: string[] = [];
    subscribe('farpage:pass', (message) => {
      const { kind, phase, report, error } = message as PassMessage;
      passes.push(`${kind} ${phase}${report === undefined ? '' : ' report'}${error === undefined ? '' : ' error'}`);
    });
    await using pager = await createPager();
    const region = await pager.map({ byteLength: 16 * PAGE, memory: 'anonymous' });
    await region.load(PAGE, 1);
    const controller = new AbortController();
    controller.abort();
    const wrong = await codeOf(region.load(2 * PAGE, 1, { signal: controller.signal }));
    await region.evict(0, PAGE);
    const failed = await codeOf(region.snapshot('/nowhere/at/all'));
    const taken = await codeOf(region.snapshot(image));
    // Nobody listens there.
    const migrated = await codeOf(region.migrate(`unix:${socket}`, { patienceMs: 50 }));
    const served = pager.engine === 'userfaultfd' && (await probe()).userfaultfd.kernelFaults;
    return { load, evict, snapshot, migrate, passes, wrong, failed, taken, migrated, served };
  },
  'a migration that succeeds': async ({ socket }: Paths) => {
    const migrate = traces('farpage:migrate');
    const passes: string[] = [];
    subscribe('farpage:pass', (message) => {
      const { kind, phase, report } = message as PassMessage;
      const pages = report !== undefined && 'rounds' in report ? ` ${report.pages}` : '';
      passes.push(`${kind} ${phase}${pages}`);
    });
    await using pager = await createPager();
    const region = await pager.map({ byteLength: 16 * PAGE, memory: 'anonymous' });
    const bytes = region.view(Uint8Array);
    for (let page = 0; page < 16; page++) bytes[page * PAGE] = page + 1;
    await using other = await createPager();
    // A sender that dials before the receiver listens fails at once, and the receiver would wait for another.
    let listens = (): void => {};
    const listening = new Promise<void>((resolve) => {
      listens = resolve;
    });
    const receiving = receiveRegion(`unix:${socket}`, { pager: other, memory: 'anonymous', onListening: listens });
    receiving.catch(() => {});
    await Promise.race([listening, receiving]);
    const migrated = await codeOf(region.migrate(`unix:${socket}`, { rounds: 0 }));
    if (migrated !== 'done')
      return { migrated, served: pager.engine === 'userfaultfd' && (await probe()).userfaultfd.kernelFaults };
    const { region: moved, complete } = await receiving;
    // In this very thread, and without a load.
    const seen = moved.view(Uint8Array);
    const right = Array.from({ length: 16 }, (_, page) => seen[page * PAGE] === page + 1).every(Boolean);
    await complete;
    return { migrated, migrate, passes, right, served: true };
  },
  'nobody listens': async () => {
    const seen: unknown[] = [];
    const note = (message: unknown) => seen.push(message);
    subscribe('farpage:fault', note);
    unsubscribe('farpage:fault', note);
    const pager = await createPager();
    const region = await pager.map({ byteLength: 16 * PAGE });
    region.view(Uint8Array)[0] = 1;
    await region.load(0, 1);
    // Unreferenced timers are in it, too.
    const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    subscribe('farpage:fault', note);
    // A region that is mapped from now on is one that is listened to.
    const other = await pager.map({ byteLength: 16 * PAGE });
    other.view(Uint8Array)[0] = 1;
    await until(() => seen.length > 0);
    await pager.close();
    return { timers, seen: seen.length };
  },
});
