// The end of a region, while stores have requests of it, and what its owner then finds in its memory.
import { BASE_BYTES } from '../kernel/address-space.js';
import { readToken } from '../kernel/content.js';
import { demand } from './audit.js';
import type { SimLoop } from './loop.js';
import type { SimState } from './state.js';
import type { StoreSide } from './stores.js';

export function closeOne(state: SimState, loop: SimLoop, stores: StoreSide): void {
  const { core, kernel, random } = state;
  const open = state.regions.filter((each) => each.open);
  if (open.length < 2) return;
  const home = random.pick(open);
  if (state.removals.some(({ region }) => region === home.region)) return;
  if (state.moves.isUnderWay(home.region)) return;
  const mapped = loop.loop.mapped.get(home.region);
  if (mapped === undefined) return;
  state.say(() => `closes region ${home.region}`);
  // What was under way ends with the region, and proves nothing.
  for (let i = state.running.length - 1; i >= 0; i--) {
    if (state.running[i]?.region === home.region) state.running.splice(i, 1);
  }
  state.pass.drop(home.region);
  state.closing = true;
  stores.forget(home, mapped);
  const perPage = core.pageSize / BASE_BYTES;
  home.allowed.forEach((allowed, base) => {
    const address = home.placement.ofBase(base);
    if (address === undefined) return;
    const met = kernel.look(address);
    if (met === 'poisoned' || met === 'sealed') return;
    const bytes = kernel.bytesAt(address);
    const found = bytes === undefined ? 0 : readToken(bytes);
    demand(
      allowed.includes(found) || home.failed.has(Math.floor(base / perPage)),
      () => `after its close region ${home.region} base ${base} reads as ${found}, not ${allowed.join(' or ')}`,
    );
    if (bytes !== undefined) kernel.forget(address);
  });
  state.closing = false;
  for (const thread of state.threads) {
    if (thread.region !== home.region) continue;
    if (thread.waiter !== undefined) kernel.leave(thread.waiter);
    thread.waiter = undefined;
    thread.left = 0;
  }
  loop.run();
}
