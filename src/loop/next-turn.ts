// Takes a turn in the event loop: at once, so that others have theirs first, or after a pause. One is due at most.

export class NextTurn {
  readonly #turn: () => void;
  #cancel: () => void = () => {};

  constructor(turn: () => void) {
    this.#turn = turn;
  }

  /** Takes the place of the one that is due. @param pause milliseconds; 0: in the next round of the event loop */
  in(pause: number): void {
    this.#cancel();
    if (pause === 0) {
      const soon = setImmediate(this.#turn);
      this.#cancel = () => clearImmediate(soon);
    } else {
      const later = setTimeout(this.#turn, pause);
      this.#cancel = () => clearTimeout(later);
    }
  }

  cancel(): void {
    this.#cancel();
  }
}
