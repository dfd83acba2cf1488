// Passes over several regions of a simulated pager at once.
import { MAX_SLOTS, type PassLoop, type SimPass, type Subject } from './pass.js';
import type { Random } from './random.js';

/** Passes over regions of their own, at once. */
export class SimPasses {
  readonly #passes: readonly SimPass[];
  /** Steps that more than one pass was under way in. */
  together = 0;

  /** @param choice says which of them acts; numbers of its own */
  constructor(
    passes: number,
    readonly choice: Random,
    pageSize: number,
    make: (offset: number) => SimPass,
  ) {
    this.#passes = Array.from({ length: passes }, (_, each) => make(each * MAX_SLOTS * pageSize));
  }

  set loop(loop: PassLoop) {
    for (const each of this.#passes) each.loop = loop;
  }

  get compared(): number {
    return this.#passes.reduce((sum, each) => sum + each.compared, 0);
  }

  get chained(): number {
    return this.#passes.reduce((sum, each) => sum + each.chained, 0);
  }

  get failures(): number {
    return this.#passes.reduce((sum, each) => sum + each.failures, 0);
  }

  /** Begins a pass, or advances one; false if there was nothing to do. */
  act(home: Subject): boolean {
    const chosen = this.#passes.length === 1 ? this.#passes[0] : this.choice.pick([...this.#passes]);
    return (this.#of(home.region) ?? chosen)?.act(home) ?? false;
  }

  /** The sinks take all, held regions are let go; false where there is nothing of the kind. */
  finish(): boolean {
    return this.#passes.map((each) => each.finish()).includes(true);
  }

  wasHeld(region: number): boolean {
    return this.#passes.some((each) => each.wasHeld(region));
  }

  stepping(): void {
    if (this.#passes.filter((each) => each.busy).length > 1) this.together++;
    for (const each of this.#passes) each.stepping();
  }

  stepped(): void {
    for (const each of this.#passes) each.stepped();
  }

  isOf(region: number): boolean {
    return this.#passes.some((each) => each.isOf(region));
  }

  drop(region: number): void {
    for (const each of this.#passes) each.drop(region);
  }

  mayWait(region: number, page: number, write: boolean): boolean {
    return this.#passes.some((each) => each.mayWait(region, page, write));
  }

  #of(region: number): SimPass | undefined {
    return this.#passes.find((each) => each.region === region);
  }
}
