// What the core asks of its host at once, beside memory and abort: memory outside the core memory, the annex (books/annex.ts).
// It holds bytes that the core put there and decides nothing. A place counts units of 256 bytes (ANNEX_UNIT_SHIFT).

/** Copies `bytes` from the core memory at `at` to a place in the annex. 0: the host has no memory for it. */
// @ts-ignore: decorator
@external('env', 'annexWrite')
export declare function annexWrite(at: u32, place: u32, bytes: u32): u32;

/** Copies `bytes` from a place in the annex into the core memory at `at`. */
// @ts-ignore: decorator
@external('env', 'annexRead')
export declare function annexRead(place: u32, at: u32, bytes: u32): void;

/** Returns the memory of a part of the annex to the system: nothing in it is needed any more. */
// @ts-ignore: decorator
@external('env', 'annexVacate')
export declare function annexVacate(place: u32, bytes: u32): void;
