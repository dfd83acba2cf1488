// What the core asks of the loop: the request ring. Nobody else reads its words.
import { LOAD_ALONE } from '../../assembly/codes.js';
import {
  REQUEST_BYTES,
  REQUEST_CAUSE_AT,
  REQUEST_COUNT_AT,
  REQUEST_DISCARD,
  REQUEST_ERRNO_AT,
  REQUEST_FAIL,
  REQUEST_FRAME_AT,
  REQUEST_GENERATION_AT,
  REQUEST_HEAD_AT,
  REQUEST_KIND_AT,
  REQUEST_MASK,
  REQUEST_PAGE_AT,
  REQUEST_READ_SOURCE,
  REQUEST_READ_STORE,
  REQUEST_RECLAIMED,
  REQUEST_REGENERATE,
  REQUEST_REGION_AT,
  REQUEST_SAVED,
  REQUEST_TAIL_AT,
  REQUEST_WRITE,
  REQUESTS_AT,
} from '../../assembly/layout.js';
import { PagerError } from '../errors.js';
import type { Words } from './words.js';

/** A page cannot be read, or not be brought in. */
export interface FailRequest {
  kind: typeof REQUEST_FAIL;
  region: number;
  /** NO_PAGE: a whole space is given up. */
  page: number;
  /** CAUSE_… of the layout. */
  cause: number;
  errno: number;
  /** The page's bytes are kept: only the load that asked for it fails. */
  loadAlone: boolean;
}

/** Pages that had been reclaimed are zeros now. */
export interface ReclaimedRequest {
  kind: typeof REQUEST_RECLAIMED;
  region: number;
  page: number;
  count: number;
}

/** Pages of a pass, for its sink. */
export interface SavedRequest {
  kind: typeof REQUEST_SAVED;
  region: number;
  page: number;
  /** The first of the buffer's cells that hold them; null: they are zeros. */
  cell: number | null;
  count: number;
}

/** A page to be read from a store or a source, regenerated, written or discarded. */
export interface StoreRequest {
  kind: (typeof STORE_REQUESTS)[number];
  region: number;
  page: number;
  frame: number;
  generation: number;
}

export type CoreRequest = FailRequest | ReclaimedRequest | SavedRequest | StoreRequest;

const STORE_REQUESTS = [
  REQUEST_READ_SOURCE,
  REQUEST_READ_STORE,
  REQUEST_REGENERATE,
  REQUEST_WRITE,
  REQUEST_DISCARD,
] as const;
const NO_CELL = 0xffffffff;

/** Whether the loop has requests to take. */
export function hasRequests(u32: Words<number>): boolean {
  return u32[REQUEST_HEAD_AT >> 2] !== u32[REQUEST_TAIL_AT >> 2];
}

/** The number of the next request that the loop takes; numbers only grow, mod 2^32. */
export function firstRequest(u32: Words<number>): number {
  return u32[REQUEST_TAIL_AT >> 2] ?? 0;
}

/** The number that the core gives to its next request. */
export function nextRequest(u32: Words<number>): number {
  return u32[REQUEST_HEAD_AT >> 2] ?? 0;
}

export const REQUEST_WORDS = REQUEST_BYTES >> 2;

/** The index of a request's first word in the core memory. */
export function requestWord(number: number): number {
  return (REQUESTS_AT >> 2) + (number & REQUEST_MASK) * REQUEST_WORDS;
}

/** The request with this number. */
export function requestAt(u32: Words<number>, number: number): CoreRequest {
  const first = requestWord(number);
  const word = (offset: number) => u32[first + (offset >> 2)] ?? 0;
  const kind = word(REQUEST_KIND_AT);
  const region = word(REQUEST_REGION_AT);
  const page = word(REQUEST_PAGE_AT);
  const frame = word(REQUEST_FRAME_AT);
  const count = word(REQUEST_COUNT_AT);
  if (kind === REQUEST_FAIL) {
    const [cause, errno] = [word(REQUEST_CAUSE_AT), word(REQUEST_ERRNO_AT)];
    return { kind, region, page, cause, errno, loadAlone: frame === LOAD_ALONE };
  }
  if (kind === REQUEST_RECLAIMED) return { kind, region, page, count };
  if (kind === REQUEST_SAVED) return { kind, region, page, cell: frame === NO_CELL ? null : frame, count };
  const store = STORE_REQUESTS.find((each) => each === kind);
  if (store === undefined) throw new PagerError('INTERNAL', `the core asks for what does not exist (request ${kind})`);
  return { kind: store, region, page, frame, generation: word(REQUEST_GENERATION_AT) };
}
