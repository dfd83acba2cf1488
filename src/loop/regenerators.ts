// The regenerators of a region: the functions that fill its reclaimed pages.
import { LEAF_PAGES, LEAF_SHIFT } from '../../assembly/layout.js';
import { PagerError } from '../errors.js';
import type { StoreQueue, Ticket } from './store-queue.js';

/** The regenerators of one region. */
export class Regenerators {
  readonly queues: StoreQueue[] = [];
  /** By leaf: the number, plus 1, of the queue that regenerates a page. */
  readonly #byLeaf = new Map<number, Uint16Array>();

  add(queue: StoreQueue): number {
    return this.queues.push(queue);
  }

  /** Pages whose regeneration failed. */
  readonly failed = new Set<number>();

  assign(first: number, end: number, number: number): void {
    for (let page = first; page < end; ) {
      const leaf = page >>> LEAF_SHIFT;
      const stop = Math.min(end, (leaf + 1) * LEAF_PAGES);
      const known = this.#byLeaf.get(leaf) ?? new Uint16Array(LEAF_PAGES);
      known.fill(number, page - leaf * LEAF_PAGES, stop - leaf * LEAF_PAGES);
      this.#byLeaf.set(leaf, known);
      page = stop;
    }
  }

  read(tickets: readonly Ticket[]): void {
    const byQueue = new Map<StoreQueue, Ticket[]>();
    for (const ticket of tickets) {
      const number = this.#byLeaf.get(ticket.page >>> LEAF_SHIFT)?.[ticket.page & (LEAF_PAGES - 1)] ?? 0;
      const queue = this.queues[number - 1];
      if (queue === undefined) throw new PagerError('INTERNAL', `page ${ticket.page} has no regenerator`);
      byQueue.set(queue, [...(byQueue.get(queue) ?? []), ticket]);
    }
    for (const [queue, own] of byQueue) queue.read(own);
  }

  async close(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.close()));
  }
}
