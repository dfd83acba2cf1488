// A region that is a virtual machine's memory: it lies in another process, whose userfaultfd came with it.
import {
  EVENT_PAGEFAULT,
  EXTENT_BYTES,
  EXTENT_COUNT_AT,
  EXTENT_FIRST_AT,
  EXTENT_LIMIT,
  EXTENT_PAGES_AT,
  MESSAGE_ADDRESS_AT,
  MESSAGE_BYTES,
  MESSAGE_COUNT_AT,
  MESSAGE_EVENT_AT,
  MESSAGES_AT,
  OPERATION_DISCARD,
  REGION_BYTES,
  REGION_EXTENTS_AT,
  REGIONS_AT,
} from '../../assembly/layout.js';
import type { Core } from '../core/core.js';
import { describeError, PagerError } from '../errors.js';
import type { Engine, Native } from '../native/native.js';
import type { Loop } from './loop.js';
import { Mapped } from './region.js';
import type { RemoteMemory, RemoteNews, RemotePart } from './requests.js';
import { failureLine, type LaneEvents } from './store-queue.js';

const NOWHERE = 0x8000000000000000n;
/** Milliseconds between looks at whether the process was found dead. */
const DEAD_INTERVAL = 200;
const HIGH_WORD = 2 ** 32;
const PAGE_MASK = ~4095;

export class RemoteMapped extends Mapped {
  remote: RemoteMemory | undefined;
  timer: NodeJS.Timeout | undefined;

  override remember(page: number | null, error: unknown): void {
    super.remember(page, error);
    if (page === null || this.closing) return;
    const why = error instanceof Error ? failureLine(error) : describeError(error);
    this.tell({ type: 'lost', page, why: `it cannot be had from ${this.whereFrom(page)}: ${why}` });
  }

  tell(news: RemoteNews): void {
    this.remote?.port.postMessage(news);
  }
}

/** Where a region of these parts begins, so that its first part needs no extent. */
export function remoteBase(parts: readonly RemotePart[], pageSize: number): bigint {
  const [part] = parts;
  const base = part === undefined ? 0n : part.address - BigInt(part.first) * BigInt(pageSize);
  return base > 0n ? base : 0n;
}

/** Events of a remote's lane fall silent once it is being closed: its core is not asked any more then. */
export function gated(events: LaneEvents, mapped: Mapped): LaneEvents {
  if (!(mapped instanceof RemoteMapped)) return events;
  const open =
    <T extends unknown[]>(call: (...args: T) => void) =>
    (...args: T) => {
      if (!mapped.closing) call(...args);
    };
  return {
    bytesOf: events.bytesOf,
    arrived: open(events.arrived),
    lost: open(events.lost),
    unanswered: open(events.unanswered),
    returned: open(events.returned),
    written: open(events.written),
    notWritten: open(events.notWritten),
    retried: open(events.retried),
  };
}

/** Takes the memory over: from now on its faults come to this loop. */
export async function beginRemote(
  { core, engine, loop, watch }: { core: Core; engine: Engine; loop: Loop; watch: Watch },
  mapped: RemoteMapped,
  remote: RemoteMemory,
  pages: number,
  pageSize: number,
  file: number,
  huge: boolean,
): Promise<void> {
  mapped.remote = remote;
  writeExtents(core, mapped, remote.parts, pages, pageSize);
  await Promise.all(remote.zeros.map(({ first, end }) => discard(loop, mapped.region, first, end)));
  const byAddress = remote.parts.toSorted((a, b) => (a.address < b.address ? -1 : 1));
  const start = byAddress[0]?.address ?? 0n;
  const last = byAddress.at(-1);
  const end = last === undefined ? 0n : last.address + BigInt(last.pages) * BigInt(pageSize);
  watch.begin(mapped, remote, pages, pageSize);
  engine.addRemoteRegion(mapped.region, remote.userfaultfd, start, Number(end - start), file, huge);
  mapped.timer = setInterval(() => {
    if (engine.deadRemotes().includes(mapped.region)) mapped.tell({ type: 'dead' });
  }, DEAD_INTERVAL);
  mapped.timer.unref();
}

/** Lets the memory go as it is: what becomes of the process is not decided here. */
export async function endRemote(
  { engine, loop, native }: { engine: Engine; loop: Loop; native: Native },
  mapped: RemoteMapped,
): Promise<void> {
  mapped.closing = true;
  clearInterval(mapped.timer);
  for (const pass of mapped.passes) pass.drop(new PagerError('CLOSED', 'the guest’s session has ended meanwhile'));
  // Nothing may be done at its addresses any more: they are this process's own from here on.
  loop.stop();
  loop.operations.abandon(mapped.region);
  try {
    if (mapped.registered) engine.removeRemote(mapped.region);
  } finally {
    const closing = [
      mapped.sourceLane?.close() ?? mapped.source.close(),
      mapped.storeLane?.close() ?? mapped.store.close(),
    ];
    for (const outcome of await Promise.allSettled(closing)) {
      if (outcome.status === 'rejected') native.lastWords(`farpage: ${failureLine(outcome.reason)}\n`);
    }
    loop.mapped.delete(mapped.region);
    const { pool } = mapped.store;
    if (pool !== null) native.unmapMemory(pool.address, pool.byteLength);
    mapped.remote?.port.close();
  }
}

