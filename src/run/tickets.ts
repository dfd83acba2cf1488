// Which page of its mailbox a forked child touches while it joins, so that no two children are taken for each other: the kernel
// names the thread that touches by its number in its own PID namespace, and in two namespaces two have the same number.

/** The tickets of the children that are joining: no two of one number have the same. */
export class Tickets {
  readonly #count: number;
  /** By the number that a child has in its PID namespace. */
  readonly #taken = new Map<number, Set<number>>();

  constructor(count: number) {
    this.#count = count;
  }

  /** Null: as many children of this number are joining as there are tickets. Ask again when one of them has joined. */
  take(pid: number): number | null {
    const taken = this.#taken.get(pid) ?? new Set();
    for (let ticket = 0; ticket < this.#count; ticket++) {
      if (taken.has(ticket)) continue;
      this.#taken.set(pid, taken.add(ticket));
      return ticket;
    }
    return null;
  }

  release(pid: number, ticket: number): void {
    const taken = this.#taken.get(pid);
    taken?.delete(ticket);
    if (taken?.size === 0) this.#taken.delete(pid);
  }
}
