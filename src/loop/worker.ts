// The loop's thread: opens the descriptor and the core, then answers the user's thread until it is told to close.
import { getSystemErrorName } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import {
  CAUSE_NO_FRAME,
  COPY_PAGES_AT,
  FRAME_DATA_AT,
  LIMIT_PAGES_AT,
  OPERATION_ANEW,
  OPERATION_EVICT,
  OPERATION_FLUSH,
  OPERATION_LOAD,
  OPERATION_PIN,
  POOL_LIMIT,
  REGION_BYTES,
  REGION_FILE_AT,
  REGION_LISTENED_AT,
  REGION_POOL_AT,
  REGION_SOURCE_AT,
  REGION_SOURCE_BYTES_AT,
  REGION_SOURCE_FD_AT,
  REGION_SOURCE_PAGES_AT,
  REGION_STORE_AT,
  REGION_STORE_FD_AT,
  REGIONS_AT,
  SLAB_PAGES,
  SOURCE_ASYNC,
  WRITE_ERRNO_AT,
} from '../../assembly/layout.js';
import { LAYOUT_HASH } from '../../assembly/layout-hash.js';
import { Core, layoutError } from '../core/core.js';
import { describeError, PagerError, packError } from '../errors.js';
import { native as loadNative, type Native, nativeError } from '../native/native.js';
import type { StoreErrorCode } from '../store/store-error.js';
import { forget } from './closing.js';
import { DeadlockWatch } from './deadlock.js';
import { errnoName, explainFailure } from './failures.js';
import { beginRemote, gated, RemoteMapped, Watch } from './guest.js';
import { storeZeros } from './in-place.js';
import { laneOf, openWithin } from './lanes.js';
import { Loop } from './loop.js';
import type { FromLoop, ToLoop, WorkerData } from './messages.js';
import { NO_SOURCE } from './opened.js';
import { migrate, receive } from './passes/migration.js';
import { snapshot } from './passes/snapshot.js';
import { patienceClock } from './patience.js';
import { Mapped } from './region.js';
import type { PageRange } from './requests.js';
import { Spaces } from './spaces.js';
import type { LaneEvents } from './store-queue.js';
import { openAsync, openSource, openStoreHandle } from './stores.js';
import { mark, unmark } from './volatile.js';

const EXIT_LOOP_DIED = 70; // sysexits.h: EX_SOFTWARE
const NO_LIMIT = 0xffffffff;
/** Pages of a memory file that are copied at a time: a hole punched for 16 pages costs a quarter of 16 holes. */
const MOST_COPIES = 16;
const LOW_WORD = 0xffffffffn;

const port = parentPort;
if (port === null) throw new Error('the loop runs in a Worker');
const post = (message: FromLoop) => port.postMessage(message);

function begin({ options, memory, spaces, guest, owner }: WorkerData) {
  const native = loadNative();
  if (native.layoutHash !== LAYOUT_HASH) throw layoutError('addon', native.layoutHash);
  const core = new Core(memory);
  const engine = new native.Engine(core.bytes, options.engine === 'trap' ? (options.limitPages ?? 0) : 0);
  if (options.cpu !== null) pin(native, options.cpu);
  const { pageShift, limitPages, frameCount, scratchCount, eviction, readahead } = options;
  const limit = limitPages ?? NO_LIMIT;
  const memoryPages = memory.buffer.byteLength / 65536;
  const began = core.exports.begin(memoryPages, pageShift, limit, frameCount, scratchCount, eviction, readahead);
  if (began === 0) throw new PagerError('INTERNAL', 'the core’s memory is too small for its frames');
  core.u32[COPY_PAGES_AT >> 2] =
    limitPages === null ? MOST_COPIES : Math.max(1, Math.min(MOST_COPIES, limitPages >> 5));
  engine.setOwner(owner);
  const loop = new Loop(core, engine, native, options);
  const deadlock = new DeadlockWatch({ core, engine, loop, owner });
  patienceClock.onTick = () => deadlock.look();
  loop.onReclaimed = (region, ranges) => post({ type: 'reclaimed', region, ranges });
  // Whatever goes wrong from here on, threads may be waiting for pages: the process must not outlive its loop.
  process.on('uncaughtException', (error) => {
    native.lastWords(`farpage: the loop failed and the process ends: ${describeError(error)}\n${error.stack ?? ''}\n`);
    native.endProcess(EXIT_LOOP_DIED);
  });
  const watch = new Watch(core);
  if (guest === true) watch.over(engine);
  loop.start(spaces);
  const spacesHere = new Spaces(core, engine, native, loop, options);
  return { native, core, engine, loop, options, watch, spaces: spacesHere };
}

