// The slots of a new image: the order in which its pages are written.
import { yieldToLoop } from './hash.js';
import { hasBit } from './layout.js';

/** Pages looked at before faults are served again. */
const PART = 8192;

export class Slots {
  /** By page: 1 + its slot; 0: it has none. */
  readonly #slots: Uint32Array;
  #count = 0;
  /** The page that got a slot last, and whether pages came in ascending order. */
  #last = -1;
  #ascending = true;

  constructor(pages: number) {
    this.#slots = new Uint32Array(pages);
  }

  /** Slots that were given out. A page that is not in the image after all keeps its own, which no reader reads. */
  get count(): number {
    return this.#count;
  }

  /** The page's slot: its own if it has one, else the next one. */
  take(page: number): number {
    const own = this.#slots[page] ?? 0;
    if (own !== 0) return own - 1;
    this.#ascending &&= page > this.#last;
    this.#last = page;
    this.#slots[page] = ++this.#count;
    return this.#count - 1;
  }

  /** Gives pages slots until one is not adjacent to that of the page before. @returns the end of the run */
  takeRun(first: number, end: number): number {
    let slot = this.take(first);
    let page = first + 1;
    while (page < end && this.take(page) === ++slot) page++;
    return page;
  }

  /** The map of these pages, in whichever form is smaller. */
  async mapOf(present: Uint8Array, count: number): Promise<NewMap> {
    const pagesListed = 4 * count < present.byteLength;
    const slotsListed = !this.#ascending || count !== this.#count;
    const pages = new Uint32Array(pagesListed ? count : 0);
    const slots = new Uint32Array(slotsListed ? count : 0);
    let rank = 0;
    for (let byte = 0; rank < count && (pagesListed || slotsListed); byte++) {
      if (byte % (PART / 8) === 0) await yieldToLoop();
      if (present[byte] === 0) continue;
      for (let page = 8 * byte; page < 8 * byte + 8; page++) {
        if (!hasBit(present, page)) continue;
        // Where nothing is listed these write nothing.
        pages[rank] = page;
        slots[rank++] = (this.#slots[page] ?? 0) - 1;
      }
    }
    const parts = [pagesListed ? new Uint8Array(pages.buffer) : present, new Uint8Array(slots.buffer)];
    return { parts: parts.filter(({ length }) => length > 0), pagesListed, slotsListed };
  }
}

/** The map of a new image's index. */
export interface NewMap {
  parts: Uint8Array[];
  pagesListed: boolean;
  slotsListed: boolean;
}
