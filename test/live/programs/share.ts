// Scenes of regions shared with other processes: the pager's, and those that attach.
import {
  attachRegion,
  createPager,
  type MapOptions,
  moduleStore,
  type Region,
  shareRegion,
} from '../../../src/index.js';
import { fileOf } from './kinds-kit.js';
import { check, failure, fill, hand, perform, say, until, wordAt } from './kit.js';
import { MAIL_AT, MAIL_WORDS, openUserfaultfds, Party, told } from './share-kit.js';

interface Shared {
  path: string;
  memory?: 'shared' | 'huge';
  /** Pages. */
  limit?: number;
  times?: number;
}

const SMALL_PAGE = 4096;
const HUGE_PAGE = 2 * 2 ** 20;

async function open({ path, memory = 'shared', limit = 128, times = 4 }: Shared, more: Partial<MapOptions> = {}) {
  const pageSize = memory === 'huge' ? HUGE_PAGE : SMALL_PAGE;
  const pager = await createPager({ engine: 'userfaultfd', pageSize, residentLimit: limit * pageSize });
  const region = await pager.map({ byteLength: limit * times * pageSize, memory, ...more });
  const share = await shareRegion(region, path);
  return { pager, region, share, words: wordsIn(region), step: pageSize / 4, pages: limit * times };
}

function wordsIn(region: Pick<Region, 'buffer' | 'byteLength'>): Uint32Array {
  return new Uint32Array(region.buffer, 0, region.byteLength / 4);
}

async function attach(path: string) {
  const region = await attachRegion(path);
  return { region, words: wordsIn(region), step: region.pageSize / 4, pages: region.byteLength / region.pageSize };
}

/** The page that the source holds back. */
const HELD = 300;
/** Pages that one process counts in while the other evicts them. */
const COUNTED = 64;

/** One process's part in the crowd: its own words everywhere, and mail to or from the others. */
function crowd(words: Uint32Array, step: number, pages: number, party: number, visits: number): Party {
  const mine = new Party(words, step, party);
  const rounds = 32;
  for (let round = 1; round <= rounds; round++) {
    mine.play(visits / rounds);
    mail(words, step, pages, party, round);
  }
  mine.checkAll();
  return mine;
}

/** Party 0 writes a page's mail and then its flag; party 1 waits for the flag and reads the mail. */
function mail(words: Uint32Array, step: number, pages: number, party: number, round: number): void {
  const at = ((round * 37) % pages) * step + MAIL_AT;
  if (party === 0) {
    for (let i = 1; i < MAIL_WORDS; i++) words[at + i] = wordAt(i, round);
    Atomics.store(words, at, round);
  } else if (party === 1) {
    while (Atomics.load(words, at) !== round);
    for (let i = 1; i < MAIL_WORDS; i++) {
      if (words[at + i] !== wordAt(i, round)) throw new Error(`the mail of round ${round} is wrong at ${i}`);
    }
  }
}

