// The kinds of memory over which the conformance tests run.
import { anonymous, type Feature, hugePages, type Memory, sharedMemory } from '../userfaultfd/index.js';

export type KindName = 'anon' | 'shmem' | 'shmem-private' | 'hugetlb' | 'hugetlb-private';

/** A kind of memory that a test runs over. */
export interface Kind {
  readonly name: KindName;
  /** Bytes. */
  readonly pageSize: number;
  readonly shared: boolean;
  readonly huge: boolean;
  /** What a descriptor has to ask for, by the mode of the registration. */
  readonly features: Readonly<Record<'missing' | 'wp' | 'minor', readonly Feature[]>>;
  /** The advice that gives pages back so that zeros are read afterwards. */
  readonly release: 'DONTNEED' | 'REMOVE';
  /** Memory that was never touched. */
  make(pages: number): Memory;
}

const BASE = 4096;
export const HUGE = 2 * 2 ** 20;
const WP: readonly Feature[] = ['PAGEFAULT_FLAG_WP'];
const WP_FILE: readonly Feature[] = ['PAGEFAULT_FLAG_WP', 'WP_HUGETLBFS_SHMEM'];
const SHMEM = { missing: ['MISSING_SHMEM'], wp: WP_FILE, minor: ['MINOR_SHMEM'] } as const;
const HUGETLB = { missing: ['MISSING_HUGETLBFS'], wp: WP_FILE, minor: ['MINOR_HUGETLBFS'] } as const;

export const KINDS: Readonly<Record<KindName, Kind>> = {
  anon: {
    name: 'anon',
    pageSize: BASE,
    shared: false,
    huge: false,
    features: { missing: [], wp: WP, minor: [] },
    release: 'DONTNEED',
    make: (pages) => anonymous(pages * BASE),
  },
  shmem: {
    name: 'shmem',
    pageSize: BASE,
    shared: true,
    huge: false,
    features: SHMEM,
    release: 'REMOVE',
    make: (pages) => sharedMemory(pages * BASE),
  },
  'shmem-private': {
    name: 'shmem-private',
    pageSize: BASE,
    shared: false,
    huge: false,
    features: SHMEM,
    release: 'DONTNEED',
    make: (pages) => sharedMemory(pages * BASE, { private: true }),
  },
  hugetlb: {
    name: 'hugetlb',
    pageSize: HUGE,
    shared: true,
    huge: true,
    features: HUGETLB,
    release: 'REMOVE',
    make: (pages) => hugePages(pages * HUGE, { shared: true }),
  },
  'hugetlb-private': {
    name: 'hugetlb-private',
    pageSize: HUGE,
    shared: false,
    huge: true,
    features: HUGETLB,
    release: 'DONTNEED',
    make: (pages) => hugePages(pages * HUGE, { private: true }),
  },
};

export const ALL: readonly KindName[] = ['anon', 'shmem', 'shmem-private', 'hugetlb', 'hugetlb-private'];
