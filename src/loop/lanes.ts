// Lanes of the loop's stores: native code reads their pages (native/lane). What comes back goes the ordinary way.
import { REQUEST_READ_SOURCE, REQUEST_READ_STORE } from '../../assembly/layout.js';
import type { CoreExports } from '../core/core.js';
import type { Engine, LostLane } from '../native/native.js';
import { hasLane } from '../store/store.js';
import type { Opened } from './opened.js';
import type { Mapped } from './region.js';

interface Home {
  engine: Pick<Engine, 'closeLane' | 'lostLanes' | 'openLane'>;
  exports: Pick<CoreExports, 'release'>;
  /** Milliseconds. */
  patience: number;
  /** Lanes need the compiled core: V8's takes each request itself. */
  able: boolean;
}

/** A store's part of a lane. */
interface Owner {
  mapped: Mapped;
  opened: Opened;
}

type Kind = typeof REQUEST_READ_SOURCE | typeof REQUEST_READ_STORE;

/** The lanes of one loop. */
export class Lanes {
  readonly #home: Home;
  /** By region and kind. */
  readonly #owners = new Map<string, Owner>();

  constructor(home: Home) {
    this.#home = home;
  }

  /** From now on the region's stores may give their connections to native code. Region 0: all spaces. */
  attach(mapped: Mapped): void {
    this.#attach(mapped, mapped.source, REQUEST_READ_SOURCE);
    this.#attach(mapped, mapped.store, REQUEST_READ_STORE);
  }

  #attach(mapped: Mapped, opened: Opened, kind: Kind): void {
    const { engine, patience, able } = this.#home;
    const { store, own } = opened;
    const lane = able && !own && store !== null && hasLane(store) ? store.lane : undefined;
    if (lane === undefined) return;
    const { region } = mapped;
    this.#owners.set(keyOf(region, kind), { mapped, opened });
    lane.attach({
      take: (fd) => {
        if (mapped.closing) return false;
        try {
          engine.openLane(region, kind, fd, lane.prefix, patience);
          return true;
        } catch {
          // No descriptor is free, or the prefix is too long: the store reads by itself.
          return false;
        }
      },
      drop: () => {
        const closed = engine.closeLane(region, kind);
        if (closed !== null) this.#passOn(closed);
      },
    });
  }

  /** Passes on what broken lanes owe. */
  look(): void {
    if (this.#owners.size === 0) return;
    for (const lost of this.#home.engine.lostLanes()) {
      const store = this.#owners.get(keyOf(lost.region, lost.kind))?.opened.store;
      if (store !== null && store !== undefined && hasLane(store)) store.lane?.lost(lost.pages);
      this.#passOn(lost);
    }
  }

  /** Closes a region's lanes; the frames of the pages that they owe are no longer written to. Returns these pages. */
  detach({ region }: Mapped): LostLane['owed'] {
    const owed: LostLane['owed'] = [];
    for (const kind of [REQUEST_READ_SOURCE, REQUEST_READ_STORE] as const) {
      if (!this.#owners.delete(keyOf(region, kind))) continue;
      owed.push(...(this.#home.engine.closeLane(region, kind)?.owed ?? []));
    }
    return owed;
  }

  #passOn({ region, kind, waited, owed }: LostLane): void {
    if (owed.length === 0) return;
    const owner = this.#owners.get(keyOf(region, kind));
    if (owner === undefined || owner.mapped.closing) {
      for (const { frame, generation } of owed) this.#home.exports.release(frame, generation);
      return;
    }
    const { sourceQueue, storeQueue } = owner.mapped;
    const queue = kind === REQUEST_READ_SOURCE ? sourceQueue : storeQueue;
    queue?.read(owed, waited);
  }
}

function keyOf(region: number, kind: number): string {
  return `${region} ${kind}`;
}