function pin(native: Native, cpu: number): void {
  try {
    native.pinThread(cpu);
  } catch (cause) {
    throw new PagerError('OPTION', `cpu: this thread may not run on CPU ${cpu}`, {
      errno: 'EINVAL',
      syscall: 'sched_setaffinity',
      hint: 'give one of Cpus_allowed_list in /proc/self/status',
      cause,
    });
  }
}

type Session = ReturnType<typeof begin>;

async function map(session: Session, message: Extract<ToLoop, { type: 'map' }>): Promise<number> {
  const { native, core, engine, loop, options } = session;
  const { pageSize, limitPages, storePatience } = options;
  const { address, pages, file, huge } = message;
  if (!(pages >= 1 && pages < 2 ** 31)) {
    throw new PagerError('REGION', `${pages} pages cannot be mapped`, { hint: 'a region has fewer than 2^31 pages' });
  }
  const asked = message.source;
  const source = asked === null ? NO_SOURCE : await openWithin(storePatience, openSource(asked, pageSize));
  const mustHold = limitPages === null ? 0 : Math.max(0, pages - limitPages) * pageSize;
  const opening = openStoreHandle(message.store, native, pageSize, mustHold, pages, source);
  const store = await openWithin(storePatience, opening).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  const words = (value: bigint) => [Number(value & LOW_WORD), Number(value >> 32n)] as const;
  let pool = -1;
  if (store.pool !== null) {
    const slabs = store.pool.byteLength / (pageSize * SLAB_PAGES);
    pool = core.exports.openPool(store.pool.compress ? 1 : 0, slabs, ...words(store.pool.address));
  }
  const region = pool === POOL_LIMIT ? 0 : core.exports.openRegion(pages, ...words(address));
  if (region === 0) {
    await Promise.all([source.close(), store.close()]);
    throw new PagerError('REGION', 'there is no room for another region', {
      hint: 'close regions that are not used any more, or use another pager',
    });
  }
  const put = (offset: number, value: number) => {
    core.u32[(REGIONS_AT + region * REGION_BYTES + offset) >> 2] = value;
  };
  put(REGION_SOURCE_AT, source.kind);
  put(REGION_SOURCE_FD_AT, source.fd);
  put(REGION_SOURCE_PAGES_AT, source.pages);
  core.u64[(REGIONS_AT + region * REGION_BYTES + REGION_SOURCE_BYTES_AT) >> 3] = BigInt(source.bytes);
  put(REGION_STORE_AT, store.kind);
  put(REGION_STORE_FD_AT, store.fd);
  put(REGION_POOL_AT, Math.max(pool, 0));
  put(REGION_FILE_AT, file >= 0 ? 1 : 0);
  const { remote } = message;
  const Kind = remote === undefined ? Mapped : RemoteMapped;
  const mapped = new Kind(region, address, pages, source, store, pool);
  const events = gated(loop.eventsOf(region), mapped);
  mapped.storeLane = laneOf(store, storePatience, events);
  mapped.sourceLane = laneOf(source, storePatience, events);
  loop.mapped.set(region, mapped);
  try {
    if (file >= 0) makeRoomForCopies(core, limitPages);
    // Addresses of a region that is gone may be this one's.
    if (remote === undefined) native.forgetGone(address);
    if (remote === undefined) engine.registerRegion(region, address, pages * pageSize, file, huge);
    else await beginRemote(session, mapped as RemoteMapped, remote, pages, pageSize, file, huge);
    mapped.registered = true;
  } catch (error) {
    await forget(session, mapped);
    throw nativeError(error, 'the region could not be registered');
  }
  return region;
}

/** Pages of a memory file are copied where others are moved: for a moment they are there twice, below the limit all the same. */
function makeRoomForCopies({ u32 }: Core, limitPages: number | null): void {
  if (limitPages !== null) u32[LIMIT_PAGES_AT >> 2] = limitPages - (u32[COPY_PAGES_AT >> 2] ?? 0);
}

type Operation = Extract<ToLoop, { type: 'operation' }>;