function discard(loop: Loop, region: number, first: number, end: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (page: number) => reject(new PagerError('INTERNAL', `page ${page} cannot be made zeros`));
    loop.operations.begin({ kind: OPERATION_DISCARD, region, first, end, flags: 0, done: () => resolve(), failed });
    loop.run();
  });
}

// Parts that do not lie where the first one's address puts them are extents, as after mremap(2); so are the gaps.
function writeExtents(
  { u32, u64 }: Core,
  { region, address: base }: Mapped,
  parts: readonly RemotePart[],
  pages: number,
  pageSize: number,
): void {
  const extents: RemotePart[] = [];
  let page = 0;
  const gap = (until: number) => {
    // Before the first part nothing is ever touched: there is no need to say so.
    if (until > page && page > 0) extents.push({ address: NOWHERE, first: page, pages: until - page });
  };
  for (const part of parts) {
    gap(part.first);
    if (part.address !== base + BigInt(part.first) * BigInt(pageSize)) extents.push(part);
    page = part.first + part.pages;
  }
  gap(pages);
  if (extents.length > EXTENT_LIMIT) {
    throw new PagerError('PROTOCOL', `the memory lies in ${parts.length} parts that do not follow each other`, {
      hint: `regions that follow each other in memory and in the image are one part: up to ${EXTENT_LIMIT >> 1} are served`,
    });
  }
  const at = REGIONS_AT + region * REGION_BYTES;
  for (const [index, extent] of extents.entries()) {
    const slot = at + REGION_EXTENTS_AT + index * EXTENT_BYTES;
    u64[slot >> 3] = extent.address;
    u32[(slot + EXTENT_FIRST_AT) >> 2] = extent.first;
    u32[(slot + EXTENT_PAGES_AT) >> 2] = extent.pages;
  }
  u32[(at + EXTENT_COUNT_AT) >> 2] = extents.length;
}

/** Sees every fault before the core does: notes first touches, and faults where nothing is served. */
export class Watch {
  readonly #u32: Uint32Array;
  readonly #u8: Uint8Array;
  #parts: Array<{ start: number; end: number; first: number }> = [];
  #last = { start: 0, end: 0, first: 0 };
  #pageSize = 4096;
  #touches: Uint32Array | undefined;
  #seen = new Uint8Array(0);
  #mapped: RemoteMapped | undefined;

  constructor(core: Core) {
    this.#u32 = core.u32;
    this.#u8 = core.bytes;
  }

  /** Before the engine is started. */
  over(engine: Engine): void {
    const { start, read } = engine;
    const watchedStart: Engine['start'] = (turn, dispatch) => {
      const watched = (): boolean => {
        this.#look();
        return turn();
      };
      start.call(engine, watched, dispatch);
    };
    const watchedRead: Engine['read'] = () => {
      const count = read.call(engine);
      if (count > 0) this.#look();
      return count;
    };
    // The addon's own are not to be assigned to.
    Object.defineProperties(engine, { start: { value: watchedStart }, read: { value: watchedRead } });
  }

  begin(mapped: RemoteMapped, { parts, touches }: RemoteMemory, pages: number, pageSize: number): void {
    this.#mapped = mapped;
    this.#pageSize = pageSize;
    this.#parts = parts.map(({ address, first, pages: count }) => {
      const start = Number(address);
      return { start, end: start + count * pageSize, first };
    });
    this.#touches = touches === null ? undefined : new Uint32Array(touches);
    if (touches !== null) this.#seen = new Uint8Array((pages >> 3) + 1);
  }

  #look(): void {
    const mapped = this.#mapped;
    if (mapped === undefined) return;
    const count = this.#u32[MESSAGE_COUNT_AT >> 2] ?? 0;
    for (let at = MESSAGES_AT; at < MESSAGES_AT + count * MESSAGE_BYTES; at += MESSAGE_BYTES) {
      if (this.#u8[at + MESSAGE_EVENT_AT] !== EVENT_PAGEFAULT) continue;
      // The page's own address: without the last bits a number holds all the others.
      const low = ((this.#u32[(at + MESSAGE_ADDRESS_AT) >> 2] ?? 0) & PAGE_MASK) >>> 0;
      const address = (this.#u32[(at + MESSAGE_ADDRESS_AT + 4) >> 2] ?? 0) * HIGH_WORD + low;
      if (address < this.#last.start || address >= this.#last.end) {
        const part = this.#parts.find(({ start, end }) => address >= start && address < end);
        if (part === undefined) {
          mapped.tell({ type: 'stray', address: BigInt(address) });
          continue;
        }
        this.#last = part;
      }
      if (this.#touches !== undefined) this.#note(this.#last, address, this.#touches);
    }
  }

  #note({ start, first }: { start: number; first: number }, address: number, touches: Uint32Array): void {
    const page = first + Math.floor((address - start) / this.#pageSize);
    const bit = 1 << (page & 7);
    const seen = this.#seen[page >> 3] ?? 0;
    if ((seen & bit) !== 0) return;
    this.#seen[page >> 3] = seen | bit;
    const count = (touches[0] ?? 0) + 1;
    if (count >= touches.length) return;
    touches[count] = page;
    Atomics.store(touches, 0, count);
  }
}
