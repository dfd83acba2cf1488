// Writes the record PLAN, from which the core opens a region. Pages may lie in parts, as in another process's memory: a part
// that does not continue the first part's addresses becomes an extent, and so does each gap.
import { NOWHERE_SHIFT } from '../../assembly/codes.js';
import {
  EXTENT_BYTES,
  EXTENT_COUNT_AT,
  EXTENT_FIRST_AT,
  EXTENT_LIMIT,
  EXTENT_PAGES_AT,
  PLAN_AT,
  REGION_ADDRESS_AT,
  REGION_EXTENTS_AT,
  REGION_FILE_AT,
  REGION_PAGES_AT,
  REGION_POOL_AT,
  REGION_SOURCE_AT,
  REGION_SOURCE_BYTES_AT,
  REGION_SOURCE_FD_AT,
  REGION_SOURCE_PAGES_AT,
  REGION_STORE_AT,
  REGION_STORE_FD_AT,
} from '../../assembly/layout.js';
import { PagerError } from '../errors.js';

/** Adjacent pages of a region, and where they lie. */
export interface PlanPart {
  address: bigint;
  first: number;
  pages: number;
}

export interface StorePlan {
  kind: number;
  fd: number;
  /** The core's number of the pool; -1: not a pool. */
  pool: number;
}

export interface RegionPlan {
  address: bigint;
  pages: number;
  source: { kind: number; fd: number; pages: number; bytes: number };
  store: StorePlan;
  /** Its pages live in a memfile. */
  inFile: boolean;
  /** Sorted by page, without overlap; default: all pages, at `address`. */
  parts?: readonly PlanPart[];
}

interface CoreWords {
  u32: Uint32Array;
  u64: BigUint64Array;
}

const NOWHERE = 1n << BigInt(NOWHERE_SHIFT);

/** @throws PagerError 'PROTOCOL' if there are too many parts */
export function writePlan(words: CoreWords, plan: RegionPlan, pageSize: number): void {
  const { address, pages, source, store, inFile } = plan;
  const extents = plan.parts === undefined ? [] : extentsOf(plan.parts, address, pages, pageSize);
  const { u32, u64 } = words;
  u64[(PLAN_AT + REGION_ADDRESS_AT) >> 3] = address;
  u32[(PLAN_AT + REGION_PAGES_AT) >> 2] = pages;
  u32[(PLAN_AT + REGION_SOURCE_AT) >> 2] = source.kind;
  u32[(PLAN_AT + REGION_SOURCE_FD_AT) >> 2] = source.fd;
  u32[(PLAN_AT + REGION_SOURCE_PAGES_AT) >> 2] = source.pages;
  u64[(PLAN_AT + REGION_SOURCE_BYTES_AT) >> 3] = BigInt(source.bytes);
  u32[(PLAN_AT + REGION_FILE_AT) >> 2] = inFile ? 1 : 0;
  writeStorePlan(words, store);
  for (const [index, extent] of extents.entries()) {
    const at = PLAN_AT + REGION_EXTENTS_AT + index * EXTENT_BYTES;
    u64[at >> 3] = extent.address;
    u32[(at + EXTENT_FIRST_AT) >> 2] = extent.first;
    u32[(at + EXTENT_PAGES_AT) >> 2] = extent.pages;
  }
  u32[(PLAN_AT + EXTENT_COUNT_AT) >> 2] = extents.length;
}

export function writeStorePlan({ u32 }: CoreWords, { kind, fd, pool }: StorePlan): void {
  u32[(PLAN_AT + REGION_STORE_AT) >> 2] = kind;
  u32[(PLAN_AT + REGION_STORE_FD_AT) >> 2] = fd;
  u32[(PLAN_AT + REGION_POOL_AT) >> 2] = Math.max(pool, 0);
}

function extentsOf(parts: readonly PlanPart[], base: bigint, pages: number, pageSize: number): PlanPart[] {
  const extents: PlanPart[] = [];
  let page = 0;
  const gap = (until: number) => {
    // No thread touches pages before the first part: they need no extent.
    if (until > page && page > 0) extents.push({ address: NOWHERE, first: page, pages: until - page });
  };
  for (const part of parts) {
    gap(part.first);
    if (part.address !== base + BigInt(part.first) * BigInt(pageSize)) extents.push(part);
    page = part.first + part.pages;
  }
  gap(pages);
  if (extents.length <= EXTENT_LIMIT) return extents;
  throw new PagerError('PROTOCOL', `the memory lies in ${parts.length} parts that do not follow each other`, {
    hint: `regions that follow each other in memory and in the image are one part: up to ${EXTENT_LIMIT >> 1} are served`,
  });
}
