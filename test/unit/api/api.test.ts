// budget: 120 s
// The public types: a golden file that every change of them shows in, no type that nobody can import, and programs that must
// compile or must not. (tsd brings an older compiler of its own; this one is the package's.)
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../../support/paths.js';
import { compile, readApi } from './declarations.js';

const GOLDEN = path.join(ROOT, 'test/unit/api/golden.d.ts.txt');

const test = suite('public types');

test('the declarations are those of the golden file (UPDATE_GOLDEN=1 rewrites it)', () => {
  const { text } = readApi('index');
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, text);
  assert.equal(text, readFileSync(GOLDEN, 'utf8'));
});

test('every type in a public signature can be imported', () => {
  assert.deepEqual(readApi('index').hidden, []);
  assert.deepEqual(readApi('userfaultfd/index').hidden, []);
});

const INDEX = '../../src/index.js';
const HEAD = `
import { once } from 'node:events';
import { attachRegion, createPager, PagerError, probe, receiveRegion, shareRegion } from '${INDEX}';
import type { ByteRange, LoadOptions, PageLostEvent, Pager, Region, StoreErrorEvent } from '${INDEX}';
declare const pager: Pager;
declare const region: Region;
declare const signal: AbortSignal;
`;

const GOOD = [
  `const [event] = await once(pager, 'storeError'); export const error: unknown = event;`,
  `pager.on('storeError', ({ region, error }) => { const r: Region = region; const e: PagerError = error; });`,
  `pager.once('pageLost', (event: PageLostEvent) => event.byteOffset + event.page);`,
  `pager.off('storeRecovered', ({ region }) => region.byteLength);`,
  `region.on('reclaimed', (range: ByteRange) => range.byteLength).removeAllListeners('reclaimed');`,
  `export const p: Pager = await createPager({ signal, storePatienceMs: 5, storePatience: 5 });`,
  `await pager.map({ byteLength: '1MiB', signal });`,
  `await region.load(0, 1, { pin: true, signal }); const o: LoadOptions = { signal }; await region.load(0, 1, o);`,
  `export const n: number = await region.use(0, 4, (bytes) => bytes.length, { signal });`,
  `await region.flush({ signal }); await region.discard(0, 4096, { signal }); await region.evict(0, 1, { signal });`,
  `export const ms: number = (await region.snapshot('x', { signal })).durationMs;`,
  `await region.migrate('tcp://h:1', { patienceMs: 5 }); await receiveRegion('tcp://h:1', { patienceMs: 5, signal });`,
  `await using share = await shareRegion(region, 'x', { signal }); await using other = await attachRegion('x', { signal });
   export const address: bigint = other.address; export const where: string = share.path;`,
  `export const has: boolean = (await probe({ signal })).userfaultfd.available;`,
  `await using a: AsyncDisposable = pager; await using b: AsyncDisposable = region;`,
  `export function why(error: unknown): string | undefined {
     if (!PagerError.is(error)) return undefined;
     const place: bigint | undefined = error.address; const page: number | undefined = error.page;
     return error.path ?? String(place) + String(page) + String(error.region);
   }`,
];

const BAD = [
  `pager.on('storeEror', () => {});`,
  `pager.on('storeError', ({ region }: { region: string }) => region);`,
  `region.on('reclaimed', (range: { from: number }) => range.from);`,
  `await region.load(0, 1, { signal: 5 });`,
  `await region.flush({ pin: true });`,
  `await shareRegion(region, 'x', { mode: 384 });`,
  `await createPager({ residentlimit: '1MiB' });`,
  `await pager.map({ source: undefined });`,
  `region.byteLength = 5;`,
  `export const code: 'NONE' = new PagerError('CLOSED', '').code;`,
];

test('programs that must compile do, and those that must not do not', () => {
  const said = compile([...GOOD, ...BAD].map((text) => `${HEAD}${text}\nexport {};`));
  for (const [at, text] of GOOD.entries()) assert.deepEqual(said[at], [], text);
  for (const [at, text] of BAD.entries()) assert.ok((said[GOOD.length + at]?.length ?? 0) > 0, `it compiles: ${text}`);
});

test.run();
