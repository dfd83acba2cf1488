// Counts pins per page: the core has only one bit for each page.
import { LEAF_PAGES, LEAF_SHIFT } from '../../assembly/layout.js';
import type { PageRange } from './requests.js';

/** The pin count of each page of a region. */
export class Pins {
  readonly #byLeaf = new Map<number, Uint32Array>();
  /** Pages with at least one pin. */
  pages = 0;
  /** The sum of all pin counts. */
  total = 0;

  has(page: number): boolean {
    return (this.#byLeaf.get(page >>> LEAF_SHIFT)?.[page & (LEAF_PAGES - 1)] ?? 0) > 0;
  }

  /** Pages of the range that have no pin. */
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

  /** Removes one pin of each pinned page; calls `freed` with the runs of pages that have none left. */
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
