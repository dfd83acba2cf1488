// What goes wrong in the fake kernel.
/** What a simulation may make happen at any place; each answers 0 for nothing, or the errno. */
export interface Mischief {
  /** Before a page is filled, moved or poisoned. */
  page(op: number, staging: boolean): number;
  /** Before a file is read or written. */
  file(fd: number, write: boolean, offset: number, length: number): number;
  /** Nanoseconds that pass. */
  time(): number;
  /** Before each command: what other threads do meanwhile. */
  between?(): void;
  /** A victim of a memfile is on its way out: a thread may have met it write-protected. */
  victim?(address: number): void;
  /** The move of such a victim was refused: does the protection stay? */
  protection?(): boolean;
  /** Before pages are protected, or read for a pass. */
  pass?(op: number): number;
}

export const NO_MISCHIEF: Mischief = { page: () => 0, file: () => 0, time: () => 1000 };
