// Who makes a reclaimed page of a region anew.
import { LEAF_PAGES, LEAF_SHIFT } from '../../assembly/layout.js';
import { PagerError } from '../errors.js';
import type { Lane, Ticket } from './store-queue.js';

/** The regenerators of one region. */
export class Regenerators {
  readonly lanes: Lane[] = [];
  /** By leaf: which lane, plus 1, makes a page anew. */
  readonly #byLeaf = new Map<number, Uint16Array>();

  add(lane: Lane): number {
    return this.lanes.push(lane);
  }

  /** Pages that were asked for in vain. */
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
    const byLane = new Map<Lane, Ticket[]>();
    for (const ticket of tickets) {
      const number = this.#byLeaf.get(ticket.page >>> LEAF_SHIFT)?.[ticket.page & (LEAF_PAGES - 1)] ?? 0;
      const lane = this.lanes[number - 1];
      if (lane === undefined) throw new PagerError('INTERNAL', `page ${ticket.page} has no regenerator`);
      byLane.set(lane, [...(byLane.get(lane) ?? []), ticket]);
    }
    for (const [lane, own] of byLane) lane.read(own);
  }

  async close(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.close()));
  }
}
