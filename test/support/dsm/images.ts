// Nodes that write by rules which a torn image of their region breaks, and what an image of it says.
import { createPager, snapshotStore } from '../../../src/index.js';
import type { NodeProcess } from './nodes.js';

const PAGE = 4096;
const PAGE_INTS = 1024;
/** Of a region of so many pages: a node's first word is near the begin, its second near the end, its word of the ring in the middle. */
const FIRST = 1;
const FILLER = 64;
const FILLED = 7;

export class Writers {
  readonly nodes: readonly NodeProcess[];
  readonly pages: number;
  readonly #filler: number;

  /** @param filler pages that all nodes leave as they are, so that copies take a while */
  constructor(nodes: readonly NodeProcess[], pages: number, filler: number) {
    this.nodes = nodes;
    this.pages = pages;
    this.#filler = filler;
  }

  async start(): Promise<void> {
    await this.nodes[0]?.ask({ do: 'write', page: FILLER, pages: this.#filler, value: FILLED });
    for (const [role, node] of this.nodes.entries()) {
      const [x, y] = [this.#first(role), this.#second(role)];
      const next = (role + 1) % this.nodes.length;
      const reads = [this.#first(next), this.#second(next)];
      await node.ask({ do: 'keep', role, nodes: this.nodes.length, x, y, seed: this.#ring(0), reads });
    }
  }

  /** Resolves to how many rounds each has done. */
  async stop(): Promise<number[]> {
    return Promise.all(this.nodes.map((node) => node.ask<number>({ do: 'rest' })));
  }

  /** What contradicts that the image is of one instant. */
  async contradictions(path: string): Promise<string[]> {
    const words = await wordsOf(path, this.pages);
    const word = (at: number) => words[at] ?? 0;
    const wrong: string[] = [];
    const ring = this.nodes.map((_, role) => word(this.#ring(role)));
    for (const role of this.nodes.keys()) {
      const [x, y] = [word(this.#first(role)), word(this.#second(role))];
      if (x - y !== 0 && x - y !== 1) wrong.push(`node ${role}: ${x} before ${y}`);
      const before = ring[role - 1];
      if (before !== undefined && (ring[role] ?? 0) > before) wrong.push(`ring: ${ring}`);
    }
    if ((ring[0] ?? 0) > (ring.at(-1) ?? 0) + 1) wrong.push(`ring: ${ring}`);
    for (let page = FILLER; page < FILLER + this.#filler; page++)
      for (let at = page * PAGE_INTS; at < (page + 1) * PAGE_INTS; at++)
        if (word(at) !== FILLED) wrong.push(`page ${page}: ${word(at)}`);
    return wrong;
  }

  /** How far node 0 had come. */
  async progress(path: string): Promise<number> {
    return (await wordsOf(path, this.pages))[this.#first(0)] ?? 0;
  }

  #first(role: number): number {
    return (FIRST + role) * PAGE_INTS;
  }

  #second(role: number): number {
    return (this.pages - 1 - role) * PAGE_INTS;
  }

  #ring(role: number): number {
    return (this.pages / 2 + role) * PAGE_INTS;
  }
}

/** The words of an image, read as a user reads it. */
export async function wordsOf(path: string, pages: number): Promise<Int32Array> {
  const pager = await createPager();
  try {
    const region = await pager.map({ byteLength: pages * PAGE, source: snapshotStore(path) });
    await region.load(0, region.byteLength);
    return new Int32Array(region.buffer).slice();
  } finally {
    await pager.close();
  }
}
