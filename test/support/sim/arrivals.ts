// Pages of a source that come unasked, as a migration's do (src/loop/deliveries.ts): the core may take them or not, and whatever it
// does, each page reads as before.
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { demand } from './audit.js';
import type { SimLoop } from './loop.js';
import { Random } from './random.js';
import type { SimState } from './state.js';

const BUFFER_AT = 0x6a00_0000_0000;
const MOST = 40;

export class Arrivals {
  /** Pages that the core took. */
  taken = 0;
  // Numbers of its own: seeds of old mean what they did.
  readonly #random: Random;
  readonly #chance: number;

  constructor(
    readonly state: SimState,
    readonly loop: SimLoop,
    seed: bigint,
  ) {
    this.#random = new Random(seed ^ 0xa88117n);
    this.#chance = this.#random.chance(0.4) ? 0.1 : 0;
  }

  /** Now and then, a run of pages arrives. */
  step(): void {
    if (!this.#random.chance(this.#chance)) return;
    const { core, kernel, regions } = this.state;
    const home = regions.find(({ open, source }) => open && source === layout.SOURCE_ASYNC);
    if (home === undefined) return;
    const first = this.#random.below(home.pages);
    const pages = Math.min(home.pages - first, 1 + this.#random.below(MOST));
    const bytes = new Uint8Array(pages * core.pageSize);
    home.sourceTokens.load((first * core.pageSize) / BASE_BYTES, bytes);
    const { unasked } = kernel.own;
    kernel.own.unasked = { start: BUFFER_AT, end: BUFFER_AT + bytes.length, bytes };
    this.loop.loop.carryOut();
    const begun = core.exports.deliver(home.region, first, pages, BUFFER_AT % 2 ** 32, Math.floor(BUFFER_AT / 2 ** 32));
    this.loop.loop.carryOut();
    const taken = begun === 0 ? 0 : core.exports.delivered(home.region, first, begun);
    demand(begun <= pages && taken <= begun, () => `${taken} of ${begun} of ${pages} pages are taken`);
    this.state.say(() => `region ${home.region} page ${first}–${first + pages} arrive, ${taken} are taken`);
    if (taken < begun) this.loop.loop.runSoon();
    this.taken += taken;
    // The bytes are the caller's again.
    kernel.own.unasked = unasked;
  }
}
