// The loop's thread: opens the descriptor and the core, then answers the user's thread until it is told to close.
import { parentPort, workerData } from 'node:worker_threads';
import {
  FRAME_DATA_AT,
  OPERATION_EVICT,
  OPERATION_FLUSH,
  OPERATION_LOAD,
  POOL_LIMIT,
  REGION_BYTES,
  REGION_POOL_AT,
  REGION_SOURCE_AT,
  REGION_SOURCE_FD_AT,
  REGION_SOURCE_PAGES_AT,
  REGION_STORE_AT,
  REGION_STORE_FD_AT,
  REGIONS_AT,
} from '../../assembly/layout.js';
import { LAYOUT_HASH } from '../../assembly/layout-hash.js';
import { Core, CORE_MEMORY_PAGES, layoutError } from '../core/core.js';
import { describeError, PagerError, packError } from '../errors.js';
import { native as loadNative, nativeError } from '../native.js';
import type { StoreErrorCode } from '../store/store-error.js';
import { Lane } from './lane.js';
import { Loop } from './loop.js';
import { Mapped } from './mapped.js';
import { NO_SOURCE, openSource, openStoreHandle } from './mapping.js';
import type { FromLoop, ToLoop, WorkerData } from './messages.js';

const EXIT_LOOP_DIED = 70; // sysexits.h: EX_SOFTWARE
const NO_LIMIT = 0xffffffff;
const LOW_WORD = 0xffffffffn;

const port = parentPort;
if (port === null) throw new Error('the loop runs in a Worker');
const post = (message: FromLoop) => port.postMessage(message);

function begin({ options, memory }: WorkerData) {
  const native = loadNative();
  if (native.layoutHash !== LAYOUT_HASH) throw layoutError('addon', native.layoutHash);
  const core = new Core(memory);
  const engine = new native.Engine(core.bytes);
  if (options.cpu !== null) engine.pin(options.cpu);
  const { pageShift, limitPages, frameCount, scratchCount, eviction, readahead } = options;
  const limit = limitPages ?? NO_LIMIT;
  const began = core.exports.begin(CORE_MEMORY_PAGES, pageShift, limit, frameCount, scratchCount, eviction, readahead);
  if (began === 0) throw new PagerError('INTERNAL', 'the core’s memory is too small for its frames');
  const loop = new Loop(core, engine, native, options);
  // Whatever goes wrong from here on, threads may be waiting for pages: the process must not outlive its loop.
  process.on('uncaughtException', (error) => {
    native.lastWords(`farpage: the loop failed and the process ends: ${describeError(error)}\n${error.stack ?? ''}\n`);
    native.endProcess(EXIT_LOOP_DIED);
  });
  loop.start();
  return { native, core, engine, loop, options };
}

type Session = ReturnType<typeof begin>;

