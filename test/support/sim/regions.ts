// Regions of the simulation: what they are sourced from, where they are stored, and where they lie.
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { demand } from './audit.js';
import type { RegionConfig } from './config.js';
import { Placement } from './moves.js';
import type { SimState } from './state.js';
import { fileOf, TORN_TOKEN, TokenStore } from './store.js';

const ARENA_ADDRESS = 0x6000_0000_0000;

/** Opens regions, one after the other. */
export class Opener {
  #nextFd = 100;
  #arenaUsed = 0;

  constructor(readonly state: SimState) {
    const { core, kernel, config } = state;
    const slabs = config.regions.reduce(
      (sum, { pages, store }) => sum + (store === layout.STORE_POOL ? pages + 80 : 0),
      0,
    );
    const slabBytes = core.pageSize * 8;
    kernel.own.arena = {
      start: ARENA_ADDRESS,
      end: ARENA_ADDRESS + slabs * slabBytes,
      bytes: new Uint8Array(slabs * slabBytes),
    };
  }

  open(each: RegionConfig): void {
    const { core, kernel } = this.state;
    const perPage = core.pageSize / BASE_BYTES;
    const address = this.state.nextAddress;
    this.state.nextAddress += (each.pages + 16) * core.pageSize;
    const sourceFd = this.#nextFd++;
    const storeFd = this.#nextFd++;
    const sourced = each.source !== layout.SOURCE_ZERO;
    const sourceTokens = new TokenStore((base) => (base % 5 === 0 ? 0 : 0x40000000 + base * 64 + sourceFd));
    const storeTokens = new TokenStore(() => 0);
    kernel.files.set(sourceFd, fileOf(sourceTokens));
    const storeFile = fileOf(storeTokens);
    kernel.files.set(storeFd, {
      ...storeFile,
      write: (offset, from) => {
        storeFile.write(offset, from);
        if (this.state.calm || !this.state.random.chance(this.state.config.torn)) return;
        storeTokens.tokens.set(offset / BASE_BYTES, TORN_TOKEN);
        this.state.regions
          .find(({ region }) => this.state.fdOf(region, storeFd))
          ?.mayFail.add(Math.floor(offset / core.pageSize));
      },
    });
    let pool = 0;
    if (each.store === layout.STORE_POOL) {
      const slabs = each.pages + 80;
      const at = ARENA_ADDRESS + this.#arenaUsed;
      this.#arenaUsed += slabs * core.pageSize * 8;
      pool = core.exports.openPool(each.compress ? 1 : 0, slabs, at % 2 ** 32, Math.floor(at / 2 ** 32));
    }
    const region = core.openRegion(each.pages, address, {
      [layout.REGION_SOURCE_AT]: each.source,
      [layout.REGION_SOURCE_FD_AT]: sourceFd,
      [layout.REGION_SOURCE_PAGES_AT]: each.sourcePages,
      [layout.REGION_STORE_AT]: each.store,
      [layout.REGION_STORE_FD_AT]: storeFd,
      [layout.REGION_POOL_AT]: pool,
      [layout.REGION_FILE_AT]: each.file ? 1 : 0,
    });
    demand(region !== 0 && pool < layout.POOL_LIMIT, () => 'a region opens');
    const allowed = Array.from({ length: each.pages * perPage }, (_, base) => [
      sourced && Math.floor(base / perPage) < each.sourcePages ? sourceTokens.get(base) : 0,
    ]);
    this.state.regions.push({
      ...each,
      region,
      address,
      placement: new Placement(region, address, each.pages, core.pageSize),
      pool: each.store === layout.STORE_POOL,
      storeTokens,
      sourceTokens,
      allowed,
      failed: new Set(),
      mayFail: new Set(),
      open: true,
      closedAt: 0,
    });
    kernel.registerRegion(address, each.pages * core.pageSize, region, each.file);
  }
}
