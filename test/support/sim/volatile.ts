// Pages that their owner can do without: marked and unmarked while threads touch them and the pager drops them.
import { BASE_BYTES } from '../kernel/address-space.js';
import type { SimRegion, SimState } from './state.js';

/** Marks a range of some region, or removes its marks. */
export function changeMarks(state: SimState): void {
  const { core, random } = state;
  const open = state.regions.filter((each) => each.open);
  if (open.length === 0) return;
  const home = random.pick(open);
  const first = random.below(home.pages);
  const end = Math.min(home.pages, first + random.pick([1, 4, 20, 60]));
  if (random.chance(0.4)) {
    core.exports.unmarkVolatile(home.region, first, end);
    for (let page = first; page < end; page++) {
      if (home.volatile.delete(page)) forgetFlushes(state, home, page);
    }
    return;
  }
  // With a full page table only the first of them are marked.
  const reached = core.exports.markVolatile(home.region, first, end, 0) >>> 0;
  state.say(() => `marks region ${home.region} ${first}–${reached} as volatile`);
  const perPage = core.pageSize / BASE_BYTES;
  for (let page = first; page < reached; page++) {
    home.volatile.add(page);
    forgetFlushes(state, home, page);
    for (let base = page * perPage; base < (page + 1) * perPage; base++) {
      home.allowed[base] = [...(home.allowed[base] ?? []), 0];
    }
  }
}

/** Nothing is promised of a volatile page, so a flush that is under way may leave it out. */
function forgetFlushes({ core, running }: SimState, { region }: SimRegion, page: number): void {
  const perPage = core.pageSize / BASE_BYTES;
  for (const each of running.filter((one) => one.region === region)) {
    for (let base = page * perPage; base < (page + 1) * perPage; base++) each.history.delete(base);
  }
}
