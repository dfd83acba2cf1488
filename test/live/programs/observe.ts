// Scenes of what a pager tells of itself: histograms, metrics, channels.
import { fileStore, type HistogramName, type Pager, registerMetrics, statsSince } from '../../../src/index.js';
import { hands, pause, perform, say } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const PAGES = 256;
const NAMES: HistogramName[] = ['fault', 'store.read', 'store.write', 'load'];

function countsOf(pager: Pager): Record<string, number> {
  return Object.fromEntries(NAMES.map((name) => [name, pager.histogram(name).count]));
}

await perform({
  'a region of a file is read and written at random': async ({ path }: { path: string }) => {
    await using pager = await createPager({ residentLimit: PAGE * 64, readahead: 'off' });
    const before = { stats: pager.stats(), fault: pager.histogram('fault') };
    const region = await pager.map({ byteLength: PAGES * PAGE, store: fileStore(path) });
    for (let page = 0; page < PAGES; page++) {
      await region.load(page * PAGE, 1);
      region.view(Uint8Array, page * PAGE, 1)[0] = page;
    }
    // The loads have all pages resident: these faults are for pages that have left.
    const bytes = region.view(Uint8Array);
    let wrong = 0;
    for (let page = 0; page < PAGES; page++) if (bytes[page * PAGE] !== page % 256) wrong++;
    // The kernel wakes a thread before the loop counts its fault: a load is answered after that.
    await region.load(0, 1);
    const since = statsSince(pager.stats(), before.stats);
    const fault = pager.histogram('fault');
    const counts = countsOf(pager);
    const { latency } = pager.stats();
    await region.close();
    return {
      wrong,
      counts,
      after: countsOf(pager),
      faults: since.faults.missing + since.faults.minor + since.faults.wp,
      sinceStart: fault.since(before.fault).count,
      agree: [
        [fault.percentile(50), latency.p50 * 1000],
        [fault.percentile(99), latency.p99 * 1000],
        [fault.max, latency.max * 1000],
      ],
      ordered: fault.min <= fault.mean && fault.mean <= fault.max && fault.min <= fault.percentile(50),
      store: since.store,
    };
  },
  'two pagers are exposed': async () => {
    interface Registered {
      name: string;
      get(): Promise<{ values: Array<{ value: number; labels: Record<string, string> }> }>;
    }
    const found = new Map<string, Registered>();
    registerMetrics({ registerMetric: (metric: Registered) => void found.set(metric.name, metric) });
    const pagers = [await createPager(), await createPager()];
    const texts: string[] = [];
    for (const [index, pager] of pagers.entries()) {
      const region = await pager.map({ byteLength: 16 * PAGE });
      await region.load(0, 1);
      for (let page = 0; page <= index; page++) region.view(Uint8Array, page * PAGE + 2 * PAGE, 1)[0] = 1;
      texts.push(pager.metrics());
    }
    await pagers[0]?.close();
    const { values = [] } = (await found.get('farpage_faults_total')?.get()) ?? {};
    const [one] = values.filter(({ labels }) => labels['kind'] === 'missing');
    const registered = `farpage_faults_total ${one?.labels['pager']} ${one?.labels['kind']} ${one?.value}`;
    await pagers[1]?.close();
    return { texts, registered };
  },
  'pages come and go until it is asked to end': async () => {
    await using pager = await createPager({ residentLimit: 64 * PAGE, readahead: 'off' });
    const region = await pager.map({ byteLength: 256 * PAGE });
    const bytes = region.view(Uint8Array);
    let asked = false;
    process.stdin.once('data', () => {
      asked = true;
    });
    for (let page = 0; !asked; page = (page + 1) % 256) {
      bytes[page * PAGE] = page;
      if (page === 255) say('a round');
      if (page % 16 === 0) await pause(1);
    }
    process.stdin.destroy();
    return pager.stats().faults.missing;
  },
  'loads are tracked by their places': async () => {
    await using pager = await createPager({ readahead: 'off' });
    const region = await pager.map({ byteLength: 256 * PAGE });
    async function atStart(): Promise<void> {
      await region.load(0, 4 * PAGE);
    }
    async function everywhere(page: number): Promise<void> {
      await region.use(page * PAGE, PAGE, () => 0);
    }
    const tracker = region.trackFaults();
    const thinned = region.trackFaults({ every: 4 });
    for (let round = 0; round < 3; round++) await atStart();
    for (let page = 100; page < 110; page++) await everywhere(page);
    tracker.stop();
    await atStart();
    thinned.stop();
    let refused = '';
    try {
      region.trackFaults({ every: 0 });
    } catch (error) {
      refused = (error as Error).message;
    }
    return { report: tracker.report(), text: String(tracker), thinned: thinned.report(), refused };
  },
  'faults are counted by thread': async () => {
    await using pager = await createPager({ readahead: 'off' });
    const region = await pager.map({ byteLength: 256 * PAGE });
    const other = await pager.map({ byteLength: 64 * PAGE });
    const bytes = region.view(Uint8Array);
    bytes[255 * PAGE] = 1;
    const tracker = region.trackFaults();
    await region.load(0, 4 * PAGE);
    for (let page = 0; page < 14; page++) bytes[page * PAGE] = 1;
    // Another region's faults are not in it.
    other.view(Uint8Array)[0] = 1;
    await hands([{ buffer: region.buffer, does: 'fill', seed: 1, from: (100 * PAGE) / 4, to: (132 * PAGE) / 4 }]);
    const during = String(tracker);
    tracker.stop();
    bytes[200 * PAGE] = 1;
    // Closing the region ends the counting, too.
    const second = region.trackFaults();
    bytes[201 * PAGE] = 1;
    await region.close();
    return {
      main: process.pid,
      faults: pager.faults,
      threads: tracker.report().threads,
      text: during,
      second: second.report().threads,
    };
  },
  'trackers without end': async () => {
    await using pager = await createPager();
    const region = await pager.map({ byteLength: PAGE });
    const trackers = [];
    let refused: unknown;
    try {
      while (trackers.length < 100) trackers.push(region.trackFaults());
    } catch (error) {
      const { code, errno, message, hint } = error as Error & { code: string; errno: string; hint: string };
      refused = { code, errno, message, hint };
    }
    for (const tracker of trackers) tracker.stop();
    region.trackFaults().stop();
    return { faults: pager.faults, open: trackers.length, refused };
  },
  'a name that is none': async () => {
    await using pager = await createPager();
    try {
      pager.histogram('faults' as HistogramName);
    } catch (error) {
      const { code, message, hint } = error as Error & { code: string; hint: string };
      return { code, message, hint };
    }
    return null;
  },
});
