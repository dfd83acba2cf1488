// A shared region between processes: what a thread waits for at a miss, how fast a word goes from one to the other, and how fast clean
// pages come. The home and the other nodes are processes on the other CPU. `--measure get` is the measure of all: a page over the same
// kind of connection, between the same loops, and no paging.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createPager, type SharedRegion } from '../../src/index.js';
import { dial } from '../../src/migrate/connection.js';
import { Connection, PACKET } from '../../src/migrate/packet.js';
import { SHORT_SILENCE } from '../../src/migrate/silence.js';
import { median, PAGE_BYTES, PAGE_WORDS, permutation } from '../data.js';
import * as side from './common.js';
import type { Order } from './dsm-other.js';

const MAX_SHARERS = 3;
/** Pages asked for ahead of the reader of a stream. */
const AHEAD = 256;
const HIT_TURNS = 31;

class Other {
  readonly #child: ChildProcess;
  #heard: (message: unknown) => void = () => {};
  #failed: (error: Error) => void = () => {};

  constructor(role: string, args: Record<string, string | number> = {}) {
    const module = fileURLToPath(new URL('./dsm-other.js', import.meta.url));
    const flags = Object.entries({ role, ...args }).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const words = ['-c', side.text('other-cpu'), process.execPath, module, ...flags];
    this.#child = spawn('taskset', words, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child.on('message', (message) => this.#heard(message));
    this.#child.on('exit', (code, signal) => this.#failed(new Error(`the ${role} ended with ${signal ?? code}`)));
  }

  answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#heard = resolve;
      this.#failed = reject;
    });
  }

  async tell(order: Order): Promise<void> {
    const answered = this.answer();
    this.#child.send(order);
    await answered;
  }

  end(): void {
    this.#failed = () => {};
    this.#child.kill('SIGKILL');
  }
}

const others: Other[] = [];

async function start(
  role: string,
  args: Record<string, string | number> = {},
): Promise<{ other: Other; said: unknown }> {
  const other = new Other(role, args);
  others.push(other);
  return { other, said: await other.answer() };
}

/** This node, and `count` others. */
async function joinAll(pages: number, count: number): Promise<{ region: SharedRegion; nodes: Other[] }> {
  const url = String((await start('home')).said);
  const hold: Record<string, number> = 'holdMs' in side.hold() ? { hold: side.integer('hold') } : {};
  const files = side.has('addon') ? { addon: side.text('addon') } : {};
  const pager = await createPager(side.placement());
  const region = await pager.join(url, { name: 'bench', byteLength: pages * PAGE_BYTES, ...side.hold() });
  const nodes: Other[] = [];
  for (let node = 0; node < count; node++) nodes.push((await start('node', { url, pages, ...hold, ...files })).other);
  return { region, nodes };
}

const unmeasured = side.integer('unmeasured', 0);
const count = side.integer('count', 0);

async function measureGet(): Promise<Record<string, unknown>> {
  const url = String((await start('get')).said);
  const request = Buffer.alloc(24);
  let arrived = (_bytes: number) => {};
  const socket = await dial({ url, tls: null, patience: 5000 });
  const connection = new Connection(socket, (_, body) => arrived(body.length), SHORT_SILENCE, true);
  const samples = new Float64Array(unmeasured + count);
  let wrong = 0;
  await new Promise<void>((resolve) => {
    let at = -1;
    let before = 0;
    arrived = (bytes) => {
      if (at >= 0) samples[at] = performance.now() - before;
      if (bytes !== 24 + PAGE_BYTES) wrong++;
      if (++at === samples.length) {
        resolve();
        return;
      }
      before = performance.now();
      connection.write(PACKET.dsm, [request]);
    };
    arrived(24 + PAGE_BYTES);
  });
  connection.end();
  return { ...side.summarize(samples.subarray(unmeasured)), wrong };
}

/** Writes one word of each page in order, timing every write. */
function writePages(words: Int32Array, order: Uint32Array, samples: Float64Array): void {
  for (let i = 0; i < order.length; i++) {
    const page = order[i] as number;
    const before = performance.now();
    Atomics.store(words, page * PAGE_WORDS, page + 1);
    samples[i] = performance.now() - before;
  }
}

