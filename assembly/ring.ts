// The command and request rings. Counters only grow, a record's place is its counter modulo the ring's size:
//
//   settled ≤ done ≤ head        commands: the core issues at head, native runs up to head and moves done, the core
//                                takes the completions from the same records and moves settled
//   tail ≤ head                  requests: the core issues at head, the loop takes at tail
import { check } from './check';
import {
  COMMAND_BYTES,
  COMMAND_COUNT_AT,
  COMMAND_DONE_AT,
  COMMAND_FD_AT,
  COMMAND_FLAGS_AT,
  COMMAND_FRAME_AT,
  COMMAND_HEAD_AT,
  COMMAND_LENGTH_AT,
  COMMAND_LIMIT,
  COMMAND_MASK,
  COMMAND_OP_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_PAGE_AT,
  COMMAND_PURPOSE_AT,
  COMMAND_REGION_AT,
  COMMAND_SETTLED_AT,
  COMMAND_SOURCE_AT,
  COMMAND_TARGET_AT,
  COMMANDS_AT,
  REQUEST_BYTES,
  REQUEST_CAUSE_AT,
  REQUEST_ERRNO_AT,
  REQUEST_FRAME_AT,
  REQUEST_COUNT_AT,
  REQUEST_GENERATION_AT,
  REQUEST_HEAD_AT,
  REQUEST_KIND_AT,
  REQUEST_LIMIT,
  REQUEST_MASK,
  REQUEST_PAGE_AT,
  REQUEST_REGION_AT,
  REQUEST_TAIL_AT,
  REQUESTS_AT,
} from './layout';

/** Commands that can still be issued before native must run some. */
// @ts-ignore: decorator
@inline
export function commandRoom(): u32 {
  return COMMAND_LIMIT - (load<u32>(COMMAND_HEAD_AT) - load<u32>(COMMAND_SETTLED_AT));
}

/** Issues a command and returns its record; what a command does not use stays 0. */
export function command(
  op: u32,
  flags: u32,
  purpose: u32,
  region: u32,
  page: u32,
  count: u32,
  frame: u32,
  target: u64,
  source: u64,
  length: u64,
): usize {
  check(commandRoom() > 0, 'the command ring has room');
  const head = load<u32>(COMMAND_HEAD_AT);
  const at: usize = COMMANDS_AT + (head & COMMAND_MASK) * COMMAND_BYTES;
  store<u8>(at, op, COMMAND_OP_AT);
  store<u8>(at, flags, COMMAND_FLAGS_AT);
  store<u16>(at, 0, COMMAND_OUTCOME_AT);
  store<u64>(at, target, COMMAND_TARGET_AT);
  store<u64>(at, source, COMMAND_SOURCE_AT);
  store<u64>(at, length, COMMAND_LENGTH_AT);
  store<u32>(at, purpose, COMMAND_PURPOSE_AT);
  store<u32>(at, region, COMMAND_REGION_AT);
  store<u32>(at, page, COMMAND_PAGE_AT);
  store<u32>(at, count, COMMAND_COUNT_AT);
  store<u32>(at, frame, COMMAND_FRAME_AT);
  store<u32>(at, 0, COMMAND_FD_AT);
  store<u32>(COMMAND_HEAD_AT, head + 1);
  return at;
}

/** The command issued last, 0 if native has run it already. */
export function lastCommand(): usize {
  const head = load<u32>(COMMAND_HEAD_AT);
  if (head == load<u32>(COMMAND_DONE_AT)) return 0;
  return COMMANDS_AT + ((head - 1) & COMMAND_MASK) * COMMAND_BYTES;
}

/** The next completion to settle, 0 if there is none. */
// @ts-ignore: decorator
@inline
export function nextCompletion(): usize {
  const settled = load<u32>(COMMAND_SETTLED_AT);
  if (settled == load<u32>(COMMAND_DONE_AT)) return 0;
  return COMMANDS_AT + (settled & COMMAND_MASK) * COMMAND_BYTES;
}

/** Frees the record of the completion just settled. */
// @ts-ignore: decorator
@inline
export function settled(): void {
  store<u32>(COMMAND_SETTLED_AT, load<u32>(COMMAND_SETTLED_AT) + 1);
}

// @ts-ignore: decorator
@inline
export function requestRoom(): u32 {
  return REQUEST_LIMIT - (load<u32>(REQUEST_HEAD_AT) - load<u32>(REQUEST_TAIL_AT));
}

/** Makes the request issued last a run of one page more, where it is of this kind and `page` follows it. */
export function lengthenRequest(kind: u32, region: u32, page: u32): bool {
  const head = load<u32>(REQUEST_HEAD_AT);
  if (head == load<u32>(REQUEST_TAIL_AT)) return false;
  const at: usize = REQUESTS_AT + ((head - 1) & REQUEST_MASK) * REQUEST_BYTES;
  if (load<u32>(at, REQUEST_KIND_AT) != kind || load<u32>(at, REQUEST_REGION_AT) != region) return false;
  const pages = load<u32>(at, REQUEST_COUNT_AT);
  if (load<u32>(at, REQUEST_PAGE_AT) + pages != page) return false;
  store<u32>(at, pages + 1, REQUEST_COUNT_AT);
  return true;
}

export function request(kind: u32, region: u32, page: u32, frame: u32, generation: u32, cause: u32, errno: u32): void {
  check(requestRoom() > 0, 'the request ring has room');
  const head = load<u32>(REQUEST_HEAD_AT);
  const at: usize = REQUESTS_AT + (head & REQUEST_MASK) * REQUEST_BYTES;
  store<u32>(at, kind, REQUEST_KIND_AT);
  store<u32>(at, region, REQUEST_REGION_AT);
  store<u32>(at, page, REQUEST_PAGE_AT);
  store<u32>(at, frame, REQUEST_FRAME_AT);
  store<u32>(at, generation, REQUEST_GENERATION_AT);
  store<u32>(at, cause, REQUEST_CAUSE_AT);
  store<u32>(at, errno, REQUEST_ERRNO_AT);
  store<u32>(REQUEST_HEAD_AT, head + 1);
}