async function operate(session: Session, message: Operation): Promise<number> {
  const { core, loop, options } = session;
  const { kind, region } = message;
  const mapped = loop.mapped.get(region);
  if (mapped === undefined || mapped.closing) throw new PagerError('CLOSED', 'the region is closed');
  // All of the file is in doubt, whatever part of it is asked for.
  const anew = kind === OPERATION_FLUSH && mapped.store.doubtful;
  const { first, end, flags } = anew ? { first: 0, end: mapped.pages, flags: OPERATION_ANEW } : message;
  return new Promise((resolve, reject) => {
    const done = (result: number) => {
      if (kind !== OPERATION_FLUSH && kind !== OPERATION_EVICT) return resolve(result);
      storeRest(session, mapped, { first, end }, kind === OPERATION_FLUSH, anew).then(
        () => resolve(kind === OPERATION_FLUSH ? 0 : result),
        (error: unknown) =>
          reject(mapped.closing ? closedMeanwhile() : operationError('STORE_WRITE', mapped, null, error)),
      );
    };
    const failed = (page: number) => {
      if (mapped.closing) return reject(closedMeanwhile());
      const code: StoreErrorCode = kind === OPERATION_FLUSH || kind === OPERATION_EVICT ? 'STORE_WRITE' : 'STORE_READ';
      reject(operationError(code, mapped, page, mapped.lastFailure?.error ?? localFailure(core, code, mapped)));
    };
    const range = { first, end };
    const events = { failed, done: (kept: boolean) => resolve(kept ? 1 : 0) };
    if (kind !== OPERATION_LOAD) loop.operations.begin({ kind, region, first, end, flags, done, failed });
    else if ((flags & OPERATION_PIN) === 0) loop.loads.load(mapped, range, events);
    else loop.loads.pin(mapped, range, options.pageSize, events);
    loop.run();
  });
}

/** What the core leaves to do of a flush or an eviction once it has written. */
async function storeRest(
  { core, native }: Session,
  mapped: Mapped,
  range: PageRange,
  flush: boolean,
  anew: boolean,
): Promise<void> {
  await storeZeros(core, native, mapped, range);
  if (flush) await (mapped.storeLane?.flush() ?? mapped.store.flush(anew));
}

function closedMeanwhile(): PagerError {
  return new PagerError('CLOSED', 'the region was closed meanwhile');
}

const NO_ROOM = { hint: 'see that the store takes pages again, or raise the resident limit' };

// Pools and files are written in native: the core alone knows why a write failed.
function localFailure({ u32 }: Core, code: StoreErrorCode, mapped: Mapped): PagerError | undefined {
  const errno = u32[WRITE_ERRNO_AT >> 2] ?? 0;
  if (errno === 0) return undefined;
  // A load that lacked a frame for as long as the patience.
  if (code !== 'STORE_WRITE') return new PagerError(code, explainFailure(CAUSE_NO_FRAME, errno, mapped), NO_ROOM);
  const full = mapped.pool >= 0 ? 'the pool is full at its limit' : `writing failed${errnoName(errno)}`;
  const hint =
    mapped.pool >= 0
      ? 'raise the limit of memoryStore, or keep evicted pages in a file or in Redis'
      : 'free space on its disk: the pages stay in memory and are written when there is room';
  return new PagerError(code, full, { errno: getSystemErrorName(-errno), hint });
}

function operationError(code: StoreErrorCode, mapped: Mapped, page: number | null, error: unknown): PagerError {
  const { errno, syscall, hint } = (error ?? {}) as Partial<PagerError>;
  const which = page === null ? '' : ` page ${page}`;
  const verb = code === 'STORE_READ' ? 'cannot be had from' : 'cannot be written to';
  const where = code === 'STORE_READ' ? mapped.whereFrom(page ?? 0) : mapped.store.name;
  const why = error === undefined ? 'it has failed' : describeError(error);
  return new PagerError(code, `region ${mapped.region}:${which} ${verb} ${where.replace(/:$/, '')}: ${why}`, {
    errno,
    syscall,
    hint,
    cause: error,
  });
}

function regeneratorEvents(loop: Loop, mapped: Mapped): LaneEvents {
  const events = loop.eventsOf(mapped.region);
  const lost: LaneEvents['lost'] = (ticket, error) => {
    mapped.regenerators.failed.add(ticket.page);
    events.lost(ticket, error);
  };
  return { ...events, lost };
}

type VolatileMessage = Extract<ToLoop, { type: 'addRegenerator' | 'markVolatile' | 'unmarkVolatile' }>;

