// The queues of a home: nodes that wait for a page's transaction to end, first come first served.
import { HOME_HEAD_AT } from './layout';

// ---- a waiter ------------------------------------------------------------------------------------------------------
const NEXT_AT = 0; // its successor's place, or 0
const NODE_AT = 4;
const WANT_AT = 5;
const REQ_AT = 8;
const HAVE_AT = 16;
const BYTES = 24;

/** In the header of the home: places are counted from here, the first free one, how many are in use. */
const BASE_AT = 24;
const FREE_AT = 28;
const USED_AT = 32;

let node: u32 = 0;
let want: u32 = 0;
let req: u32 = 0;
let have: u64 = 0;

export function prepareWaiters(at: usize, base: usize, count: u32): void {
  store<u32>(at, <u32>(base - at), BASE_AT);
  for (let place: u32 = 1; place <= count; place++)
    store<u32>(waiter(at, place), place < count ? place + 1 : 0, NEXT_AT);
  store<u32>(at, count > 0 ? 1 : 0, FREE_AT);
}

function waiter(at: usize, place: u32): usize {
  return at + load<u32>(at, BASE_AT) + <usize>(place - 1) * BYTES;
}

/** A node has one place in a page's queue: its newest request has it. False: there is no free waiter. */
export function enqueue(at: usize, entry: usize, node: u32, want: u32, req: u32, have: u64): bool {
  let link = entry + HOME_HEAD_AT;
  while (load<u32>(link) != 0) {
    link = waiter(at, load<u32>(link));
    if (load<u8>(link, NODE_AT) == node) {
      // Their numbers begin again at 1 after the last.
      if (<i32>(req - load<u32>(link, REQ_AT)) > 0) write(link, node, want, req, have);
      return true;
    }
  }
  const place = load<u32>(at, FREE_AT);
  if (place == 0) return false;
  const taken = waiter(at, place);
  store<u32>(at, load<u32>(taken, NEXT_AT), FREE_AT);
  store<u32>(taken, 0, NEXT_AT);
  store<u32>(at, load<u32>(at, USED_AT) + 1, USED_AT);
  write(taken, node, want, req, have);
  store<u32>(link, place);
  return true;
}

function write(at: usize, node: u32, want: u32, req: u32, have: u64): void {
  store<u8>(at, node, NODE_AT);
  store<u8>(at, want, WANT_AT);
  store<u32>(at, req, REQ_AT);
  store<u64>(at, have, HAVE_AT);
}

function release(at: usize, link: usize): void {
  const place = load<u32>(link);
  const from = waiter(at, place);
  store<u32>(link, load<u32>(from, NEXT_AT));
  store<u32>(from, load<u32>(at, FREE_AT), NEXT_AT);
  store<u32>(at, place, FREE_AT);
  store<u32>(at, load<u32>(at, USED_AT) - 1, USED_AT);
}

/** How many requests wait, of all pages. */
export function homeWaiting(at: usize): u32 {
  return load<u32>(at, USED_AT);
}

/** Takes the first waiter out; the functions below say who it was. */
export function takeFirst(at: usize, entry: usize): bool {
  const place = load<u32>(entry, HOME_HEAD_AT);
  if (place == 0) return false;
  const first = waiter(at, place);
  node = load<u8>(first, NODE_AT);
  want = load<u8>(first, WANT_AT);
  req = load<u32>(first, REQ_AT);
  have = load<u64>(first, HAVE_AT);
  release(at, entry + HOME_HEAD_AT);
  return true;
}

export function waiterNode(): u32 {
  return node;
}

export function waiterWant(): u32 {
  return want;
}

export function waiterReq(): u32 {
  return req;
}

export function waiterHave(): u64 {
  return have;
}

export function leave(at: usize, entry: usize, node: u32): void {
  let link = entry + HOME_HEAD_AT;
  while (load<u32>(link) != 0) {
    const from = waiter(at, load<u32>(link));
    if (load<u8>(from, NODE_AT) == node) {
      release(at, link);
      return;
    }
    link = from;
  }
}

export function isQueued(at: usize, entry: usize, node: u32): bool {
  for (let place = load<u32>(entry, HOME_HEAD_AT); place != 0; place = load<u32>(waiter(at, place), NEXT_AT)) {
    if (load<u8>(waiter(at, place), NODE_AT) == node) return true;
  }
  return false;
}
