/** Bits of uffdio_api.features, from bit 0 on (userfaultfd(2), ioctl_userfaultfd(2)). */
export const FEATURES = [
  'PAGEFAULT_FLAG_WP',
  'EVENT_FORK',
  'EVENT_REMAP',
  'EVENT_REMOVE',
  'MISSING_HUGETLBFS',
  'MISSING_SHMEM',
  'EVENT_UNMAP',
  'SIGBUS',
  'THREAD_ID',
  'MINOR_HUGETLBFS',
  'MINOR_SHMEM',
  'EXACT_ADDRESS',
  'WP_HUGETLBFS_SHMEM',
  'WP_UNPOPULATED',
  'POISON',
  'WP_ASYNC',
  'MOVE',
] as const;

export type Feature = (typeof FEATURES)[number];

/** Calls by their number, which is also their bit in a mask of calls. */
const IOCTLS = [
  [0, 'REGISTER'],
  [1, 'UNREGISTER'],
  [2, 'WAKE'],
  [3, 'COPY'],
  [4, 'ZEROPAGE'],
  [5, 'MOVE'],
  [6, 'WRITEPROTECT'],
  [7, 'CONTINUE'],
  [8, 'POISON'],
  [0x3f, 'API'],
] as const;

/** The bit of UFFDIO_CONTINUE. */
const CONTINUE = 1n << 7n;

export type Ioctl = (typeof IOCTLS)[number][1];

export function featuresIn(mask: bigint): Feature[] {
  return FEATURES.filter((_, bit) => ((mask >> BigInt(bit)) & 1n) === 1n);
}

/** undefined: one of them is not a feature. */
export function featureMask(features: readonly Feature[]): bigint | undefined {
  let mask = 0n;
  for (const feature of features) {
    const bit = FEATURES.indexOf(feature);
    if (bit < 0) return undefined;
    mask |= 1n << BigInt(bit);
  }
  // As the kernel does: distinguishes written pages from pages that were never touched.
  return features.includes('WP_ASYNC') ? mask | (1n << BigInt(FEATURES.indexOf('WP_UNPOPULATED'))) : mask;
}

export function ioctlsIn(mask: bigint): Ioctl[] {
  return IOCTLS.filter(([bit]) => ((mask >> BigInt(bit)) & 1n) === 1n).map(([, name]) => name);
}

/** The calls of a kernel with these features, of which a range of anonymous memory offers `mask`: nothing is continued there. */
export function offeredIoctls(mask: bigint, features: readonly Feature[]): Ioctl[] {
  const minor = features.includes('MINOR_SHMEM') || features.includes('MINOR_HUGETLBFS');
  return ioctlsIn(minor ? mask | CONTINUE : mask);
}
