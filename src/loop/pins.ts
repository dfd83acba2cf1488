// Counts pins per page: the core has only one bit for each page.
import { LEAF_PAGES, LEAF_SHIFT } from '../../assembly/layout.js';
import type { PageRange } from './requests.js';

/** How often each page of a region is kept in memory: the core knows only whether. */
export class Pins {
  readonly #byLeaf = new Map<number, Uint32Array>();
  /** Pages that are kept at least once. */
  pages = 0;
  /** Each page as often as it is kept. */
  total = 0;

  has(page: number): boolean {
    return (this.#byLeaf.get(page >>> LEAF_SHIFT)?.[page & (LEAF_PAGES - 1)] ?? 0) > 0;
  }

  /** Pages of the range that are not kept yet. */
  fresh({ first, end }: PageRange): number {
    let fresh = 0;
    for (let page = first; page < end; page++) if (!this.has(page)) fresh++;
    return fresh;
  }

  add({ first, end }: PageRange): void {
    for (let page = first; page < end; page++) {
      const leaf = page >>> LEAF_SHIFT;
      let counts = this.#byLeaf.get(leaf);
      if (counts === undefined) {
        counts = new Uint32Array(LEAF_PAGES);
        this.#byLeaf.set(leaf, counts);
      }
      const at = page & (LEAF_PAGES - 1);
      const count = counts[at] ?? 0;
      if (count === 0) this.pages++;
      this.total++;
      counts[at] = count + 1;
    }
  }

  /** Takes back one of each page that is kept; `freed` hears of those that are kept no more, as runs. */
  remove({ first, end }: PageRange, freed: (run: PageRange) => void): void {
    let run = first;
    for (let page = first; page < end; page++) {
      const counts = this.#byLeaf.get(page >>> LEAF_SHIFT);
      const at = page & (LEAF_PAGES - 1);
      const count = counts?.[at] ?? 0;
      if (counts !== undefined && count > 0) {
        counts[at] = count - 1;
        this.total--;
      }
      if (count === 1) {
        this.pages--;
        continue;
      }
      if (run < page) freed({ first: run, end: page });
      run = page + 1;
    }
    if (run < end) freed({ first: run, end });
    if (this.pages === 0) this.#byLeaf.clear();
  }
}
