// Marks and unmarks volatile pages in the loop's thread, and reports which were reclaimed.
import { SOURCE_ASYNC } from '../../assembly/layout.js';
import type { AskOf, Serving } from '../call/contract.js';
import { PagerError } from '../errors.js';
import type { LoopContext } from './context.js';
import type { Loop } from './loop.js';
import { openWithin, storeQueueOf } from './open-store.js';
import { joined } from './page-ranges.js';
import type { Mapped } from './region.js';
import type { LoopSide, PageRange } from './requests.js';
import type { StoreQueueEvents } from './store-queue.js';
import { openAsync } from './stores.js';

type Requests = LoopSide['requests'];

/** Pages marked before other work is let in between. */
const MARKS = 65536;

function openMapped(loop: Loop, region: number): Mapped {
  const mapped = loop.mapped.get(region);
  if (mapped === undefined || mapped.closing) throw new PagerError('CLOSED', 'the region is closed');
  return mapped;
}

/** Opens a regenerator of the region; resolves to its number. */
export async function addRegenerator(
  { loop, options, wire }: LoopContext,
  { region, store }: AskOf<Requests['addRegenerator']>,
  call: Serving<Record<never, never>>,
): Promise<number> {
  const mapped = openMapped(loop, region);
  const opened = await openWithin(options.storePatience, openAsync(wire, store, SOURCE_ASYNC), call.signal);
  const queue = storeQueueOf(opened, options.storePatience, regeneratorEvents(loop, mapped));
  if (queue === undefined) throw new PagerError('OPTION', 'regenerate: there is nothing to ask');
  if (mapped.closing) await queue.close();
  return mapped.regenerators.add(queue);
}

function regeneratorEvents(loop: Loop, mapped: Mapped): StoreQueueEvents {
  const events = loop.eventsOf(mapped.region);
  const lost: StoreQueueEvents['lost'] = (ticket, error) => {
    mapped.regenerators.failed.add(ticket.page);
    events.lost(ticket, error);
  };
  // Calls of a regenerator are not counted: it reads from memory of the user.
  return { ...events, lost, took: () => {} };
}

/** Marks pages, a part at a time. @throws PagerError 'REGION' if the page table is full, 'CLOSED' */
export async function markVolatile(
  { core, loop }: LoopContext,
  { region, first, end, regenerator }: AskOf<Requests['markVolatile']>,
  call: Serving<Record<never, never>>,
): Promise<void> {
  const mapped = openMapped(loop, region);
  mapped.regenerators.assign(first, end, regenerator);
  for (let page = first; page < end; ) {
    call.signal.throwIfAborted();
    // Between two parts the region may be closed, and another region may get its number.
    if (mapped.closing) throw new PagerError('CLOSED', 'the region was closed meanwhile');
    const stop = Math.min(end, page + MARKS);
    const reached = core.exports.markVolatile(region, page, stop, regenerator === 0 ? 0 : 1) >>> 0;
    if (reached < stop) {
      throw new PagerError('REGION', `page ${reached}: the page table is full`, {
        hint: 'map less memory with one pager',
      });
    }
    page = stop;
    if (page < end) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Removes the marks; returns the pages of the range that had been reclaimed. */
export function unmarkVolatile(
  { core, loop }: LoopContext,
  { region, first, end }: AskOf<Requests['unmarkVolatile']>,
): PageRange[] {
  openMapped(loop, region);
  const { nextReclaimed, unmarkVolatile } = core.exports;
  const reclaimed: PageRange[] = [];
  for (let page = nextReclaimed(region, first, end, 1) >>> 0; page < end; ) {
    const past = nextReclaimed(region, page, end, 0) >>> 0;
    reclaimed.push({ first: page, end: past });
    page = nextReclaimed(region, past, end, 1) >>> 0;
  }
  unmarkVolatile(region, first, end);
  return joined(reclaimed);
}
