// The numbers of a world that are not in its machines' memory: what is mapped where with which bytes, what the store has, who is up.
import {
  CELL_COUNT,
  CELLS,
  type Flight,
  NODE_CELL_COUNT,
  NODE_CELLS,
  NOTHING,
  PAGE_CELL_COUNT,
  PAGE_CELLS,
  STORED,
} from './flights.js';

export class Cells {
  readonly nodes: number;
  readonly pages: number;
  cells: Int32Array;
  flights: Flight[] = [];

  constructor(nodes: number, pages: number) {
    this.nodes = nodes;
    this.pages = pages;
    // The last two: whose cut there is, and whether the home recovers.
    this.cells = new Int32Array(nodes * pages * CELL_COUNT + pages * PAGE_CELL_COUNT + nodes * NODE_CELL_COUNT + 2);
    for (let page = 0; page < pages; page++) {
      for (let node = 0; node < nodes; node++) this.set(node, page, 'saved', NOTHING);
      for (const cell of ['hand', 'instant', 'image'] as const) this.setPage(page, cell, NOTHING);
    }
  }

  /** The home has ended, and the next one does not know yet who has what. */
  get recovers(): boolean {
    return this.cells[this.cells.length - 1] !== 0;
  }

  protected set recovers(is: boolean) {
    this.cells[this.cells.length - 1] = Number(is);
  }

  /** The node that takes a cut, and 1; 0: nobody does. */
  protected get nodeOfCut(): number {
    return this.cells[this.cells.length - 2] ?? 0;
  }

  protected set nodeOfCut(node: number) {
    this.cells[this.cells.length - 2] = node;
  }

  lose(index: number): void {
    this.flights = this.flights.filter((_, other) => other !== index);
  }

  isMessage({ message }: Flight): boolean {
    return message < STORED;
  }

  isUp(node: number): boolean {
    return this.nodeCell(node, 'gone') === 0;
  }

  isExpired(node: number): boolean {
    return this.nodeCell(node, 'expired') !== 0;
  }

  isFrozen(node: number): boolean {
    return this.nodeCell(node, 'frozen') !== 0;
  }

  protected demand(holds: boolean, what: string): void {
    if (!holds) throw new Error(`does not hold: ${what}`);
  }

  protected eachPage(each: (page: number) => void): void {
    for (let page = 0; page < this.pages; page++) each(page);
  }

  protected get(node: number, page: number, cell: keyof typeof CELLS): number {
    return this.cells[(node * this.pages + page) * CELL_COUNT + CELLS[cell]] ?? 0;
  }

  protected set(node: number, page: number, cell: keyof typeof CELLS, value: number): void {
    this.cells[(node * this.pages + page) * CELL_COUNT + CELLS[cell]] = value;
  }

  protected page(page: number, cell: keyof typeof PAGE_CELLS): number {
    return this.cells[this.nodes * this.pages * CELL_COUNT + page * PAGE_CELL_COUNT + PAGE_CELLS[cell]] ?? 0;
  }

  protected setPage(page: number, cell: keyof typeof PAGE_CELLS, value: number): void {
    this.cells[this.nodes * this.pages * CELL_COUNT + page * PAGE_CELL_COUNT + PAGE_CELLS[cell]] = value;
  }

  protected nodeCell(node: number, cell: keyof typeof NODE_CELLS): number {
    return this.cells[this.#nodeCells(node) + NODE_CELLS[cell]] ?? 0;
  }

  protected setNode(node: number, cell: keyof typeof NODE_CELLS, value: number): void {
    this.cells[this.#nodeCells(node) + NODE_CELLS[cell]] = value;
  }

  #nodeCells(node: number): number {
    return this.nodes * this.pages * CELL_COUNT + this.pages * PAGE_CELL_COUNT + node * NODE_CELL_COUNT;
  }
}
