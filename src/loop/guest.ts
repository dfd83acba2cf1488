// Serves a region that is a virtual machine's memory: in another process, which handed over its userfaultfd.
import { OPERATION_DISCARD } from '../../assembly/layout.js';
import type { Serving } from '../call/contract.js';
import { failureLine, PagerError } from '../errors.js';
import type { Engine, Native } from '../native/native.js';
import { warn } from '../warn.js';
import type { LoopContext } from './context.js';
import { lineOf } from './failures.js';
import type { Loop } from './loop.js';
import type { Opened } from './opened.js';
import { Mapped, type PageFailure } from './region.js';
import type { GuestEvents, GuestRequest, RemotePart } from './requests.js';
import type { StoreQueueEvents } from './store-queue.js';

/** Milliseconds between checks whether the process was found dead. */
const DEAD_INTERVAL = 200;

export class RemoteMapped extends Mapped {
  timer: NodeJS.Timeout | undefined;
  /** Resolves at its close to the pages, in the order of their first faults. */
  readonly ended: Promise<Uint32Array>;
  end: (touched: Uint32Array) => void = () => {};

  constructor(
    readonly call: Serving<GuestEvents>,
    region: number,
    address: bigint,
    pages: number,
    source: Opened,
    store: Opened,
    pool: number,
  ) {
    super(region, address, pages, source, store, pool);
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  override remember(page: number, failure: PageFailure): void {
    super.remember(page, failure);
    if (!this.closing) this.call.tell('lost', { page, why: `it ${lineOf(failure)}` });
  }
}

/** The address of page 0 that makes the first part need no extent. */
export function remoteBase(parts: readonly RemotePart[], pageSize: number): bigint {
  const [part] = parts;
  const base = part === undefined ? 0n : part.address - BigInt(part.first) * BigInt(pageSize);
  return base > 0n ? base : 0n;
}

/** The events of a guest's store queue, ignored once the guest is being closed: its core is not called any more then. */
export function gated(events: StoreQueueEvents, mapped: Mapped): StoreQueueEvents {
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
    took: events.took,
  };
}

/** Begins to serve the memory: from now on its faults come to this loop. */
export async function beginRemote(
  { engine, loop, options }: LoopContext,
  mapped: RemoteMapped,
  { file, huge, remote }: GuestRequest,
): Promise<void> {
  const { region, call } = mapped;
  const { pageSize } = options;
  await Promise.all(remote.zeros.map(({ first, end }) => discard(loop, region, first, end)));
  const byAddress = remote.parts.toSorted((a, b) => (a.address < b.address ? -1 : 1));
  const start = byAddress[0]?.address ?? 0n;
  const last = byAddress.at(-1);
  const end = last === undefined ? 0n : endOf(last, pageSize);
  const places = byAddress.flatMap((part) => [part.address, endOf(part, pageSize), BigInt(part.first)]);
  engine.watchFaults(BigUint64Array.from(places), pageSize, remote.noted);
  engine.addRemoteRegion(region, remote.userfaultfd, start, Number(end - start), file, huge);
  const reportStrays = () => {
    for (const address of engine.strayFaults()) call.tell('stray', { address });
  };
  loop.onDispatch = reportStrays;
  mapped.timer = setInterval(() => {
    reportStrays();
    if (engine.deadRemotes().includes(region)) call.tell('dead', null);
  }, DEAD_INTERVAL);
  mapped.timer.unref();
}

function endOf({ address, pages }: RemotePart, pageSize: number): bigint {
  return address + BigInt(pages) * BigInt(pageSize);
}

/** Stops serving the memory, as it is; the caller decides about the process. */
export async function endRemote(
  { engine, loop, native }: { engine: Engine; loop: Loop; native: Native },
  mapped: RemoteMapped,
): Promise<void> {
  mapped.closing = true;
  clearInterval(mapped.timer);
  loop.onDispatch = undefined;
  loop.lanes?.detach(mapped);
  const touched = engine.touchedPages();
  for (const pass of mapped.passes) pass.drop(new PagerError('CLOSED', 'the guest’s session has ended meanwhile'));
  // Do nothing at its addresses any more: without the remote they would be this process's own.
  loop.stop();
  loop.operations.abandon(mapped.region);
  try {
    if (mapped.registered) engine.removeRemote(mapped.region);
  } finally {
    const closing = [
      mapped.sourceQueue?.close() ?? mapped.source.close(),
      mapped.storeQueue?.close() ?? mapped.store.close(),
    ];
    for (const outcome of await Promise.allSettled(closing)) {
      if (outcome.status === 'rejected') warn('FARPAGE_STORE_CLOSE', failureLine(outcome.reason));
    }
    loop.mapped.delete(mapped.region);
    const { pool } = mapped.store;
    if (pool !== null) native.unmapMemory(pool.address, pool.byteLength);
    mapped.end(touched);
  }
}

function discard(loop: Loop, region: number, first: number, end: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (page: number) => reject(new PagerError('INTERNAL', `page ${page} cannot be filled with zeros`));
    loop.operations.begin({ kind: OPERATION_DISCARD, region, first, end, flags: 0, done: () => resolve(), failed });
    loop.run();
  });
}
