// Runs the loads, flushes, evictions and discards that the user's thread asks for.
import { OPERATION_REWRITE } from '../../assembly/codes.js';
import { OPERATION_EVICT, OPERATION_FLUSH, OPERATION_LOAD, OPERATION_PIN } from '../../assembly/layout.js';
import type { AskOf, Serving } from '../call/contract.js';
import { PagerError } from '../errors.js';
import type { StoreErrorCode } from '../store/store-error.js';
import type { LoopContext } from './context.js';
import { FAILED_BEFORE, placed } from './failures.js';
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
  const rewritten = kind === OPERATION_FLUSH && mapped.store.doubtful;
  const { first, end, flags } = rewritten ? { first: 0, end: mapped.pages, flags: OPERATION_REWRITE } : ask;
  return new Promise((resolve, reject) => {
    const done = (result: number) => {
      if (kind !== OPERATION_FLUSH && kind !== OPERATION_EVICT) return resolve(result);
      storeRest(context, mapped, { first, end }, kind === OPERATION_FLUSH, rewritten).then(
        () => resolve(kind === OPERATION_FLUSH ? 0 : result),
        (error: unknown) =>
          reject(mapped.closing ? closedMeanwhile() : operationError('STORE_WRITE', mapped, null, error)),
      );
    };
    const failed = (page: number) => {
      if (mapped.closing) return reject(closedMeanwhile());
      const code: StoreErrorCode = kind === OPERATION_FLUSH || kind === OPERATION_EVICT ? 'STORE_WRITE' : 'STORE_READ';
      const address = page < 0 ? undefined : core.exports.addressOf(region, page);
      // A write that was refused names itself; a page that a flush must read back may fail, too.
      const refused = code === 'STORE_WRITE' ? loop.refusedWrites.last(mapped) : undefined;
      if (refused !== undefined) return reject(operationError(code, mapped, page, refused.error, address));
      reject(pageError(code, mapped, page, address));
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
  rewritten: boolean,
): Promise<void> {
  await storeZeros(core, native, mapped, range);
  if (flush) await (mapped.storeQueue?.flush() ?? mapped.store.flush(rewritten));
}

function closedMeanwhile(): PagerError {
  return new PagerError('CLOSED', 'the region was closed meanwhile');
}

function pageError(code: StoreErrorCode, mapped: Mapped, page: number, address: bigint | undefined): PagerError {
  const { what, error } = mapped.failureOf(page) ?? FAILED_BEFORE;
  return errorOf(code, mapped, page, what, error, address);
}

function operationError(
  code: StoreErrorCode,
  mapped: Mapped,
  page: number | null,
  error: unknown,
  address?: bigint,
): PagerError {
  const { where, why } = placed([mapped.store.name], error);
  return errorOf(code, mapped, page, `cannot be written to ${where}: ${why}`, error, address);
}

function errorOf(
  code: StoreErrorCode,
  { region }: Mapped,
  page: number | null,
  text: string,
  error: unknown,
  address: bigint | undefined,
): PagerError {
  const { errno, syscall, hint, path } = (error ?? {}) as Partial<PagerError>;
  return new PagerError(code, `region ${region}:${page === null ? '' : ` page ${page}`} ${text}`, {
    errno,
    syscall,
    hint,
    path,
    region,
    page: page ?? undefined,
    address,
    cause: error,
  });
}
