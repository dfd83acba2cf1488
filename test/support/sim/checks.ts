// What must hold whenever every command is settled.
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { audit, demand, STATE_NAMES } from './audit.js';
import type { SimState } from './state.js';

export function check(state: SimState): void {
  audit(
    state.core,
    state.kernel,
    state.regions
      .filter((each) => each.open)
      .map(({ region, address, pages, pool, placement }) => ({
        region,
        address,
        pages,
        pool,
        addressOf: (page: number) => placement.of(page),
        isLeaving: (page: number) => state.moves.isLeaving(region, page),
      })),
  );
  checkPresent(state);
  checkThreads(state);
}

/** No more is present than the limit allows. */
export function checkPresent(state: SimState): void {
  const { core, kernel } = state;
  const { limit } = core.options;
  // A closed region's pages stay readable, and are its owner's.
  if (limit === undefined || state.closing) return;
  // What is being dropped by the application counts until it has gone, though the core knows of it.
  let leaving = 0;
  for (const { start, end } of kernel.removals) {
    for (let at = start; at < end; at += BASE_BYTES) if (kernel.pages.has(at / BASE_BYTES)) leaving++;
  }
  const most = limit * (core.pageSize / BASE_BYTES) + leaving;
  demand(kernel.present <= most, () => `${kernel.present} base pages are present, the limit is ${most}`);
}

/** A thread waits only for what is under way. */
export function checkThreads(state: SimState): void {
  for (const thread of state.threads) {
    const { waiter } = thread;
    if (waiter === undefined || waiter.woken || !waiter.read) continue;
    const taken = state.core.word(layout.MESSAGE_COUNT_AT) === 0;
    // The loop has yet to learn what a thread's turn asks of it.
    if (state.inline?.rung === true && state.core.requested) continue;
    if (!taken) continue;
    if (state.pass.mayWait(thread.region, Math.floor((thread.base * BASE_BYTES) / state.core.pageSize), waiter.write))
      continue;
    // A page that is present until it has been removed: a thread that would have written to it waits for the next one.
    const goes = state.removals.some(({ removal: { start, end } }) => waiter.address >= start && waiter.address < end);
    if (waiter.kind === layout.FAULT_WP && goes) continue;
    const stale = waiter.address !== state.addressOf(thread);
    if (stale && state.moves.isUnderWay(thread.region)) continue;
    demand(
      state.kernel.look(waiter.address) === 'missing',
      () =>
        `a wake is lost: a thread waits at ${waiter.address.toString(16)}${stale ? ', where nothing is any more' : ''}`,
    );
    const home = state.regions.find(({ region, open }) => region === thread.region && open);
    if (home === undefined) continue;
    const page = Math.floor((thread.base * BASE_BYTES) / state.core.pageSize);
    const pageIs = state.core.exports.pageState(home.region, page);
    if (state.removals.some(({ region }) => region === home.region)) continue;
    demand(
      pageIs === layout.PAGE_FILLING || pageIs === layout.PAGE_EVICTING,
      () => `a thread waits for region ${home.region} page ${page}, which is ${STATE_NAMES[pageIs]}`,
    );
  }
}
