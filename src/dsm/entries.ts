// What a node's machine knows of each page.
import {
  NODE_DUE_AT,
  NODE_HAND_OFFS_AT,
  NODE_MI,
  NODE_STATE_AT,
  NODE_VERSION_AT,
  NODE_WANT_AT,
  NODE_ZEROS_AT,
  WANT_DISCARD,
} from '../../assembly/dsm/layout.js';
import type { DsmCore } from './machine.js';

export class Entries {
  readonly #core: DsmCore;
  /** Where the machine lies. */
  at = 0;

  constructor(core: DsmCore) {
    this.#core = core;
  }

  state(page: number): number {
    return this.#core.view().getUint8(this.#entry(page) + NODE_STATE_AT);
  }

  /** In ascending order. */
  pagesIn(states: ReadonlySet<number>, pages: number): number[] {
    const found: number[] = [];
    for (let page = 0; page < pages; page++) if (states.has(this.state(page))) found.push(page);
    return found;
  }

  /** An answer waits for Δ. */
  isDue(page: number): boolean {
    return this.#core.view().getUint8(this.#entry(page) + NODE_DUE_AT) !== 0;
  }

  /** The page is to be discarded, or the home does not know yet that it is. */
  isDiscarding(page: number): boolean {
    const view = this.#core.view();
    const entry = this.#entry(page);
    if (view.getUint8(entry + NODE_WANT_AT) === WANT_DISCARD) return true;
    return view.getUint8(entry + NODE_STATE_AT) === NODE_MI && view.getUint8(entry + NODE_ZEROS_AT) !== 0;
  }

  handOffs(page: number): number {
    return this.#core.view().getUint32(this.#entry(page) + NODE_HAND_OFFS_AT, true);
  }

  version(page: number): bigint {
    return this.#core.view().getBigUint64(this.#entry(page) + NODE_VERSION_AT, true);
  }

  #entry(page: number): number {
    return this.#core.exports.nodeEntry(this.at, page);
  }
}
