// The end of a read: bytes arrived in frames, from a file, a slot or the event loop. Every page whose digest is known is
// checked before it is installed; pages that could not be read are reported.
import { CONTENT_SOURCE_ASYNC, CONTENT_STORE_ASYNC, CONTENT_STORE_FILE } from '../codes';
import {
  CAUSE_CHANGED,
  CAUSE_CONTENT,
  CAUSE_READ,
  COMMAND_BYTES_DONE_AT,
  COMMAND_COUNT_AT,
  COMMAND_ERRNO_AT,
  COMMAND_FRAME_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_PAGE_AT,
  COMMAND_REGION_AT,
  COUNTER_STORE_ERRORS,
  COUNTER_STORE_RETRIES,
  ENTRY_DIGEST_AT,
  ENTRY_PREVIOUS_AT,
  FRAME_AHEAD,
  FRAME_READY,
  FRAME_STAGED,
  OP_DIGEST,
  OUTCOME_DONE,
  PAGE_FILLING,
  PAGE_SHIFT_AT,
  PAGE_SOURCED,
  PAGE_PINNED,
  PAGE_STORED,
  PAGE_FLUSHING,
  PAGE_WRITTEN,
  PURPOSE_ARRIVED,
  QUEUE_STAGED_AT,
  REQUEST_FAIL,
  OUTCOME_SKIPPED,
} from '../layout';
import { regenerated } from './volatile';
import { mustSave, saveFrame } from '../pass/protection';
import {
  frameAddress,
  frameDigest,
  frameEntry,
  frameGeneration,
  NO_FRAME,
  setFrame,
  setFrameFlags,
} from '../books/frame';
import { install, keepOut } from './install';
import { setAside } from './refusal';
import { entryAfter, findEntry, pageOf, regionOf, setFrameOf } from '../books/page-table';
import { clearFlag, flagsOf, push, setFlag } from '../books/queue';
import { count } from '../books/region';
import { command, request } from '../ring';
import { stateOf, STEP_HELD, transition } from '../books/states';
import { UNKNOWN_DIGEST } from '../books/stored';
import { fetchAlone } from './fill';

const EILSEQ: u32 = 84;
const EAGAIN: u32 = 11;
const ENOMEM: u32 = 12;
const ENOBUFS: u32 = 105;

function failRead(at: usize, entry: usize, frame: u32, cause: u32): void {
  const region = regionOf(entry);
  const errno = load<u32>(at, COMMAND_ERRNO_AT);
  count(region, COUNTER_STORE_ERRORS, 1);
  setFrame(frame, FRAME_READY, 0);
  setFrameOf(entry, NO_FRAME);
  if (cause == CAUSE_READ && (errno == EAGAIN || errno == ENOMEM || errno == ENOBUFS)) {
    // The kernel's error (memory, say), not the file's: transient.
    count(region, COUNTER_STORE_RETRIES, 1);
    if (!setAside(entry, errno)) keepOut(entry);
    return;
  }
  request(REQUEST_FAIL, region, pageOf(entry), 0, 0, cause, errno);
}

/** A source file's pages are in their frames; their install is linked to this read. */
export function sourceRead(at: usize): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const pages = load<u32>(at, COMMAND_COUNT_AT);
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  if (load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_DONE) {
    let entry = findEntry(region, page);
    for (let i: u32 = 0; i < pages; i++) {
      if (i != 0) entry = entryAfter(entry, region, page + i);
      recordDigest(entry, frame + i);
    }
  } else if (pages == 1) {
    const changed = load<u32>(at, COMMAND_ERRNO_AT) == EILSEQ;
    failRead(at, findEntry(region, page), frame, changed ? CAUSE_CHANGED : CAUSE_READ);
  }
}

function recordDigest(entry: usize, frame: u32): void {
  store<u64>(entry, frameDigest(frame), ENTRY_DIGEST_AT);
  setFlag(entry, PAGE_SOURCED);
}

// Whether the store returned other bytes than it was given. Those of a checkpoint were given by somebody else: the digest of what
// came first is recorded.
function isAnother(entry: usize, frame: u32): bool {
  const known = load<u64>(entry, ENTRY_DIGEST_AT);
  if (known != UNKNOWN_DIGEST) return frameDigest(frame) != known;
  store<u64>(entry, frameDigest(frame), ENTRY_DIGEST_AT);
  return false;
}

