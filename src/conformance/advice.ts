/** Advice that a target gives by madvise(2), by <sys/mman.h>. */
export const ADVICE = { DONTNEED: 4, REMOVE: 9, PAGEOUT: 21, COLLAPSE: 25 } as const;
