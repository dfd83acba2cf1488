// Regions of the simulation: what they are sourced from, where they are stored, and where they lie.
import * as layout from '../../../assembly/layout.js';
import { NO_SOURCE } from '../../../src/loop/opened.js';
import { Mapped } from '../../../src/loop/region.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { demand } from './audit.js';
import type { RegionConfig } from './config.js';
import type { SimLoop } from './loop.js';
import { Placement } from './moves.js';
import type { SimRegion, SimState } from './state.js';
import type { StoreSide } from './stores.js';
import { fileOf, TORN_TOKEN, TokenStore } from './tokens.js';

const ARENA_ADDRESS = 0x6000_0000_0000;

/** Opens regions, one after the other. */
export class Opener {
  #nextFd = 100;
  #arenaUsed = 0;

  constructor(
    readonly state: SimState,
    readonly loop: SimLoop,
    readonly stores: StoreSide,
  ) {
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
    const home: SimRegion = {
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
      volatile: new Set(),
      open: true,
    };
    this.state.regions.push(home);
    this.#map(home, pool);
    kernel.registerRegion(address, each.pages * core.pageSize, region, each.file);
  }

  /** The loop knows it, with its queues, as after src/loop/open-region.ts. */
  #map(home: SimRegion, pool: number): void {
    const opened = { ...NO_SOURCE, name: 'the store of the simulation' };
    const source = { ...opened, kind: home.source, pages: home.sourcePages };
    const store = { ...opened, kind: home.store };
    const inPool = home.pool ? pool : -1;
    const mapped = new Mapped(home.region, BigInt(home.address), home.pages, source, store, inPool);
    mapped.registered = true;
    if (home.source === layout.SOURCE_ASYNC) mapped.sourceQueue = this.stores.queue(home, layout.REQUEST_READ_SOURCE);
    if (home.store === layout.STORE_ASYNC) mapped.storeQueue = this.stores.queue(home, layout.REQUEST_READ_STORE);
    this.loop.loop.mapped.set(home.region, mapped);
  }
}
