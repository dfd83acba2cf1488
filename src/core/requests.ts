// What the core asks of the loop: the records of the request ring, read.
import {
  REQUEST_BYTES,
  REQUEST_CAUSE_AT,
  REQUEST_COUNT_AT,
  REQUEST_ERRNO_AT,
  REQUEST_FRAME_AT,
  REQUEST_GENERATION_AT,
  REQUEST_KIND_AT,
  REQUEST_MASK,
  REQUEST_PAGE_AT,
  REQUEST_REGION_AT,
  REQUESTS_AT,
} from '../../assembly/layout.js';
import type { Words } from './core.js';

export interface CoreRequest {
  /** REQUEST_… of the layout. */
  kind: number;
  region: number;
  page: number;
  frame: number;
  /** Of the frame, where a store is asked. */
  generation: number;
  /** Of REQUEST_SAVED and REQUEST_RECLAIMED: pages. */
  count: number;
  /** Of REQUEST_FAIL. */
  cause: number;
  errno: number;
}

/** The request with this number; numbers only grow, mod 2^32. */
export function requestAt(u32: Words<number>, number: number): CoreRequest {
  const at = REQUESTS_AT + (number & REQUEST_MASK) * REQUEST_BYTES;
  const word = (offset: number) => u32[(at + offset) >> 2] ?? 0;
  return {
    kind: word(REQUEST_KIND_AT),
    region: word(REQUEST_REGION_AT),
    page: word(REQUEST_PAGE_AT),
    frame: word(REQUEST_FRAME_AT),
    generation: word(REQUEST_GENERATION_AT),
    count: word(REQUEST_COUNT_AT),
    cause: word(REQUEST_CAUSE_AT),
    errno: word(REQUEST_ERRNO_AT),
  };
}