/** A store file's pages are in their frames; they are installed only if they are what was written. */
export function storeRead(at: usize): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const pages = load<u32>(at, COMMAND_COUNT_AT);
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  const done = load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_DONE;
  let entry: usize = 0;
  for (let i: u32 = 0; i < pages; i++) {
    entry = i == 0 ? findEntry(region, page) : entryAfter(entry, region, page + i);
    if (frameEntry(frame + i) != entry || stateOf(entry) != PAGE_FILLING) {
      setFrame(frame + i, FRAME_READY, 0);
    } else if (!done) {
      if (pages == 1) {
        failRead(at, entry, frame, CAUSE_READ);
      } else {
        setFrame(frame + i, FRAME_READY, 0);
        setFrameOf(entry, NO_FRAME);
        fetchAlone(entry);
      }
    } else if (isAnother(entry, frame + i)) {
      failRead(at, entry, frame + i, CAUSE_CONTENT);
    } else if (isForPass(entry) && (flagsOf(entry) & PAGE_FLUSHING) == 0) {
      hold(entry, frame + i);
    } else {
      if ((flagsOf(entry) & PAGE_FLUSHING) != 0) {
        // Written once more, as if it had changed.
        clearFlag(entry, PAGE_STORED);
        setFlag(entry, PAGE_WRITTEN);
      }
      install(entry, CONTENT_STORE_FILE);
    }
  }
}

/** A slot that does not decompress is a bug or broken memory: the page fails, with an error. */
export function decompressed(at: usize): void {
  if (load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_DONE) return;
  if (load<i64>(at, COMMAND_BYTES_DONE_AT) >= 0) return; // only skipped
  const entry = findEntry(load<u32>(at, COMMAND_REGION_AT), load<u32>(at, COMMAND_PAGE_AT));
  failRead(at, entry, load<u32>(at, COMMAND_FRAME_AT), CAUSE_CONTENT);
}

/** The loop put a page's bytes into its frame: take the digest, then install the page. */
export function arrived(frame: u32, generation: u32): void {
  if (frameGeneration(frame) != generation) return;
  const entry = frameEntry(frame);
  if (entry == 0) {
    setFrame(frame, FRAME_READY, 0);
    return;
  }
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  command(OP_DIGEST, 0, PURPOSE_ARRIVED, regionOf(entry), pageOf(entry), 1, frame, frameAddress(frame), 0, size);
}

/** The digest of a page that arrived is known. `held` says whether the page is a mark, held back in its frame (readahead). */
export function arrivedChecked(at: usize, held: (region: u32, page: u32) => bool): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  const entry = findEntry(region, page);
  if (load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_SKIPPED) return; // the read before it failed and reported that
  if (frameEntry(frame) != entry || stateOf(entry) != PAGE_FILLING) {
    setFrame(frame, FRAME_READY, 0);
    return;
  }
  const fromStore = (flagsOf(entry) & PAGE_STORED) != 0;
  if (fromStore && isAnother(entry, frame)) {
    failRead(at, entry, frame, CAUSE_CONTENT);
    return;
  }
  if (!fromStore && !regenerated(entry)) {
    if ((flagsOf(entry) & PAGE_SOURCED) != 0 && frameDigest(frame) != load<u64>(entry, ENTRY_DIGEST_AT)) {
      failRead(at, entry, frame, CAUSE_CHANGED);
      return;
    }
    recordDigest(entry, frame);
  }
  if (isForPass(entry) || (load<u32>(entry, ENTRY_PREVIOUS_AT) == 0 && held(region, page))) hold(entry, frame);
  else install(entry, fromStore ? CONTENT_STORE_ASYNC : CONTENT_SOURCE_ASYNC);
}

// Only a pass waits for it, no thread.
function isForPass(entry: usize): bool {
  return mustSave(entry) && load<u32>(entry, ENTRY_PREVIOUS_AT) == 0 && (flagsOf(entry) & PAGE_PINNED) == 0;
}

function hold(entry: usize, frame: u32): void {
  if (mustSave(entry)) saveFrame(entry);
  transition(entry, STEP_HELD);
  setFrame(frame, FRAME_STAGED, entry);
  setFrameFlags(frame, FRAME_AHEAD);
  push(QUEUE_STAGED_AT, entry);
}
