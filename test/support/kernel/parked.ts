// Futexes on which threads wait that the kernel does not hold: see native/kernel/parking.h.
export interface Parked {
  /** A command has run. */
  ran(op: number, target: number, source: number, length: number): void;
  wakeAll(): void;
}
