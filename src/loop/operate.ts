// Runs the loads, flushes, evictions and discards that the user's thread asks for.
import { getSystemErrorName } from 'node:util';
import {
  CAUSE_NO_FRAME,
  OPERATION_ANEW,
  OPERATION_EVICT,
  OPERATION_FLUSH,
  OPERATION_LOAD,
  OPERATION_PIN,
  WRITE_ERRNO_AT,
} from '../../assembly/layout.js';
import type { AskOf, Serving } from '../call/contract.js';
import type { Core } from '../core/core.js';
import { describeError, PagerError } from '../errors.js';
import type { StoreErrorCode } from '../store/store-error.js';
import type { LoopContext } from './context.js';
import { errnoName, explainFailure } from './failures.js';
import { storeZeros } from './in-place.js';
import type { Mapped } from './region.js';
import type { LoopSide, PageRange } from './requests.js';

type Operation = AskOf<LoopSide['requests']['operation']>;

/** Resolves to what the core counted; for a load, to whether the loop keeps its pages until `release`. */
export function operate(context: LoopContext, ask: Operation, call: Serving<Record<never, never>>): Promise<number> {
  const { loop } = context;
  const { kind, region, first, end, flags } = ask;
  const mapped = loop.mapped.get(region);
  if (mapped === undefined || mapped.closing) throw new PagerError('CLOSED', 'the region is closed');
  // A load that its caller has ended still loads its pages, but keeps none.
  return call.unlessEnded(run(context, mapped, ask), (result) => {
    if (kind !== OPERATION_LOAD || mapped.closing) return;
    if ((flags & OPERATION_PIN) !== 0) loop.loads.unpin(mapped, { first, end });
    else if (result !== 0) loop.loads.release(mapped, { first, end });
  });
}

async function run(context: LoopContext, mapped: Mapped, ask: Operation): Promise<number> {
  const { core, loop, options } = context;
  const { kind, region } = ask;
  // The whole file is in doubt, whatever part is flushed.
  const anew = kind === OPERATION_FLUSH && mapped.store.doubtful;
  const { first, end, flags } = anew ? { first: 0, end: mapped.pages, flags: OPERATION_ANEW } : ask;
  return new Promise((resolve, reject) => {
    const done = (result: number) => {
      if (kind !== OPERATION_FLUSH && kind !== OPERATION_EVICT) return resolve(result);
      storeRest(context, mapped, { first, end }, kind === OPERATION_FLUSH, anew).then(
        () => resolve(kind === OPERATION_FLUSH ? 0 : result),
        (error: unknown) =>
          reject(mapped.closing ? closedMeanwhile() : operationError('STORE_WRITE', mapped, null, error)),
      );
    };
    const failed = (page: number) => {
      if (mapped.closing) return reject(closedMeanwhile());
      const code: StoreErrorCode = kind === OPERATION_FLUSH || kind === OPERATION_EVICT ? 'STORE_WRITE' : 'STORE_READ';
      const why = mapped.lastFailure?.error ?? localFailure(core, code, mapped);
      const address = page < 0 ? undefined : core.exports.addressOf(region, page);
      reject(operationError(code, mapped, page, why, address));
    };
    const range = { first, end };
    const events = { failed, done: (kept: boolean) => resolve(kept ? 1 : 0) };
    if (kind !== OPERATION_LOAD) loop.operations.begin({ kind, region, first, end, flags, done, failed });
    else if ((flags & OPERATION_PIN) === 0) loop.loads.load(mapped, range, events);
    else loop.loads.pin(mapped, range, options.pageSize, events);
    loop.run();
  });
}

/** The rest of a flush or an eviction, after the core's writes. */
async function storeRest(
  { core, native }: LoopContext,
  mapped: Mapped,
  range: PageRange,
  flush: boolean,
  anew: boolean,
): Promise<void> {
  await storeZeros(core, native, mapped, range);
  if (flush) await (mapped.storeQueue?.flush() ?? mapped.store.flush(anew));
}

function closedMeanwhile(): PagerError {
  return new PagerError('CLOSED', 'the region was closed meanwhile');
}

const POOL_FULL = { hint: 'raise the limit of memoryStore, or keep evicted pages in a file or in Redis' };
const DISK_FULL = {
  hint: 'free space on its disk: the pages stay in memory and are written when there is room',
};
const NO_ROOM = { hint: 'see that the store takes pages again, or raise the resident limit' };

// The shim writes pools and files: only the core knows why such a write failed.
function localFailure({ u32 }: Core, code: StoreErrorCode, mapped: Mapped): PagerError | undefined {
  const errno = u32[WRITE_ERRNO_AT >> 2] ?? 0;
  if (errno === 0) return undefined;
  const inPool = mapped.pool >= 0;
  // A load that lacked a frame for as long as the patience.
  if (code !== 'STORE_WRITE') {
    return new PagerError(code, explainFailure(CAUSE_NO_FRAME, errno, mapped), inPool ? POOL_FULL : NO_ROOM);
  }
  const full = inPool ? 'the pool is full at its limit' : `writing failed${errnoName(errno)}`;
  const { hint } = inPool ? POOL_FULL : DISK_FULL;
  return new PagerError(code, full, { errno: getSystemErrorName(-errno), hint });
}

function operationError(
  code: StoreErrorCode,
  mapped: Mapped,
  page: number | null,
  error: unknown,
  address?: bigint,
): PagerError {
  const { errno, syscall, hint, path } = (error ?? {}) as Partial<PagerError>;
  const which = page === null ? '' : ` page ${page}`;
  const verb = code === 'STORE_READ' ? 'cannot be read from' : 'cannot be written to';
  const where = code === 'STORE_READ' ? mapped.whereFrom(page ?? 0) : mapped.store.name;
  const why = error === undefined ? 'it has failed' : describeError(error);
  return new PagerError(code, `region ${mapped.region}:${which} ${verb} ${where.replace(/:$/, '')}: ${why}`, {
    errno,
    syscall,
    hint,
    path,
    region: mapped.region,
    page: page ?? undefined,
    address,
    cause: error,
  });
}
