// The core memory as rooms other than src/core see it: words to read.

/** Words of the core memory; only src/core writes them. */
export interface Words<T extends number | bigint> {
  readonly [index: number]: T;
}
