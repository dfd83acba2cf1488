// The memory of other processes as the loop serves it: opens and ends spaces, and notices processes that are gone.
import { SLAB_PAGES, SLOT_LIMIT } from '../../assembly/codes.js';
import {
  FRAME_COUNT_AT,
  REGION_BYTES,
  REGION_END_AT,
  REGION_LIMIT,
  REGION_OPEN,
  REGION_SPACE_AT,
  REGION_STATE_AT,
  REGIONS_AT,
} from '../../assembly/layout.js';
import type { AskOf, ResultOf } from '../call/contract.js';
import type { Core } from '../core/core.js';
import { describeError, PagerError } from '../errors.js';
import { type Engine, type Native, nativeError } from '../native/native.js';
import type { CheckedOptions } from '../options.js';
import { type OpenedPages, openPages } from './checkpoint-pages.js';
import type { Loop } from './loop.js';
import { storeQueueOf } from './open-store.js';
import { NO_SOURCE, type Opened } from './opened.js';
import type { LoopWire } from './own-store.js';
import { Push } from './push.js';
import { Mapped } from './region.js';
import { Replay } from './replay.js';
import type { LoopSide, PagesHandle, SeedRequest, StoreHandle } from './requests.js';
import { openStoreHandle } from './stores.js';

const LOW_WORD = 0xffffffffn;
const WORD = 2 ** 32;
/** Numbers of one run in a SeedRequest. */
const SEED_WORDS = 3;

type Requests = LoopSide['requests'];

/** Milliseconds between checks for processes that have ended: a fork that never said hello has no socket whose end would show it. */
const DEAD_INTERVAL = 100;

/** The memory of other processes: one core, one store, a space for each process. */
export class Spaces {
  readonly #core: Core;
  readonly #engine: Engine;
  readonly #native: Native;
  readonly #loop: Loop;
  readonly #options: CheckedOptions;
  readonly #wire: LoopWire;
  readonly #mapped = new Map<number, Mapped>();
  #timer: NodeJS.Timeout | undefined;
  /** Spaces that are pushed when that is asked for, and forks whose push has begun. */
  readonly #seeded = new Set<number>();
  /** What a checkpoint's pages come from, beside the store. */
  #pages: OpenedPages | undefined;
  /** No page of another host comes any more. */
  #failed = false;
  /** Undefined until a push is asked for. */
  #push: Push | undefined;
  /** Of a recorded order, before the push. */
  #replay: Replay | undefined;

  constructor(core: Core, engine: Engine, native: Native, loop: Loop, options: CheckedOptions, wire: LoopWire) {
    this.#core = core;
    this.#engine = engine;
    this.#native = native;
    this.#loop = loop;
    this.#options = options;
    this.#wire = wire;
  }

  /** Opens the store of all spaces; call before any space begins. @throws PagerError of the store */
  async open(handle: StoreHandle | PagesHandle): Promise<void> {
    try {
      await this.#open(handle);
    } catch (error) {
      // The end of this thread would close the connection in order, as one that has fetched all pages.
      await this.#pages?.abandon();
      throw error;
    }
  }