async function volatile({ core, loop, options }: Session, message: VolatileMessage): Promise<number> {
  const mapped = loop.mapped.get(message.region);
  if (mapped === undefined || mapped.closing) throw new PagerError('CLOSED', 'the region is closed');
  if (message.type === 'addRegenerator') {
    const opened = await openWithin(options.storePatience, openAsync(message.store, SOURCE_ASYNC));
    const lane = laneOf(opened, options.storePatience, regeneratorEvents(loop, mapped));
    if (lane === undefined) throw new PagerError('OPTION', 'regenerate: there is nothing to ask');
    if (mapped.closing) await lane.close();
    return mapped.regenerators.add(lane);
  }
  if (message.type === 'unmarkVolatile') {
    unmark(core, message.region, message, new Uint8Array(message.reclaimed));
    return 0;
  }
  mapped.regenerators.assign(message.first, message.end, message.regenerator);
  await mark(core, mapped, message, message.regenerator !== 0);
  return 0;
}

async function addView({ loop, engine }: Session, view: Extract<ToLoop, { type: 'addView' }>): Promise<number> {
  const mapped = loop.mapped.get(view.region);
  if (mapped === undefined || mapped.closing) throw new PagerError('CLOSED', 'the region is closed');
  try {
    engine.addView(view.region, view.userfaultfd, view.socket, view.base);
    mapped.attached = true;
  } catch (cause) {
    const { errno, syscall } = cause as { errno?: string; syscall?: string };
    throw new PagerError('PROTOCOL', 'the other process has not registered the region where it says', {
      errno,
      syscall,
      hint: 'attach with attachRegion',
      cause,
    });
  }
  return 0;
}

async function closeRegion(session: Session, region: number): Promise<number> {
  const mapped = session.loop.mapped.get(region);
  if (mapped !== undefined) await forget(session, mapped);
  return 0;
}

async function close(session: Session): Promise<number> {
  const { core, loop, engine, native } = session;
  await session.spaces.close();
  const results = await Promise.allSettled([...loop.mapped.values()].map((mapped) => forget(session, mapped)));
  loop.stop();
  engine.close();
  // Who has the pager still has the core's memory: of it nothing but the counters is of use any more.
  const frames = core.u32[FRAME_DATA_AT >> 2] ?? 0;
  native.dropMemory(native.addressOf(core.bytes) + BigInt(frames), core.bytes.length - frames);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return 0;
}

/** What is asked and answered. */
function answer(session: Session, message: Extract<ToLoop, { id: number }>): Promise<number> {
  switch (message.type) {
    case 'map':
      return map(session, message);
    case 'operation':
      return operate(session, message);
    case 'addView':
      return addView(session, message);
    case 'closeRegion':
      return closeRegion(session, message.region);
    case 'close':
      return close(session);
    case 'addRegenerator':
    case 'markVolatile':
    case 'unmarkVolatile':
      return volatile(session, message);
    case 'snapshot':
      return snapshot(session, message);
    case 'receive':
      return receive(message);
    case 'migrate':
      return migrate(session, message);
    case 'pin':
      pin(session.native, message.cpu);
      return Promise.resolve(0);
    default:
      return session.spaces.answer(message);
  }
}

function handle(session: Session, message: ToLoop): void {
  if ('id' in message) {
    const { id } = message;
    answer(session, message).then(
      (value) => post({ type: 'reply', id, value }),
      (error: unknown) => post({ type: 'error', id, error: packError(error) }),
    );
    return;
  }
  const { core, loop } = session;
  const { type, region } = message;
  const mapped = loop.mapped.get(region);
  if (mapped === undefined || mapped.closing) return;
  if (type === 'listen') {
    core.u32[(REGIONS_AT + region * REGION_BYTES + REGION_LISTENED_AT) >> 2] = message.on ? 1 : 0;
    return;
  }
  if (type === 'release') {
    for (const range of message.ranges) loop.loads.release(mapped, range);
  } else if (type === 'unpin') {
    loop.loads.unpin(mapped, message);
  } else {
    const { first, end } = message;
    const nothing = () => {};
    loop.operations.begin({ kind: OPERATION_LOAD, region, first, end, flags: 0, done: nothing, failed: nothing });
  }
  loop.run();
}

try {
  const session = begin(workerData as WorkerData);
  port.on('message', (message: ToLoop) => handle(session, message));
  const { core, engine, native, options } = session;
  const address = native.addressOf(core.bytes) + BigInt(core.u32[FRAME_DATA_AT >> 2] ?? 0);
  const frames = { address, byteLength: options.frameCount * options.pageSize };
  post({ type: 'started', kernelFaults: engine.features().kernelFaults, frames });
} catch (error) {
  post({ type: 'failed', error: packError(nativeError(error, 'the pager cannot start')) });
}
