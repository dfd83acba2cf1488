// A cut's walk over all pages, and grants that waited for it. Rules: cut.ts.
import {
  CUT_AHEAD,
  CUT_AWAITED,
  CUT_COPYING,
  CUT_ENDING,
  CUT_GATHERING,
  CUT_NONE,
  DO_INSTANT,
  FLAG_HELD,
  HOME_CUT_AT,
  HOME_M,
  HOME_REQUESTER_AT,
  HOME_STATE_AT,
  MESSAGE_INSTANT,
  NO_NODE,
  PHASE_HELD,
  PHASE_IDLE,
} from './layout';
import { CUT_LEFT_AT, CUT_NEXT_AT, CUT_NODE_AT, CUT_REQ_AT, cutPhase, enter, recall, sendCopy, settle } from './cut';
import { homeEntry, PAGES_AT } from './directory';
import { finish, invalidate, ready } from './home';
import { operation, operationCount, send } from './out';
import { inHand, phaseOf } from './transaction';

/**
 * The walk visits the next pages. Call it when every operation is done.
 * @param window most pages whose bytes are on their way at once
 * @return true: call it again now
 */
export function homeCutStep(at: usize, window: u32): bool {
  const phase = cutPhase(at);
  if (phase == CUT_NONE) return false;
  const pages = load<u32>(at, PAGES_AT);
  const waits = phase == CUT_AHEAD || phase == CUT_GATHERING;
  let page = load<u32>(at, CUT_NEXT_AT);
  while (page < pages && operationCount() == 0 && !(waits && load<u32>(at, CUT_LEFT_AT) >= window)) {
    visit(at, homeEntry(at, page), page, phase);
    page++;
  }
  store<u32>(at, page, CUT_NEXT_AT);
  if (operationCount() > 0) return true;
  if (page < pages || phase == CUT_COPYING) return false;
  if (phase == CUT_ENDING) {
    enter(at, CUT_NONE);
    return false;
  }
  if (load<u32>(at, CUT_LEFT_AT) > 0) return false;
  if (phase == CUT_AHEAD) {
    enter(at, CUT_GATHERING);
    return true;
  }
  enter(at, CUT_COPYING);
  operation(DO_INSTANT, 0);
  send(MESSAGE_INSTANT, load<u32>(at, CUT_NODE_AT), 0, 0, load<u32>(at, CUT_REQ_AT), 0, 0);
  return true;
}

function visit(at: usize, entry: usize, page: u32, phase: u32): void {
  if (phase == CUT_COPYING || phase == CUT_ENDING) {
    if (phase == CUT_ENDING) store<u8>(entry, 0, HOME_CUT_AT);
    if (phaseOf(entry) == PHASE_HELD) resume(at, entry, page);
    return;
  }
  const state = load<u8>(entry, HOME_STATE_AT);
  if (state == HOME_M) {
    if (load<u8>(entry, HOME_CUT_AT) == CUT_AWAITED) return;
    store<u8>(entry, CUT_AWAITED, HOME_CUT_AT);
    store<u32>(at, load<u32>(at, CUT_LEFT_AT) + 1, CUT_LEFT_AT);
    if (phaseOf(entry) == PHASE_IDLE) recall(entry, page);
  } else if (phase == CUT_GATHERING) {
    settle(at, entry, page);
  }
}

/** A request that waited for the cut continues. */
function resume(at: usize, entry: usize, page: u32): void {
  if (load<u8>(entry, HOME_REQUESTER_AT) == NO_NODE) finish(at, entry, page);
  else invalidate(at, entry, page);
}

/** After DO_ROOM: the node has room for the page's bytes. */
export function homeCopy(at: usize, page: u32): void {
  const entry = homeEntry(at, page);
  if (phaseOf(entry) != PHASE_HELD || !inHand(entry)) return;
  sendCopy(at, entry, page, FLAG_HELD);
  ready(at, entry, page);
}