  async #open(handle: StoreHandle | PagesHandle): Promise<void> {
    const { u32, exports } = this.#core;
    const { pageSize, limitPages, storePatience } = this.#options;
    const store =
      handle.kind === 'pages'
        ? await this.#openPages(handle, pageSize)
        : await openStoreHandle(this.#wire, handle, this.#native, pageSize, 0, SLOT_LIMIT);
    let pool = -1;
    if (store.pool !== null) {
      const { address, byteLength, compress } = store.pool;
      const slabs = byteLength / (pageSize * SLAB_PAGES);
      pool = exports.openPool(compress ? 1 : 0, slabs, Number(address & LOW_WORD), Number(address >> 32n));
    }
    if (exports.openSpaces(SLOT_LIMIT) === 0)
      throw new PagerError('INTERNAL', 'the core’s memory is too small for spaces');
    if (handle.kind === 'pages' && exports.holdSlots(store.pages) === 0) {
      throw new PagerError('REGION', `the core’s memory has no room for a checkpoint of ${store.pages} pages`);
    }
    const mapped = new Mapped(0, 0n, 0, NO_SOURCE, store, pool);
    mapped.storeQueue = storeQueueOf(store, storePatience, this.#loop.eventsOf(0));
    this.#loop.spaces = mapped;
    if (handle.kind === 'pages' && handle.order !== null) {
      const recording = { slots: handle.order, count: store.pages };
      this.#replay = new Replay(this.#core, this.#loop, recording, (space) => this.#push?.begin(space));
    }
    this.#loop.lanes?.attach(mapped);
    // Frames always keep their memory, so all of them count beside the resident pages.
    if (limitPages !== null) exports.setLimit(limitPages - (u32[FRAME_COUNT_AT >> 2] ?? 0));
    this.#timer = setInterval(() => this.#notifyDead(), DEAD_INTERVAL);
    this.#timer.unref();
  }

  async #openPages(handle: PagesHandle, pageSize: number): Promise<Opened> {
    this.#pages = await openPages(handle, pageSize, {
      say: (line) => this.#native.lastWords(`farpage: ${line}\n`),
      failed: () => {
        this.#failed = true;
        this.#push?.giveUpSoon();
      },
    });
    return this.#pages.opened;
  }

  /** Why pages of the checkpoint could not be read, for good; null: all that were asked for have come. */
  lostPages(): string | null {
    const lost = this.#pages?.lost();
    return lost === undefined ? null : describeError(lost);
  }

  /** No page of the checkpoint is needed any more. @throws (rejects) PagerError if pages were lost, or its page server could not be notified */
  async finishPages(): Promise<void> {
    await this.#pages?.finish();
  }

  firstTouches(): Uint32Array {
    return this.#pages?.touches?.pages ?? new Uint32Array(0);
  }

  #notifyDead(): void {
    for (const space of this.#engine.deadRemotes()) if (this.#isOpen(space)) this.#wire.notify('dead', { space });
    this.#pushForks();
  }

  /** Resolves to the space's number. */
  begin({ userfaultfd, socket, control, window, program, mailbox }: AskOf<Requests['beginSpace']>): number {
    return this.#begin(userfaultfd, (space) => {
      this.#engine.setMailbox(space, mailbox);
      this.#engine.setAgent(space, socket, control, window, program);
    });
  }

  #begin(userfaultfd: number, joined: (space: number) => void = () => {}): number {
    const { spaces } = this.#loop;
    if (spaces === undefined) throw new PagerError('INTERNAL', 'a space begins before the spaces are open');
    // Forks whose event was read but that were not adopted yet have their numbers already.
    this.#loop.run();
    const { kind, fd } = spaces.store;
    const space = this.#core.openSpace({ kind, fd, pool: spaces.pool });
    if (space === 0) throw tooMany();
    try {
      this.#engine.addRemote(space, userfaultfd, true);
      joined(space);
    } catch (error) {
      this.end(space);
      throw nativeError(error, 'the process’s memory cannot be registered with the pager');
    }
    return space;
  }

  /** Resolves to the number of the space of a process whose first content is in the store. */
  seed({ userfaultfd, runs }: SeedRequest): number {
    const { exports } = this.#core;
    const space = this.#begin(userfaultfd);
    this.#seeded.add(space);
    for (let i = 0; i < runs.length; i += SEED_WORDS) {
      const [address = 0, pages = 0, slot = 0] = runs.subarray(i, i + SEED_WORDS);
      const high = Math.floor(address / WORD);
      if (exports.seed(space, address % WORD, high, pages, slot) === pages) continue;
      this.end(space);
      throw new PagerError('REGION', 'the core’s page table has no room for the pages of the process', {
        hint: 'restore it under a pager of its own',
      });
    }
    this.#replay?.seeded(space, runs);
    return space;
  }

  /** Brings in the stored pages of these spaces, and of all forks. */
  push(spaces: readonly number[]): void {
    this.#push ??= new Push(this.#core, this.#loop, (space, left) => this.#wire.notify('drained', { space, left }));
    if (this.#failed) this.#push.giveUpSoon();
    // What a push reads is no touch.
    this.#pages?.touches?.end();
    for (const space of spaces) {
      if (this.#isOpen(space) && this.#replay?.begin(space) !== true) this.#push.begin(space);
    }
  }

  // A fork runs: unlike a process that is being restored, it has all of its memory.
  #pushForks(): void {
    if (this.#push === undefined) return;
    for (let space = 1; space < this.#end; space++) {
      if (this.#seeded.has(space) || !this.#isOpen(space)) continue;
      this.#seeded.add(space);
      this.#push.begin(space);
    }
  }

  /** Ends a space whose pages are all in its process; false if it has a page left. */
  release(space: number): boolean {
    const { exports } = this.#core;
    if (!this.#isOpen(space)) return true;
    this.#loop.run();
    const end = exports.endOf(space);
    if (exports.nextStored(space, 0, end) < end) return false;
    this.end(space);
    return true;
  }

  /** The forked space whose mailbox thread `pid` has touched at its page `ticket`; null: none yet. */
  adopt(ask: AskOf<Requests['adoptSpace']>): ResultOf<Requests['adoptSpace']> {
    const { pid, ticket, socket, control, window, program } = ask;
    this.#loop.run();
    const space = this.#engine.findFork(pid, ticket);
    if (space === REGION_LIMIT) throw tooMany();
    if (space === 0) return null;
    this.#engine.setAgent(space, socket, control, window, program);
    return { space, userfaultfd: this.#engine.duplicateRemote(space) };
  }

  /** The agent has ended: what it touched is read before it is forgotten. */
  forgetKnock({ pid, ticket }: AskOf<Requests['forgetKnock']>): void {
    this.#loop.run();
    this.#engine.forgetKnock(pid, ticket);
  }

  /** The record that passes over a space's pages use; undefined if there is no such space. */
  mappedOf(space: number): Mapped | undefined {
    const { spaces } = this.#loop;
    if (spaces === undefined || !this.#isOpen(space)) return undefined;
    const known = this.#mapped.get(space);
    if (known !== undefined) return known;
    const mapped = new Mapped(space, 0n, 0, spaces.source, spaces.store, spaces.pool);
    this.#mapped.set(space, mapped);
    return mapped;
  }

  #dropPasses(space: number): void {
    const mapped = this.#mapped.get(space);
    this.#mapped.delete(space);
    if (mapped === undefined) return;
    mapped.closing = true;
    for (const pass of mapped.passes) pass.drop(new PagerError('CLOSED', 'the process has ended meanwhile'));
  }

  end(space: number): void {
    if (!this.#isOpen(space)) return;
    this.#dropPasses(space);
    this.#replay?.forget(space);
    this.#push?.forget(space);
    this.#seeded.delete(space);
    this.#engine.removeRemote(space);
    this.#loop.run();
    for (let done = 0; done === 0; ) {
      done = this.#core.exports.closeRegion(space);
      while (this.#core.commanded) {
        this.#engine.execute();
        this.#core.exports.settle();
      }
    }
  }

  async close(): Promise<void> {
    const { spaces } = this.#loop;
    if (spaces === undefined) return;
    spaces.closing = true;
    clearInterval(this.#timer);
    this.#replay?.close();
    this.#push?.close();
    for (let space = 1; space < this.#end; space++) this.end(space);
    // A queue waits for its reads, and those of a lost connection for the next one.
    await this.#pages?.abandon();
    this.#loop.lanes?.detach(spaces);
    await (spaces.storeQueue?.close() ?? spaces.store.close());
    const { pool } = spaces.store;
    if (pool === null) return;
    this.#core.exports.closePool(spaces.pool);
    this.#native.unmapMemory(pool.address, pool.byteLength);
  }

  /** Past the last space that was ever open: a look at the record of another is the first touch of its page. */
  get #end(): number {
    return this.#core.u32[REGION_END_AT >> 2] ?? 0;
  }

  #isOpen(space: number): boolean {
    return this.#word(space, REGION_STATE_AT) === REGION_OPEN && this.#word(space, REGION_SPACE_AT) !== 0;
  }

  #word(space: number, offset: number): number {
    return this.#core.u32[(REGIONS_AT + space * REGION_BYTES + offset) >> 2] ?? 0;
  }
}

function tooMany(): PagerError {
  return new PagerError('REGION', `there is no room for another process: ${REGION_LIMIT - 1} are paged at once`, {
    hint: 'run fewer at once, or start some of them under a pager of their own',
  });
}
