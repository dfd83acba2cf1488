// Where the pages of a chain are: one table for all of its images, so that finding a page takes the same time in every chain.
import { native } from '../native/native.js';
import { type ImageHeader, imageError, placesOf } from './layout.js';

// As in native/engine/places.cc.
const BY_PAGE = 0;
const BY_RANK = 1;
const BY_LIST = 2;
const WRONG_PAGES = -1;
const WRONG_SLOTS = -2;

export class PageIndex {
  /** By page: 1 + the number of the image that has it, the newest being 0; 0: no image has it. */
  readonly #holders: Uint16Array;
  /** By page: its block in that image. */
  readonly #blocks: Uint32Array;

  constructor(pages: number) {
    this.#holders = new Uint16Array(pages);
    this.#blocks = new Uint32Array(pages);
  }

  /**
   * Adds the pages that only this image has: add the newest first.
   * @param map the map of its index
   * @returns all pages that it has itself
   * @throws PagerError 'PROTOCOL' if the map makes no sense
   */
  add(image: number, header: ImageHeader, map: Buffer, name: string): number {
    const { pagesEnd, digestsAt } = placesOf(header);
    const slots = map.subarray(pagesEnd, digestsAt);
    const own = native().placePages(
      map.subarray(0, pagesEnd),
      header.map?.pagesListed ?? false,
      header.map === null ? BY_PAGE : header.map.slotsListed ? BY_LIST : BY_RANK,
      slots,
      header.map?.slots ?? 0,
      image + 1,
      bytesOf(this.#holders),
      bytesOf(this.#blocks),
    );
    if (own === WRONG_PAGES) throw imageError(name, 'its index names pages that it has not, or out of order');
    if (own === WRONG_SLOTS) throw imageError(name, 'its index names slots that it has not, or one twice');
    if (header.map !== null && own !== header.map.present) {
      throw imageError(name, `its index names ${own} pages, not ${header.map.present}`);
    }
    return own;
  }

  /** The number of the image that has the page; -1: none. */
  holderOf(page: number): number {
    return (this.#holders[page] ?? 0) - 1;
  }

  blockOf(page: number): number {
    return this.#blocks[page] ?? 0;
  }

  /** Whether one read gets this page and the one after it. */
  isJoined(page: number): boolean {
    return this.#holders[page] === this.#holders[page + 1] && (this.#blocks[page] ?? 0) + 1 === this.#blocks[page + 1];
  }
}

function bytesOf({ buffer }: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer);
}