/** Nanoseconds of one of many reads of pages that are there. */
function hitTime(words: Int32Array, order: Uint32Array, samples: Float64Array): number {
  const before = performance.now();
  for (let turn = 0; turn < 20; turn++) for (const page of order) samples[0] = Atomics.load(words, page * PAGE_WORDS);
  return ((performance.now() - before) * 1e6) / (20 * order.length);
}

async function measureMisses(): Promise<Record<string, unknown>> {
  const pages = unmeasured + count;
  const { region, nodes } = await joinAll(pages, MAX_SHARERS);
  const words = new Int32Array(region.buffer);
  const order = permutation(pages, 20_261_129);
  const plain = new Int32Array(new SharedArrayBuffer(pages * PAGE_BYTES)).fill(1);
  const samples = new Float64Array(pages);
  for (let turn = 0; turn < 20; turn++) {
    side.touchPages(plain, order, samples);
    writePages(plain, order, samples);
  }
  let wrong = 0;
  const p50: Record<string, number> = {};
  const p99: Record<string, number> = {};
  const measure = (name: string, write: boolean) => {
    if (write) writePages(words, order, samples);
    else side.touchPages(words, order, samples);
    const measured = side.summarize(samples.slice(unmeasured));
    p50[name] = measured.p50;
    p99[`${name}P99`] = measured.p99;
    for (let page = 0; page < pages; page++) if (words[page * PAGE_WORDS] !== page + 1) wrong++;
  };
  const all = { from: 0, pages };
  await nodes[0]?.tell({ do: 'evict', ...all });
  measure('clean', false);
  // The home does not know that the other node has dropped its copy; a write takes it out, and what was written goes to the home.
  await region.load(0, region.byteLength, { write: true });
  await region.flush();
  measure('first0', true);
  await nodes[0]?.tell({ do: 'write', ...all });
  measure('dirty', false);
  for (let sharers = 1; sharers <= MAX_SHARERS; sharers++) {
    // The first that reads leaves a copy with this node.
    for (const node of nodes.slice(0, sharers)) await node.tell({ do: 'read', ...all });
    measure(`first${sharers}`, true);
  }
  const hits: number[] = [];
  const plainHits: number[] = [];
  for (let turn = 0; turn < HIT_TURNS; turn++) {
    hits.push(hitTime(words, order, samples));
    plainHits.push(hitTime(plain, order, samples));
  }
  const { dsm } = region.stats();
  const { clock } = side.summarize(new Float64Array(1));
  return { ...p50, ...p99, hit: median(hits), plainHit: median(plainHits), clock, dsm, wrong };
}

async function measureHandOffs(): Promise<Record<string, unknown>> {
  const ms = side.integer('ms');
  const { region, nodes } = await joinAll(1, 1);
  const { add } = side.adder();
  const address = Number(region.address);
  const adding = nodes[0]?.tell({ do: 'add', ms: 2 * ms + 1000 });
  add(address, 500);
  const before = region.stats().dsm.handOffs;
  const began = performance.now();
  const adds = add(address, ms);
  const seconds = (performance.now() - began) / 1000;
  // Each page that leaves has come back before it leaves again.
  const handOffs = 2 * (region.stats().dsm.handOffs - before);
  await adding;
  return { handOffs: handOffs / seconds, adds: adds / seconds, wrong: 0 };
}

async function measureStream(): Promise<Record<string, unknown>> {
  const pages = side.integer('pages');
  const { region, nodes } = await joinAll(pages, 1);
  await nodes[0]?.tell({ do: 'evict', from: 0, pages });
  const words = new Int32Array(region.buffer);
  let wrong = 0;
  const began = performance.now();
  for (let from = 0; from < pages; from += AHEAD) {
    const next = Math.min(from + AHEAD, pages);
    region.prefetch(next * PAGE_BYTES, Math.min(AHEAD, pages - next) * PAGE_BYTES);
    await region.load(from * PAGE_BYTES, (next - from) * PAGE_BYTES);
    for (let page = from; page < next; page++) if (words[page * PAGE_WORDS + (page % PAGE_WORDS)] !== page + 1) wrong++;
  }
  return { seconds: (performance.now() - began) / 1000, dsm: region.stats().dsm, wrong };
}

const measures: Record<string, () => Promise<Record<string, unknown>>> = {
  get: measureGet,
  misses: measureMisses,
  handoffs: measureHandOffs,
  stream: measureStream,
};
const result = await measures[side.text('measure')]?.();
side.answer({ subject: 'dsm', ...result });
for (const other of others) other.end();
process.exit(0);