async function map(session: Session, message: Extract<ToLoop, { type: 'map' }>): Promise<number> {
  const { native, core, engine, loop, options } = session;
  const { pageSize, limitPages, storePatience } = options;
  const { address, pages } = message;
  const source = message.source === null ? NO_SOURCE : await openSource(message.source, pageSize);
  const mustHold = limitPages === null ? 0 : Math.max(0, pages - limitPages) * pageSize;
  const store = await openStoreHandle(message.store, native, pageSize, mustHold).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  const words = (value: bigint) => [Number(value & LOW_WORD), Number(value >> 32n)] as const;
  let pool = -1;
  if (store.pool !== null) {
    const slabs = store.pool.byteLength / (pageSize * 8);
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
  put(REGION_STORE_AT, store.kind);
  put(REGION_STORE_FD_AT, store.fd);
  put(REGION_POOL_AT, Math.max(pool, 0));
  const mapped = new Mapped(region, address, source, store, pool, message.keep);
  const events = loop.eventsOf(region);
  if (store.store !== null) mapped.storeLane = new Lane(store.store, storePatience, events);
  if (source.store !== null) mapped.sourceLane = new Lane(source.store, storePatience, events);
  loop.mapped.set(region, mapped);
  try {
    engine.registerRegion(address, pages * pageSize);
  } catch (error) {
    await forget(session, mapped);
    throw nativeError(error, 'the region could not be registered');
  }
  return region;
}

/** Lets a region's pages go, and its stores. */
async function forget({ native, core, engine, loop }: Session, mapped: Mapped): Promise<void> {
  mapped.closing = true;
  loop.operations.abandon(mapped.region);
  for (let done = 0; done === 0; ) {
    done = core.exports.closeRegion(mapped.region);
    while (core.commanded) {
      engine.execute();
      core.exports.settle();
    }
  }
  try {
    engine.unregisterRegion(mapped.address);
  } finally {
    const closing = [mapped.sourceLane?.close() ?? mapped.source.close(), mapped.storeLane?.close() ?? mapped.store.close()];
    await Promise.all(closing);
    loop.mapped.delete(mapped.region);
    const { pool } = mapped.store;
    if (pool !== null) {
      core.exports.closePool(mapped.pool);
      native.unmapMemory(pool.address, pool.byteLength);
    }
  }
}

function operate({ loop }: Session, message: Extract<ToLoop, { type: 'operation' }>): Promise<number> {
  const { kind, region, first, end, flags } = message;
  const mapped = loop.mapped.get(region);
  if (mapped === undefined || mapped.closing) throw new PagerError('CLOSED', 'the region is closed');
  return new Promise((resolve, reject) => {
    const done = (result: number) => {
      if (kind !== OPERATION_FLUSH) return resolve(result);
      const flushed = mapped.storeLane?.flush() ?? mapped.store.flush();
      flushed.then(() => resolve(0), (error: unknown) => reject(operationError('STORE_WRITE', mapped, null, error)));
    };
    const failed = (page: number) => {
      if (mapped.closing) return reject(new PagerError('CLOSED', 'the region was closed meanwhile'));
      const code: StoreErrorCode = kind === OPERATION_FLUSH || kind === OPERATION_EVICT ? 'STORE_WRITE' : 'STORE_READ';
      reject(operationError(code, mapped, page, mapped.lastFailure?.error));
    };
    loop.operations.begin({ kind, region, first, end, flags, done, failed });
    loop.run();
  });
}

function operationError(code: StoreErrorCode, mapped: Mapped, page: number | null, error: unknown): PagerError {
  const { errno, syscall, hint } = (error ?? {}) as Partial<PagerError>;
  const which = page === null ? '' : ` page ${page}`;
  const verb = code === 'STORE_READ' ? 'cannot be had from' : 'cannot be written to';
  const where = code === 'STORE_READ' ? mapped.whereFrom(page ?? 0) : mapped.store.name;
  const why = error === undefined ? 'it has failed' : describeError(error);
  return new PagerError(code, `region ${mapped.region}:${which} ${verb} ${where}: ${why}`, {
    errno,
    syscall,
    hint,
    cause: error,
  });
}

async function close(session: Session): Promise<void> {
  const { loop, engine } = session;
  const results = await Promise.allSettled([...loop.mapped.values()].map((mapped) => forget(session, mapped)));
  loop.stop();
  engine.close();
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function answer(id: number, work: Promise<number>): void {
  work.then(
    (value) => post({ type: 'reply', id, value }),
    (error: unknown) => post({ type: 'error', id, error: packError(error) }),
  );
}

function handle(session: Session, message: ToLoop): void {
  const { core, loop } = session;
  switch (message.type) {
    case 'map':
      return answer(message.id, map(session, message));
    case 'operation':
      return answer(
        message.id,
        (async () => operate(session, message))(),
      );
    case 'prefetch': {
      const { region, first, end } = message;
      if (!loop.mapped.has(region)) return;
      const nothing = () => {};
      loop.operations.begin({ kind: OPERATION_LOAD, region, first, end, flags: 0, done: nothing, failed: nothing });
      return loop.run();
    }
    case 'unpin':
      if (loop.mapped.has(message.region)) core.exports.unpinPages(message.region, message.first, message.end);
      return loop.run();
    case 'closeRegion': {
      const mapped = loop.mapped.get(message.region);
      return answer(message.id, (async () => (mapped === undefined ? 0 : forget(session, mapped).then(() => 0)))());
    }
    case 'close':
      return answer(
        message.id,
        close(session).then(() => {
          port?.unref();
          return 0;
        }),
      );
  }
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
