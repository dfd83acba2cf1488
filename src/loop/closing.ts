// Closes a region in the loop's thread. The core may reuse its number only once neither a store that still closes nor a
// request in flight uses it.
import { PAGE_SHIFT_AT } from '../../assembly/layout.js';
import type { Core } from '../core/core.js';
import { failureLine, PagerError } from '../errors.js';
import type { Engine, Native } from '../native/native.js';
import type { CheckedOptions } from '../options.js';
import { warn } from '../warn.js';
import { makeRoomForCopies } from './copies.js';
import { endRemote, RemoteMapped } from './guest.js';
import type { Loop } from './loop.js';
import type { Mapped } from './region.js';

interface Home {
  native: Native;
  core: Core;
  engine: Engine;
  loop: Loop;
  options: CheckedOptions;
}

/** What the end of a region uses: the simulation has its own. */
export interface ForgettingHome {
  native: Pick<Native, 'rememberGone' | 'unmapMemory'>;
  core: Pick<Core, 'commanded' | 'exports' | 'u32' | 'u64'>;
  engine: Pick<Engine, 'execute' | 'unregisterRegion'>;
  loop: Pick<Loop, 'dispatch' | 'lanes' | 'loads' | 'mapped'>;
  options: Pick<CheckedOptions, 'limitPages'>;
}

/** Regions that are being closed; the pager may be closed meanwhile. */
const forgetting = new WeakMap<Mapped, Promise<void>>();

/** Drops a region's pages and closes its stores. */
export function forget(home: Home, mapped: Mapped): Promise<void> {
  const forgetIt = () => (mapped instanceof RemoteMapped ? endRemote(home, mapped) : forgetNow(home, mapped));
  const begun = forgetting.get(mapped) ?? forgetIt();
  forgetting.set(mapped, begun);
  return begun;
}

/** Drops the pages of a region of this process, and closes its stores. To be called once for a region. */
export async function forgetNow(home: ForgettingHome, mapped: Mapped): Promise<void> {
  const { native, core, engine, loop } = home;
  mapped.closing = true;
  for (const pass of mapped.passes) pass.drop(new PagerError('CLOSED', 'the region was closed meanwhile'));
  loop.loads.forget(mapped);
  const owed = loop.lanes?.detach(mapped) ?? [];
  const pageSize = 2 ** (core.u32[PAGE_SHIFT_AT >> 2] ?? 0);
  // Before the first page is poisoned: a thread may be at work in it.
  native.rememberGone(mapped.address, mapped.pages * pageSize, mapped.region);
  for (let done = 0; done === 0; ) {
    done = core.exports.closeRegion(mapped.region);
    while (core.commanded) {
      engine.execute();
      core.exports.settle();
    }
  }
  for (const { frame, generation } of owed) core.exports.release(frame, generation);
  // Requests for its pages that no store has been asked for yet: their frames are free.
  loop.dispatch();
  try {
    if (mapped.registered) engine.unregisterRegion(mapped.region);
  } finally {
    const closing = [
      mapped.regenerators.close(),
      mapped.sourceQueue?.close() ?? mapped.source.close(),
      mapped.storeQueue?.close() ?? mapped.store.close(),
    ];
    // The region is closed in any case: a store's error at its close is reported, but replaces no earlier error.
    for (const outcome of await Promise.allSettled(closing)) {
      if (outcome.status === 'rejected') warn('FARPAGE_STORE_CLOSE', failureLine(outcome.reason));
    }
    loop.mapped.delete(mapped.region);
    makeRoomForCopies(home);
    const { pool } = mapped.store;
    if (pool !== null) {
      core.exports.closePool(mapped.pool);
      native.unmapMemory(pool.address, pool.byteLength);
    }
  }
  // Not where unregistering has failed: the kernel still names the region's faults by this number.
  core.exports.freeRegion(mapped.region);
}
