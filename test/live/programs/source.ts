// Scenes of sources that change while a region is open, and of sources and regions at the edges of what numbers hold.
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileStore, moduleStore, type Region } from '../../../src/index.js';
import { failure, perform } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const MIB = 2 ** 20;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-source-'));
const file = path.join(folder, 'file');
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Page n of a file is n + 1 in every byte. */
function make(pages: number, more = 0): void {
  const bytes = Buffer.alloc(pages * PAGE + more, 0xee);
  for (let page = 0; page < pages; page++) bytes.fill(page + 1, page * PAGE, (page + 1) * PAGE);
  writeFileSync(file, bytes);
}

function overwrite(page: number, byte: number): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, Buffer.alloc(PAGE, byte), 0, PAGE, page * PAGE);
  closeSync(fd);
}

async function mapFile(kind: 'native' | 'loop', pages: number) {
  const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
  // The same file through the event loop.
  const spec = new URL('./source-store.js', import.meta.url);
  const source = kind === 'native' ? fileStore(file, { readOnly: true }) : moduleStore(spec, { file });
  return { pager, region: await pager.map({ byteLength: pages * PAGE, source }) };
}

const bytesOf = (region: Region, page: number) => region.view(Uint8Array, page * PAGE, PAGE);
const isAll = (region: Region, page: number, byte: number) => bytesOf(region, page).every((each) => each === byte);

await perform({
  async 'a page that changes'({ kind, passes }: { kind: 'native' | 'loop'; passes: boolean }) {
    make(64);
    const { pager, region } = await mapFile(kind, 64);
    for (const page of [3, 4, 5, 6]) await region.load(page * PAGE, PAGE);
    bytesOf(region, 6).fill(77); // and so no longer the source's
    await region.evict();
    for (const page of [4, 6, 9]) overwrite(page, 200);
    if (passes) {
      const failed = await failure(() => region.snapshot(path.join(folder, 'image')));
      await pager.close();
      return { failed };
    }
    const failed = await failure(() => region.load(4 * PAGE, PAGE));
    for (const page of [3, 5, 6, 9]) await region.load(page * PAGE, PAGE);
    const right = {
      same: isAll(region, 3, 4) && isAll(region, 5, 6),
      own: isAll(region, 6, 77),
      fresh: isAll(region, 9, 200),
    };
    await pager.close();
    return { failed, right };
  },

  async 'a run with a page that changes'() {
    make(128);
    const { pager, region } = await mapFile('native', 128);
    await region.load(0, 128 * PAGE);
    await region.evict();
    overwrite(40, 200);
    const failed = await failure(() => region.load(0, 128 * PAGE));
    const others = [];
    for (let page = 0; page < 128; page++) {
      if (page === 40) continue;
      await region.load(page * PAGE, PAGE);
      if (!isAll(region, page, page + 1)) others.push(page);
    }
    await pager.close();
    return { failed, others };
  },

  async 'a file cut short'({ kind }: { kind: 'native' | 'loop' }) {
    make(64);
    const { pager, region } = await mapFile(kind, 80);
    truncateSync(file, 16.5 * PAGE);
    const failed = [];
    for (const page of [16, 40, 63]) failed.push(await failure(() => region.load(page * PAGE, PAGE)));
    // What was never in the file is zeros, as ever.
    await region.load(15 * PAGE, PAGE);
    await region.load(64 * PAGE, PAGE);
    const right = isAll(region, 15, 16) && isAll(region, 64, 0);
    await pager.close();
    return { failed, right };
  },

  async 'a file that grows'() {
    make(3, 100);
    const { pager, region } = await mapFile('native', 8);
    const fd = openSync(file, 'a');
    writeSync(fd, Buffer.alloc(2 * PAGE, 0xdd));
    closeSync(fd);
    await region.load(0, 8 * PAGE);
    const last = bytesOf(region, 3);
    const right =
      last.subarray(0, 100).every((each) => each === 0xee) && last.subarray(100).every((each) => each === 0);
    const after = isAll(region, 4, 0);
    await pager.close();
    return { right, after };
  },

  /** A file of so many bytes, mapped from its beginning. */
  async 'a source longer than any region'({ kind, bytes }: { kind: 'native' | 'loop'; bytes: number }) {
    const long = `/dev/shm/farpage-source-${process.pid}`;
    const fd = openSync(long, 'w');
    process.on('exit', () => rmSync(long, { force: true }));
    writeSync(fd, Buffer.alloc(16 * PAGE, 7));
    ftruncateSync(fd, bytes);
    const pager = await createPager({ residentLimit: MIB });
    const spec = new URL('./source-store.js', import.meta.url);
    const source = kind === 'native' ? fileStore(long, { readOnly: true }) : moduleStore(spec, { file: long });
    const region = await pager.map({ byteLength: 16 * PAGE, source });
    await region.load(0, 16 * PAGE);
    const right = [...Array(16).keys()].every((page) => isAll(region, page, 7));
    await pager.close();
    closeSync(fd);
    return right;
  },

  /** Pages on both sides of each edge come from their places in the source, and go to their places in the store. */
  async 'a region as long as can be'({ edges }: { edges: number[] }) {
    const [source, store] = ['source', 'store'].map((name) => `/dev/shm/farpage-${name}-${process.pid}`) as [
      string,
      string,
    ];
    process.on('exit', () => {
      for (const each of [source, store]) rmSync(each, { force: true });
    });
    const most = (2 ** 31 - 1) * PAGE;
    const pages = [0, ...edges.flatMap((edge) => [edge / PAGE - 1, edge / PAGE]), most / PAGE - 1].filter(
      (page) => page < most / PAGE,
    );
    const fd = openSync(source, 'w');
    for (const [index, page] of pages.entries()) writeSync(fd, Buffer.alloc(PAGE, index + 1), 0, PAGE, page * PAGE);
    closeSync(fd);
    const pager = await createPager({ residentLimit: MIB });
    const region = await pager.map({
      byteLength: most,
      source: fileStore(source, { readOnly: true }),
      store: fileStore(store),
    });
    const wrong: string[] = [];
    for (const [index, page] of pages.entries()) {
      await region.load(page * PAGE, PAGE);
      if (!isAll(region, page, index + 1)) wrong.push(`page ${page} is not the source's`);
      bytesOf(region, page).fill(index + 101);
    }
    await region.evict();
    await region.flush();
    const stored = openSync(store, 'r');
    for (const [index, page] of pages.entries()) {
      const [byte] = readAt(stored, page * PAGE);
      if (byte !== index + 101) wrong.push(`page ${page} is not in its place in the store`);
      await region.load(page * PAGE, PAGE);
      if (!isAll(region, page, index + 101)) wrong.push(`page ${page} came back wrong`);
    }
    closeSync(stored);
    await pager.close();
    return wrong;
  },
});

function readAt(fd: number, position: number): Buffer {
  // Of a sparse file of terabytes a little.
  const bytes = Buffer.alloc(1);
  readSync(fd, bytes, 0, 1, position);
  return bytes;
}