await perform({
  /** The pager's process, and one of those that read and write. */
  async owner({ visits, ...shared }: Shared & { visits: number }) {
    const { pager, region, words, step, pages } = await open(shared);
    say(`open ${fileOf(pager)}`);
    await told();
    const mine = crowd(words, step, pages, 0, visits);
    say('done');
    // What the others wrote last.
    for (let line = await told(); line !== ''; line = await told()) {
      const { party, rounds } = JSON.parse(line) as { party: number; rounds: number[] };
      new Party(words, step, party).checkRounds(rounds);
    }
    mine.checkAll();
    const { evictions } = region.stats();
    await pager.close();
    return { evictions };
  },

  async member({ path, party, visits }: { path: string; party: number; visits: number }) {
    const { region, words, step, pages } = await attach(path);
    say('attached');
    await told();
    const { rounds } = crowd(words, step, pages, party, visits);
    // The others are not done yet: the buffer stays until they are.
    await told();
    await region.close();
    return { party, rounds };
  },

  /** A pager whose source holds one page back. */
  async gated(shared: Shared) {
    const gate = new SharedArrayBuffer(4);
    const source = moduleStore(new URL('./share-source.js', import.meta.url), { held: HELD, open: gate });
    const { pager, region, words, step, pages } = await open(shared, { source });
    const before = openUserfaultfds();
    say('open');
    for (let line = await told(); line !== 'close'; line = await told()) {
      if (line === 'exit') process.exit(0);
      if (line === 'begin to close') void region.close();
      if (line === 'close region') await region.close();
      if (line === 'release') Atomics.store(new Int32Array(gate), 0, 1);
      if (line === 'gone') await until(() => openUserfaultfds() === before);
      if (line === 'write') for (let page = 0; page < pages; page++) words[page * step + 1] = page ^ 0x5555;
      if (line === 'check') {
        for (let page = 0; page < pages; page++) {
          const [first, second] = [words[page * step], words[page * step + 1]];
          if (first !== page + 1 || second !== (page ^ 0x5555)) throw new Error(`page ${page}: ${first}, ${second}`);
        }
      }
      say(`did ${line}`);
    }
    await pager.close();
  },

  /** Touches the pages it is asked to, one after the other. */
  async toucher({ path }: { path: string }) {
    const { region, words, step } = await attach(path);
    say('attached');
    for (let line = await told(); line !== 'close'; line = await told()) {
      const page = Number(line);
      say(`touch ${page}`);
      say(`value of ${page} is ${words[page * step]}`);
    }
    await region.close();
    return failure(() => region.buffer);
  },

  /** Evicts pages while another process counts in them. */
  async evictor({ rounds, ...shared }: Shared & { rounds: number }) {
    const { pager, region, words, step, pages } = await open(shared);
    say('open');
    await told();
    const flag = (pages - 1) * step;
    // It has begun: every page has been counted in.
    await until(() => Atomics.load(words, flag) === 1);
    for (let round = 0; round < rounds; round++) await region.evict(0, COUNTED * region.pageSize);
    Atomics.store(words, flag, 2);
    say('evicted');
    await told();
    const counts = Array.from({ length: COUNTED }, (_, page) => words[page * step]);
    await pager.close();
    return counts;
  },

  async counter({ path }: { path: string }) {
    const { words, step, pages } = await attach(path);
    say('attached');
    await told();
    const flag = (pages - 1) * step;
    const counts = new Array<number>(COUNTED).fill(0);
    for (let round = 1; Atomics.load(words, flag) !== 2; round++) {
      for (let page = 0; page < COUNTED; page++) {
        const is = words[page * step] ?? 0;
        if (is !== counts[page]) throw new Error(`page ${page} has counted ${is}, not ${counts[page]}`);
        counts[page] = words[page * step] = is + 1;
      }
      if (round === 1) Atomics.store(words, flag, 1);
    }
    return counts;
  },

  /** Exits while a thread of it waits. */
  async leaver({ path }: { path: string }) {
    const { region, step } = await attach(path);
    hand({ buffer: region.buffer, does: 'byte', from: HELD * step });
    say('attached');
    await told();
    process.exit(3);
  },

  /** Fills its region beyond the limit, and closes it when told; page 0 is resident then. */
  async closer({ written, ...shared }: Shared & { written: number }) {
    const { pager, region, words, step } = await open(shared);
    fill(words, 1, 0, written * step);
    await region.load(0, region.pageSize, { pin: true });
    say('open');
    await told();
    await region.close();
    say('closed');
    await told();
    await pager.close();
  },

  /** Looks at the first pages once they are closed. */
  async mourner({ path, pages }: { path: string; pages: number }) {
    const { words, step } = await attach(path);
    check(words, 1, 0, step);
    say('attached');
    await told();
    check(words, 1, 0, step);
    say('page 0 is there');
    for (let page = 1; page < pages; page++) check(words, 1, page * step, (page + 1) * step);
    return 'everything is there';
  },

  /** Never written, no source: zeros are what these pages hold. */
  async blank({ path, page }: { path: string; page: number }) {
    const { words, step } = await attach(path);
    say('attached');
    await told();
    return [...words.subarray(page * step, page * step + 4)];
  },

  async stranger({ path, uid }: { path: string; uid: number }) {
    process.setuid?.(uid);
    return failure(() => attachRegion(path));
  },

  async refusals({ path }: { path: string }) {
    const trap = await createPager({ engine: 'trap', residentLimit: '1MiB' });
    const trapped = await trap.map({ byteLength: '1MiB', memory: 'shared' });
    const byTrap = await failure(() => shareRegion(trapped, path));
    await trap.close();
    const pager = await createPager({ engine: 'userfaultfd', residentLimit: '1MiB' });
    const anonymous = await pager.map({ byteLength: '1MiB' });
    const byAnonymous = await failure(() => shareRegion(anonymous, path));
    const region = await pager.map({ byteLength: '1MiB', memory: 'shared' });
    const share = await shareRegion(region, path);
    const byTaken = await failure(() => shareRegion(region, path));
    await share.close();
    await share.close();
    const byNobody = await failure(() => attachRegion(path));
    await region.close();
    const byClosed = await failure(() => shareRegion(region, path));
    await pager.close();
    return { byTrap, byAnonymous, byTaken, byNobody, byClosed };
  },
});
