// Opens a region: its stores, its record in the core, and its registration with the kernel; undoes all if one fails.
import { SLAB_PAGES } from '../../assembly/codes.js';
import { FRAME_LIMIT, POOL_LIMIT } from '../../assembly/layout.js';
import type { Serving } from '../call/contract.js';
import type { RegionPlan } from '../core/plan.js';
import { PagerError } from '../errors.js';
import { nativeError } from '../native/native.js';
import { forget } from './closing.js';
import type { LoopContext } from './context.js';
import { makeRoomForCopies } from './copies.js';
import { deliverInto } from './deliveries.js';
import { beginRemote, gated, RemoteMapped } from './guest.js';
import { openWithin, storeQueueOf } from './open-store.js';
import { NO_SOURCE, type Opened } from './opened.js';
import { Mapped } from './region.js';
import type { GuestEvents, GuestRequest, MapRequest, RemotePart } from './requests.js';
import { openSource, openStoreHandle } from './stores.js';

const LOW_WORD = 0xffffffffn;

type MakeMapped<T extends Mapped> = (region: number, source: Opened, store: Opened, pool: number) => T;

/** Resolves to the region's number. @throws PagerError 'REGION', 'OPTION', or of a store, before anything is mapped */
export async function map(context: LoopContext, ask: MapRequest, call: Serving<Record<never, never>>): Promise<number> {
  const { native, engine, options } = context;
  const { address, pages, file, huge } = ask;
  const make: MakeMapped<Mapped> = (region, source, store, pool) =>
    new Mapped(region, address, pages, source, store, pool);
  const mapped = await open(context, ask, call.signal, make);
  const { region } = mapped;
  return register(context, mapped, async () => {
    // The addresses may have been those of a region that is gone.
    native.forgetGone(address);
    engine.registerRegion(region, address, pages * options.pageSize, file, huge);
  });
}

/**
 * Serves a guest until its region is closed; resolves to the pages in the order of their first faults, if they are recorded.
 * @throws PagerError as `map`; 'PROTOCOL' if it has too many parts
 */
export async function serveGuest(
  context: LoopContext,
  ask: GuestRequest,
  call: Serving<GuestEvents>,
): Promise<Uint32Array> {
  const { address, pages } = ask;
  const make: MakeMapped<RemoteMapped> = (region, source, store, pool) =>
    new RemoteMapped(call, region, address, pages, source, store, pool);
  const mapped = await open(context, ask, call.signal, make, ask.remote.parts);
  await register(context, mapped, () => beginRemote(context, mapped, ask));
  call.tell('begun', null);
  return mapped.ended;
}

async function open<T extends Mapped>(
  { native, core, loop, options, wire }: LoopContext,
  ask: MapRequest,
  signal: AbortSignal,
  make: MakeMapped<T>,
  parts?: readonly RemotePart[],
): Promise<T> {
  const { pageSize, limitPages, storePatience } = options;
  const { address, pages, file } = ask;
  if (!(pages >= 1 && pages < 2 ** 31)) {
    throw new PagerError('REGION', `${pages} pages cannot be mapped`, { hint: 'a region has fewer than 2^31 pages' });
  }
  const asked = ask.source;
  const source =
    asked === null ? NO_SOURCE : await openWithin(storePatience, openSource(wire, asked, pageSize), signal);
  // A page that is loaded again keeps its stored copy until the page, written again, has another one.
  const rewrites = Math.min(limitPages ?? 0, FRAME_LIMIT);
  const mustHold = limitPages === null || pages <= limitPages ? 0 : (pages + rewrites) * pageSize;
  const opening = openStoreHandle(wire, ask.store, native, pageSize, mustHold, pages, source);
  const store = await openWithin(storePatience, opening, signal).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  const words = (value: bigint) => [Number(value & LOW_WORD), Number(value >> 32n)] as const;
  let pool = -1;
  if (store.pool !== null) {
    const slabs = store.pool.byteLength / (pageSize * SLAB_PAGES);
    pool = core.exports.openPool(store.pool.compress ? 1 : 0, slabs, ...words(store.pool.address));
  }
  const plan: RegionPlan = {
    address,
    pages,
    source,
    store: { kind: store.kind, fd: store.fd, pool },
    inFile: file >= 0,
    ...(parts && { parts }),
  };
  const region = pool === POOL_LIMIT ? 0 : core.openRegion(plan);
  if (region === 0) {
    await Promise.all([source.close(), store.close()]);
    throw new PagerError('REGION', 'there is no room for another region', {
      hint: 'close regions that are not used any more, or use another pager',
    });
  }
  const mapped = make(region, source, store, pool);
  const events = gated(loop.eventsOf(region), mapped);
  mapped.storeQueue = storeQueueOf(store, storePatience, events);
  mapped.sourceQueue = storeQueueOf(source, storePatience, events);
  loop.mapped.set(region, mapped);
  return mapped;
}

async function register(context: LoopContext, mapped: Mapped, work: () => Promise<void>): Promise<number> {
  makeRoomForCopies(context);
  try {
    await work();
    mapped.registered = true;
    mapped.source.attach?.(deliverInto(context, mapped));
    context.loop.lanes?.attach(mapped);
  } catch (error) {
    await forget(context, mapped);
    throw nativeError(error, 'the region could not be registered');
  }
  return mapped.region;
}
