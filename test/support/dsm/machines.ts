// The machines of a world, a home and its nodes in one memory of dsm.wasm, and what can be read of them.
import * as dsm from '../../../assembly/dsm/layout.js';
import { DsmCore } from '../../../src/dsm/machine.js';
import { Cells } from './cells.js';
import { nameOf, stateName } from './flights.js';

export interface WorldOptions {
  nodes: number;
  pages: number;
  rollBack?: boolean;
  /** What is broken on purpose: BREAK_ of assembly/dsm/layout.ts. */
  breaks?: number;
  /** Δ; the time is 0 when messages arrive and 1000 when a held answer is due, so any Δ over 0 holds every answer. */
  hold?: number;
  /** Pages are put by themselves after Δ. */
  through?: boolean;
}

export class Machines extends Cells {
  readonly core = new DsmCore();
  readonly options: WorldOptions;
  protected readonly home: number;
  readonly #node: number[] = [];
  readonly #to: number;

  constructor(options: WorldOptions) {
    const { nodes, pages, rollBack = false, breaks = 0, hold = 0, through = false } = options;
    super(nodes, pages);
    this.options = options;
    const { exports } = this.core;
    const homeBytes = exports.homeBytes(pages, nodes * pages);
    const nodeBytes = exports.nodeBytes(pages);
    this.home = this.core.reserve(homeBytes + nodes * nodeBytes);
    this.#to = this.home + homeBytes + nodes * nodeBytes;
    exports.homeBegin(this.home, pages, nodes * pages, Number(rollBack), breaks);
    for (let node = 0; node < nodes; node++) {
      this.#node.push(this.home + homeBytes + node * nodeBytes);
      exports.nodeBegin(this.at(node), pages, hold, Number(through));
      exports.homeJoin(this.home, node);
    }
  }

  /** All that a step may change in the machines. */
  memory(): Uint8Array {
    return new Uint8Array(this.core.view().buffer, this.home, this.#to - this.home);
  }

  state(node: number, page: number): number {
    return this.u8(node, page, dsm.NODE_STATE_AT);
  }

  describe(): string {
    const lines = [];
    for (let node = 0; node < this.nodes; node++) {
      const states = Array.from({ length: this.pages }, (_, page) => {
        const state = this.state(node, page);
        return `${stateName(state)} v${this.version(node, page)}=${this.get(node, page, 'content')}`;
      });
      lines.push(`node ${node}${this.isUp(node) ? '' : ' (gone)'}: ${states.join(' | ')}`);
    }
    lines.push(`in flight: ${this.flights.map((flight) => nameOf(flight)).join(', ')}`);
    return lines.join('\n');
  }

  protected at(node: number): number {
    return this.#node[node] ?? 0;
  }

  protected u8(node: number, page: number, field: number): number {
    return this.core.view().getUint8(this.core.exports.nodeEntry(this.at(node), page) + field);
  }

  protected version(node: number, page: number): number {
    const entry = this.core.exports.nodeEntry(this.at(node), page);
    return Number(this.core.view().getBigUint64(entry + dsm.NODE_VERSION_AT, true));
  }

  /** Whether the node is the owner at the home, or among the sharers. */
  protected mayHave(node: number, page: number): boolean {
    const view = this.core.view();
    const entry = this.core.exports.homeEntry(this.home, page);
    const owns = view.getUint8(entry + dsm.HOME_OWNER_AT) === node;
    return owns || ((view.getBigUint64(entry + dsm.HOME_SHARERS_AT, true) >> BigInt(node)) & 1n) === 1n;
  }
}
