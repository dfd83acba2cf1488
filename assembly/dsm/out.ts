// What a machine asks of its host: operations, carried out in their order. A message that follows an operation on the page
// table leaves only when that operation is done: this is rule R3.
import { check } from '../check';
import {
  DO_BYTES,
  DO_FLAGS_AT,
  DO_HOLD,
  DO_KIND_AT,
  DO_LIMIT,
  DO_MESSAGE_AT,
  DO_NODE_AT,
  DO_PAGE_AT,
  DO_REQ_AT,
  DO_SEND,
  DO_TIME_AT,
  DO_TXN_AT,
  DO_VERSION_AT,
} from './layout';

/** A version that no page gets. An OWN that names it as the node's own asks for the page without its bytes. */
export const NEEDS_NO_BYTES: u64 = u64.MAX_VALUE;

const RING: usize = memory.data(DO_LIMIT * DO_BYTES, 8);
let filled: u32 = 0;

/** Where operations are. */
export function operationsAt(): usize {
  return RING;
}

/** How many there are that have not been taken. */
export function operationCount(): u32 {
  return filled;
}

/** How many there are since the last call. */
export function takeOperations(): u32 {
  const count = filled;
  filled = 0;
  return count;
}

function next(kind: u32, page: u32): usize {
  check(filled < <u32>DO_LIMIT, 'the host takes the operations after each call');
  const at = RING + filled++ * DO_BYTES;
  memory.fill(at, 0, DO_BYTES);
  store<u8>(at, kind, DO_KIND_AT);
  store<u32>(at, page, DO_PAGE_AT);
  return at;
}

export function operation(kind: u32, page: u32): void {
  next(kind, page);
}

export function record(kind: u32, page: u32, node: u32, version: u64): void {
  const at = next(kind, page);
  store<u8>(at, node, DO_NODE_AT);
  store<u64>(at, version, DO_VERSION_AT);
}

export function holdUntil(page: u32, time: f64): void {
  store<f64>(next(DO_HOLD, page), time, DO_TIME_AT);
}

export function send(message: u32, node: u32, page: u32, txn: u32, req: u32, version: u64, flags: u32): void {
  const at = next(DO_SEND, page);
  store<u8>(at, message, DO_MESSAGE_AT);
  store<u8>(at, node, DO_NODE_AT);
  store<u8>(at, flags, DO_FLAGS_AT);
  store<u32>(at, txn, DO_TXN_AT);
  store<u32>(at, req, DO_REQ_AT);
  store<u64>(at, version, DO_VERSION_AT);
}
