// Runs each command of the ring as one or more ioctls or copies, with retries, and writes bytes done and errno into its record.
#include "engine/command.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine/bytes.h"
#include "engine/inbox.h"
#include "engine/meters.h"
#include "engine/views.h"
#include "engine/waiters.h"
#include "programs/preload/agent.h"
#include "record.h"
#include "others/processes.h"
#include "kernel/move.h"
#include "kernel/uffd.h"
#include "endings/last-resort.h"

namespace farpage {

using namespace layout;

namespace {

uint8_t* pointer(uint64_t address) { return reinterpret_cast<uint8_t*>(address); }

// Offset of the record's first page in its region, and in the memfile.
uint64_t offsetOf(const Context& context, const Record& record) {
  return uint64_t{record.page} << at<uint32_t>(context.core, PAGE_SHIFT_AT);
}

// The descriptors for the record's region: for another process's memory, in `others`, with the userfaultfd that it handed over.
const Means& meansOf(const Context& context, const Record& record, Means& others) {
  const int remote = backingOf(context, record).remote;
  if (remote < 0) return context.means;
  others = context.means;
  others.fd = remote;
  return others;
}

// One attempt: bytes done, or a negative errno.
int64_t tryFill(const Context& context, const Record& record, uint64_t from) {
  // Unmapped pages have an address that no process can map (NOWHERE).
  if ((record.target >> 63) != 0) return -EINVAL;
  Means others;
  const Means& means = meansOf(context, record, others);
  const Backing& backing = backingOf(context, record);
  const uint64_t target = record.target + from;
  const uint64_t source = record.source + from;
  const uint64_t length = record.length - from;
  Progress progress = {0, 0};
  switch (record.op) {
    case OP_COPY:
      progress = (record.flags & FLAG_ZEROS) != 0 ? zeroIn(means, backing, target, length)
                                                  : copyIn(means, backing, target, source, length);
      break;
    case OP_ZEROPAGE:
      progress = (record.flags & FLAG_WRITE) != 0 ? zeroForWrite(means, backing, target, length)
                                                  : zeroIn(means, backing, target, length);
      break;
    case OP_MOVE:
      progress = moveIn(means, target, source, length);
      break;
    case OP_TAKE:
      progress = takeOut(means, backing, target, source, offsetOf(context, record) + from, length);
      break;
    case OP_CONTINUE:
      progress = continueIn(means, target, length);
      break;
    default:
      progress = poisonIn(means, backing, target, length);
      break;
  }
  return progress.bytes > 0 ? progress.bytes : -progress.error;
}

bool isMove(const Record& record) { return record.op == OP_MOVE || record.op == OP_TAKE; }

// Retry budget while the address space changes, for moving a partially moved page back and for poisoning a page that is given
// up: the thread that changes it needs the CPU, and its event must be read.
constexpr int CHANGING_TRIES = 20000;
constexpr long CHANGING_PAUSE = 100 * 1000;  // ns

void sitOut(Context& context) {
  readMessages(context);
  const timespec pause = {0, CHANGING_PAUSE};
  nanosleep(&pause, nullptr);
}

[[noreturn]] void die(const char* line) {
  endWith(line, std::strlen(line));
}

// A page of several base pages moves whole or not at all: base pages already moved go back. A half copy stays, and the next
// attempt completes it.
void takeBack(Context& context, Record& record, uint64_t pageStart, uint64_t done) {
  if (!isMove(record)) return;
  for (int tries = 0; pageStart < done; tries++) {
    Means others;
    const Progress back =
        moveToEmpty(meansOf(context, record, others).fd, record.source + pageStart, record.target + pageStart, done - pageStart);
    pageStart += static_cast<uint64_t>(back.bytes);
    if (back.error == 0 || (back.bytes > 0 && back.error == EAGAIN)) continue;
    if (back.error != EAGAIN || tries == CHANGING_TRIES) {
      die("farpage: part of a page could not be moved back; the process ends rather than lose it\n");
    }
    sitOut(context);
  }
}

// Continues after partial progress, so that the final error is that of the refused page.
void fill(Context& context, Record& record, uint64_t pageBytes) {
  const uint64_t base = backingOf(context, record).huge ? HUGE_PAGE : BASE_PAGE;
  uint64_t done = 0;
  int tries = 0;
  while (done < record.length) {
    int64_t progress = tryFill(context, record, done);
    const uint64_t inside = done % pageBytes;
    if (progress == -EEXIST && pageBytes > base && !isMove(record)) {
      // A base page of it is present from an earlier attempt: EEXIST wakes no thread, so wake here.
      Means others;
      wakeUp(meansOf(context, record, others), record.target + done, base);
      progress = static_cast<int64_t>(base);
    }
    // A present page need not be poisoned.
    if (progress == -EEXIST && record.op == OP_POISON) progress = static_cast<int64_t>(base);
    if (progress == -EAGAIN && record.op == OP_POISON && tries++ < CHANGING_TRIES) {
      sitOut(context);
      continue;
    }
    if (progress <= 0) {
      if (inside != 0) takeBack(context, record, done - inside, done);
      if (progress == -ESRCH && backingOf(context, record).remote >= 0) context.remotes->died(record.region);
      record.error = static_cast<uint32_t>(-progress);
      const auto error = static_cast<int>(-progress);
      record.outcome = record.op == OP_TAKE ? outcomeOfTake(error) : outcomeOf(error);
      record.done = static_cast<int64_t>(done - inside);
      return;
    }
    done += static_cast<uint64_t>(progress);
  }
  record.outcome = OUTCOME_DONE;
  record.done = static_cast<int64_t>(done);
}

void timeFile(const Context& context, Record& record, uint32_t meter, void (*work)(Record&)) {
  if (!watchesFiles(context.meters)) return work(record);
  const uint64_t began = monotonicNow();
  work(record);
  countTime(context.meters, meter, monotonicNow() - began);
}

// Reads a few pages and installs them, then the next: each part is still in the CPU's cache when the kernel copies it.
void feed(Context& context, Record& record, size_t pageBytes) {
  const uint64_t frames = at<uint64_t>(context.core, CORE_ADDRESS_AT) + at<uint32_t>(context.core, FRAME_DATA_AT) +
                          record.frame * uint64_t{pageBytes};
  const auto needed = static_cast<uint64_t>(record.done);
  Record part = record;
  record.done = 0;
  for (uint64_t done = 0, most = FEED_FIRST * pageBytes; done < record.length; done = static_cast<uint64_t>(record.done)) {
    part.length = std::min<uint64_t>(record.length - done, most);
    part.target = frames;
    part.source = record.source + done;
    part.done = static_cast<int64_t>(needed > done ? needed - done : 0);
    timeFile(context, part, METER_STORE_READ, readFile);
    record.outcome = OUTCOME_SKIPPED;
    record.error = part.error;
    if (part.outcome != OUTCOME_DONE) return;
    part.op = OP_COPY;
    part.target = record.target + done;
    part.source = frames;
    fill(context, part, pageBytes);
    record.outcome = part.outcome;
    record.error = part.outcome == OUTCOME_DONE ? 0 : part.error;
    record.done += part.done;
    most = FEED_FRAMES * pageBytes;
    // The kernel copies into one mapping at a time: it answers for pages in two as for pages in none.
    if (part.outcome == OUTCOME_GONE && part.length > pageBytes) most = part.length / pageBytes / 2 * pageBytes;
    else if (part.outcome != OUTCOME_DONE) return;
  }
}

// An unpoisoned page would read as zeros after its region is closed. An unmapped one cannot be read.
void notePoisoned(Context& context, const Record& record) {
  if (record.outcome == OUTCOME_DONE || record.outcome == OUTCOME_GONE || (record.target >> 63) != 0) return;
  context.backings[record.region % REGION_LIMIT].unpoisoned = true;
}

void save(Context& context, Record& record) {
  Backing& backing = context.backings[record.region % REGION_LIMIT];
  if (backing.file < 0 && backing.remote < 0 && backing.memory < 0) {
    backing.memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  }
  const Progress progress = savePages(backing, record.target, record.source, offsetOf(context, record), record.length,
                                      !context.eventRead);
  record.done = progress.bytes;
  record.error = static_cast<uint32_t>(progress.error);
  record.outcome = progress.error == 0 ? static_cast<uint16_t>(OUTCOME_DONE) : static_cast<uint16_t>(OUTCOME_FAILED);
}

void finish(Record& record, int error) {
  if (error == 0) return;
  fail(record, error);
  record.outcome = outcomeOf(error);
}

// If the kernel cannot move pages, each exists twice for a moment, in its region and in a frame. The core keeps room for
// COPY_PAGES of them below the limit, so no more than that are copied at once.
void inParts(Context& context, Record& record, uint64_t pageBytes) {
  const uint64_t limit = std::max<uint64_t>(at<uint32_t>(context.core, COPY_PAGES_AT), 1) * pageBytes;
  int64_t done = 0;
  Record part = record;
  do {
    part.op = record.op == OP_MOVE ? static_cast<uint8_t>(OP_COPY) : record.op;
    part.target = record.target + static_cast<uint64_t>(done);
    part.source = record.source + static_cast<uint64_t>(done);
    part.page = record.page + static_cast<uint32_t>(static_cast<uint64_t>(done) / pageBytes);
    part.length = std::min<uint64_t>(record.length - static_cast<uint64_t>(done), limit);
    fill(context, part, pageBytes);
    if (record.op == OP_MOVE && part.done > 0) {
      const int failed = dropFrames(context.means, part.source, static_cast<uint64_t>(part.done));
      if (failed != 0) die("farpage: a frame's memory could not be returned; the process ends rather than exceed its limit\n");
    }
    done += part.done;
  } while (part.outcome == OUTCOME_DONE && static_cast<uint64_t>(done) < record.length);
  record.outcome = part.outcome;
  record.error = part.error;
  record.done = done;
  if (record.op == OP_MOVE) wakeViews(context, record, done);
}

// The kernel moves pages neither out of nor into memory that is locked, or whose protection differs from the frames': they
// are copied into it.
void copyRest(Context& context, Record& record, uint64_t pageBytes) {
  const auto done = static_cast<uint64_t>(record.done);
  Record rest = record;
  rest.target += done;
  rest.source += done;
  rest.length -= done;
  rest.page += static_cast<uint32_t>(done / pageBytes);
  inParts(context, rest, pageBytes);
  record.outcome = rest.outcome;
  record.error = rest.error;
  record.done += rest.done;
}

// Whether the kernel cannot move pages between region and frames: see moves.h.
bool isCopied(const Context& context, const Record& record) {
  const Backing& backing = backingOf(context, record);
  return backing.file >= 0 || backing.remote >= 0;
}

bool fillsOrTakes(const Record& record) {
  return record.op == OP_COPY || record.op == OP_FEED || record.op == OP_ZEROPAGE || record.op == OP_CONTINUE ||
         isMove(record);
}

void run(Context& context, Record& record) {
  const size_t pageBytes = size_t{1} << at<uint32_t>(context.core, PAGE_SHIFT_AT);
  Means others;
  const Means& means = meansOf(context, record, others);
  record.outcome = OUTCOME_DONE;
  record.error = 0;
  if (record.op != OP_READ_FILE && record.op != OP_FEED && record.op != OP_MATCH) record.done = 0;
  if (context.eventRead && fillsOrTakes(record)) return finish(record, EAGAIN);
  switch (record.op) {
    case OP_MOVE:
    case OP_TAKE:
      if (isCopied(context, record)) return inParts(context, record, pageBytes);
      [[fallthrough]];
    case OP_COPY:
      if (means.trap == nullptr) fetchIntoCache(record);
      [[fallthrough]];
    case OP_ZEROPAGE:
    case OP_CONTINUE:
      fill(context, record, pageBytes);
      if (record.op == OP_MOVE && record.error == EINVAL && means.trap == nullptr) copyRest(context, record, pageBytes);
      return wakeViews(context, record, record.done);
    case OP_FEED:
      feed(context, record, pageBytes);
      return wakeViews(context, record, record.done);
    case OP_POISON:
      fill(context, record, pageBytes);
      notePoisoned(context, record);
      poisonViews(context, record);
      [[fallthrough]];
    case OP_WAKE:
      wakeViews(context, record, static_cast<int64_t>(record.length));
      return finish(record, wakeUp(means, record.target, record.length));
    case OP_UNPROTECT:
      unprotectViews(context, record);
      return finish(record, unprotect(means, record.target, record.length));
    case OP_PROTECT:
      protectViews(context, record);
      return finish(record, protect(means, backingOf(context, record), record.target, record.length));
    case OP_SAVE:
      return save(context, record);
    case OP_PUNCH:
      return finish(record, punch(means, backingOf(context, record), record.target, offsetOf(context, record),
                                  record.length));
    case OP_READ_FILE:
      timeFile(context, record, METER_STORE_READ, readFile);
      if (record.outcome == OUTCOME_DONE && (record.flags & FLAG_DIGEST)) digestFrames(context, record, pageBytes);
      return;
    case OP_MATCH:
      return matchFile(context.compression, record);
    case OP_WRITE_FILE:
      return timeFile(context, record, METER_STORE_WRITE, writeFile);
    case OP_COMPRESS:
      return compressPage(context, record, pageBytes);
    case OP_DECOMPRESS:
      return decompressPage(record, pageBytes);
    case OP_COPY_BYTES:
      std::memcpy(pointer(record.target), pointer(record.source), record.length);
      return;
    case OP_DIGEST:
      return digestFrames(context, record, pageBytes);
    case OP_ZERO_BYTES:
      std::memset(pointer(record.target), 0, record.length);
      return;
    case OP_RELEASE:
      if (madvise(pointer(record.target), record.length, MADV_DONTNEED) != 0) fail(record, errno);
      return;
    case OP_VACATE:
      return finish(record, dropFrames(context.means, record.target, record.length));
    case OP_SEAL:
      poisonViews(context, record);
      finish(record, backingOf(context, record).remote >= 0 ? EPERM : sealUp(means, record.target, record.length));
      return notePoisoned(context, record);
    default:
      return fail(record, ENOSYS);
  }
}

Record& recordAt(const Context& context, uint32_t number) {
  return at<Record>(context.core, COMMANDS_AT + (number & COMMAND_MASK) * COMMAND_BYTES);
}

// Sends consecutive victim records of one space to its agent in one request. Returns how many records.
uint32_t takeFromSpace(Context& context, uint32_t first, uint32_t head) {
  Record* records[FARPAGE_REQUEST_PAGES];
  const uint32_t region = recordAt(context, first).region;
  uint32_t count = 0;
  while (first + count != head && count < FARPAGE_REQUEST_PAGES) {
    Record& record = recordAt(context, first + count);
    if (record.op != OP_TAKE || record.region != region || (record.flags & FLAG_LINK)) break;
    records[count++] = &record;
  }
  context.remotes->take(region, records, count);
  context.stamps.end(STAMP_COMMANDS + OP_TAKE, count);
  if (context.remotes->holds()) {
    readMessages(context);
    // Messages that did not fit into the ring may be events.
    context.eventRead = context.eventRead || context.remotes->holds();
  }
  return count;
}

}  // namespace

uint32_t execute(Context& context) {
  auto& done = at<uint32_t>(context.core, COMMAND_DONE_AT);
  const uint32_t head = at<uint32_t>(context.core, COMMAND_HEAD_AT);
  const uint32_t ran = head - done;
  bool chain = true;
  context.eventRead = eventWaits(context) || (context.remotes != nullptr && context.remotes->holds());
  while (done != head) {
    Record& record = recordAt(context, done);
    if (!(record.flags & FLAG_LINK)) chain = true;
    const bool alone = (record.flags & FLAG_LINK) == 0 && !context.eventRead;
    if (record.op == OP_TAKE && alone && backingOf(context, record).spaced) {
      done += takeFromSpace(context, done, head);
      continue;
    }
    if (chain) {
      run(context, record);
      context.stamps.end(STAMP_COMMANDS + record.op);
      if (context.inlined && context.means.trap == nullptr) {
        wakeWaiters(record, at<uint32_t>(context.core, PAGE_SHIFT_AT));
        context.stamps.end(STAMP_WAKE);
      }
      if (record.outcome != OUTCOME_DONE) chain = false;
    } else {
      record.outcome = OUTCOME_SKIPPED;
      record.error = 0;
      record.done = 0;
    }
    done++;
  }
  at<uint64_t>(context.core, NOW_AT) = monotonicNow();
  return ran;
}

}  // namespace farpage
