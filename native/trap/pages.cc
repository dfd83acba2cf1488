// Makes pages accessible, absent, protected or poisoned: the half of trap.h that who takes the turn calls, the loop's thread or
// a faulting thread in its handler. It allocates nothing. handler.cc is the faulting threads' half.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "kernel/access.h"
#include "kernel/parking.h"
#include "trap/markers.h"
#include "trap/table.h"

namespace farpage {

namespace {

void* pointer(uint64_t address) { return reinterpret_cast<void*>(address); }

// The first page from `page` on, below `end`, whose bit is not `value`; else `end`.
uint64_t runEnd(const TrapBits* bits, uint64_t page, uint64_t end, bool value) {
  while (page < end) {
    uint64_t word = bits[page / 64].load(std::memory_order_relaxed);
    if (value) word = ~word;
    word &= ~uint64_t{0} << page % 64;
    if (word != 0) return std::min<uint64_t>(page / 64 * 64 + static_cast<uint64_t>(__builtin_ctzll(word)), end);
    page = (page / 64 + 1) * 64;
  }
  return end;
}

void setBits(TrapBits* bits, uint64_t page, uint64_t end, bool value) {
  while (page < end) {
    const uint64_t stop = std::min(end, (page / 64 + 1) * 64);
    const uint64_t mask = (~uint64_t{0} >> (64 - (stop - page))) << page % 64;
    if (value) {
      bits[page / 64].fetch_or(mask);
    } else {
      bits[page / 64].fetch_and(~mask);
    }
    page = stop;
  }
}

// Bytes moved, and 0 or an errno.
template <typename Call>
Progress transfer(uint64_t length, Call call) {
  uint64_t done = 0;
  while (done < length) {
    const ssize_t moved = call(done);
    if (moved < 0 && errno == EINTR) continue;
    if (moved <= 0) return {static_cast<int64_t>(done), moved < 0 ? errno : EIO};
    done += static_cast<uint64_t>(moved);
  }
  return {static_cast<int64_t>(done), 0};
}

int punchHole(int file, uint64_t at, uint64_t length) {
  const int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
  while (fallocate(file, mode, static_cast<off_t>(at), static_cast<off_t>(length)) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

int protectAs(uint64_t start, uint64_t length, int protection) {
  return mprotect(pointer(start), length, protection) == 0 ? 0 : errno;
}

// A run of pages of a slot: addresses, and the offset in its file.
struct Run {
  uint64_t first;
  uint64_t end;
  uint64_t start;
  uint64_t length;
  uint64_t at;
};

// Whether a part of the run is not mapped: msync(2) says so, and does nothing else.
bool isHoled(const Run& run) { return msync(pointer(run.start), run.length, MS_ASYNC) != 0 && errno == ENOMEM; }

Run runOf(const TrapSlot* slot, uint64_t first, uint64_t end) {
  const uint64_t at = first << slot->shift;
  return {first, end, slot->start.load() + at, (end - first) << slot->shift, at};
}

// Calls `act` with each part of a run whose blocks are all marked, or all not, and whether they are. 0, or the first error.
template <typename Act>
int eachPart(const TrapSlot* slot, uint64_t first, uint64_t end, Act act) {
  for (uint64_t page = first; page < end;) {
    const uint64_t block = page >> slot->blockShift;
    const bool marked = runEnd(slot->marked, block, block + 1, false) == block;
    const uint64_t other = runEnd(slot->marked, block, ((end - 1) >> slot->blockShift) + 1, marked);
    const uint64_t stop = std::min(other << slot->blockShift, end);
    const int error = act(runOf(slot, page, stop), marked);
    if (error != 0) return error;
    page = stop;
  }
  return 0;
}

// Restores the write protection of the guarded pages in [first, end).
int guardAgain(TrapSlot* slot, uint64_t first, uint64_t end) {
  for (uint64_t page = runEnd(slot->guarded, first, end, false); page < end;) {
    const uint64_t stop = runEnd(slot->guarded, page, end, true);
    const Run run = runOf(slot, page, stop);
    const int refused = protectAs(run.start, run.length, PROT_READ);
    if (refused != 0) return refused;
    page = runEnd(slot->guarded, stop, end, false);
  }
  return 0;
}

// Undoes `closeRun`, and returns the error that made it necessary. Reopening what was one mapping needs no further one.
int reopenRun(TrapSlot* slot, const Run& run, int error) {
  // No thread writes to a guarded page in between: until the bits are set, threads see the run's pages as absent.
  const int refused = eachPart(slot, run.first, run.end, [slot](const Run& part, bool marked) {
    if (marked) return removeMarkers(part.start, part.length);
    for (uint64_t page = part.first; page < part.end;) {
      const uint64_t stop = runEnd(slot->guarded, page, part.end, false);
      const Run open = runOf(slot, page, stop);
      const int failed = stop > page ? protectAs(open.start, open.length, PROT_READ | PROT_WRITE) : 0;
      if (failed != 0) return failed;
      page = runEnd(slot->guarded, stop, part.end, true);
    }
    return guardAgain(slot, part.first, part.end);
  });
  // A part that the application has unmapped counts as present, as it did before.
  if (refused != 0 && !(refused == ENOMEM && isHoled(run))) return refused;
  setBits(slot->present, run.first, run.end, true);
  wakeParked(run.start, run.start + run.length, slot->shift);
  return error;
}

// Accessible pages become absent for every thread, with their bytes still in the file.
int closeRun(TrapSlot* slot, const Run& run) {
  setBits(slot->present, run.first, run.end, false);
  const int error = eachPart(slot, run.first, run.end, [slot](const Run& part, bool marked) {
    return marked ? placeMarkersUnlocked(slot, part.start, part.length) : protectAs(part.start, part.length, PROT_NONE);
  });
  return error == 0 ? 0 : reopenRun(slot, run, error);
}

// Makes guarded pages writable. 0, or the last error: those pages stay guarded.
int unguard(TrapSlot* slot, uint64_t first, uint64_t last) {
  int failed = 0;
  for (uint64_t page = runEnd(slot->guarded, first, last, false); page < last;) {
    const uint64_t stop = runEnd(slot->guarded, page, last, true);
    const Run run = runOf(slot, page, stop);
    const int refused = protectAs(run.start, run.length, PROT_READ | PROT_WRITE);
    if (refused == 0) setBits(slot->guarded, page, stop, false);
    else failed = refused;
    page = runEnd(slot->guarded, stop, last, false);
  }
  return failed;
}

// Guarded pages have left: wakes blocked writers, which re-fault.
void dropProtection(TrapSlot* slot, const Run& run) {
  if (runEnd(slot->guarded, run.first, run.end, false) == run.end) return;
  eachPart(slot, run.first, run.end, [slot](const Run& part, bool marked) {
    // In a marked block the protection is still that of the page that has left. If it cannot be changed now, `openRun` tries again.
    if (marked) unguard(slot, part.first, part.end);
    else setBits(slot->guarded, part.first, part.end, false);
    return 0;
  });
  wakeParked(run.start, run.start + run.length, slot->shift);
}

// Makes absent pages accessible. 0 or an errno: then some of them may be.
int openRun(TrapSlot* slot, const Run& run) {
  for (uint64_t block = run.first >> slot->blockShift; block <= (run.end - 1) >> slot->blockShift; block++) {
    if (runEnd(slot->settled, block, block + 1, true) == block) settleBlock(slot, block);
  }
  return eachPart(slot, run.first, run.end, [slot](const Run& part, bool marked) {
    if (!marked) return protectAs(part.start, part.length, PROT_READ | PROT_WRITE);
    const int refused = unguard(slot, part.first, part.end);
    return refused != 0 ? refused : removeMarkers(part.start, part.length);
  });
}

/** Most runs of pages that are poisoned by a mapping each: the rest of SPARE_MAPPINGS is the process's. */
constexpr uint32_t MAX_POISONINGS = 1024;

}  // namespace

// The range that holds the span, and the span's pages in it. Call with the trap's lock held.
Trap::Span Trap::find(uint64_t start, uint64_t length) {
  for (TrapSlot* slot : ranges_) {
    const uint64_t end = slot->end.load();
    if (start < slot->start.load() || start >= end) continue;
    const uint64_t inPage = (uint64_t{1} << slot->shift) - 1;
    if (length == 0 || (((start - slot->start.load()) | length) & inPage) != 0) return {nullptr, 0, 0, EINVAL};
    if (length > end - start) break;
    const uint64_t first = (start - slot->start.load()) >> slot->shift;
    return {slot, first, first + (length >> slot->shift), 0};
  }
  return {nullptr, 0, 0, ENOENT};
}

// Makes absent pages accessible and wakes their threads; `error`, what ended the run, goes into the result.
Progress Trap::admit(TrapSlot* slot, uint64_t first, uint64_t end, int error) {
  if (first == end) return {0, error};
  const Run run = runOf(slot, first, end);
  const int refused = openRun(slot, run);
  if (refused != 0) {
    // Part of the run may be accessible, if the application split the mapping. An absent page is a hole in the file.
    eachPart(slot, first, end, [slot](const Run& part, bool marked) {
      if (marked) placeMarkersUnlocked(slot, part.start, part.length);
      else protectAs(part.start, part.length, PROT_NONE);
      return 0;
    });
    const int stuck = punchHole(slot->file, run.at, run.length);
    if (slot->mayMark && isHoled(run)) {
      // Threads that wait for a page which the application has unmapped fault again, and the handler passes that on.
      slot->holed.store(true);
      wakeParked(run.start, run.start + run.length, slot->shift);
    }
    return {0, stuck != 0 ? stuck : refused};
  }
  setBits(slot->present, first, end, true);
  wakeParked(run.start, run.start + run.length, slot->shift);
  return {static_cast<int64_t>(run.length), error};
}

Progress Trap::copy(uint64_t target, uint64_t source, uint64_t length) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto [slot, first, last, missing] = find(target, length);
  if (slot == nullptr) return {0, missing};
  uint64_t end = runEnd(slot->present, first, last, false);
  int error = end < last ? EEXIST : 0;
  const Run run = runOf(slot, first, end);
  const Progress written = transfer(run.length, [&, slot = slot](uint64_t done) {
    return pwrite(slot->file, pointer(source + done), run.length - done, static_cast<off_t>(run.at + done));
  });
  if (written.error != 0) {
    // A partly present page counts as absent.
    error = written.error;
    end = first + (static_cast<uint64_t>(written.bytes) >> slot->shift);
    const Run rest = runOf(slot, end, run.end);
    const int stuck = punchHole(slot->file, rest.at, rest.length);
    if (stuck != 0) error = stuck;
  }
  return admit(slot, first, end, error);
}

Progress Trap::zero(uint64_t target, uint64_t length) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto [slot, first, last, missing] = find(target, length);
  if (slot == nullptr) return {0, missing};
  const uint64_t end = runEnd(slot->present, first, last, false);
  return admit(slot, first, end, end < last ? EEXIST : 0);
}

Progress Trap::take(uint64_t target, uint64_t source, uint64_t length) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto [slot, first, last, missing] = find(source, length);
  if (slot == nullptr) return {0, missing};
  uint64_t end = runEnd(slot->present, first, last, true);
  end = runEnd(slot->poisoned, first, end, false);
  if (end == first) return {0, ENOENT};
  const Run run = runOf(slot, first, end);
  const int refused = closeRun(slot, run);
  if (refused != 0) return {0, refused};
  const Progress taken = transfer(run.length, [&, slot = slot](uint64_t done) {
    return pread(slot->file, pointer(target + done), run.length - done, static_cast<off_t>(run.at + done));
  });
  const int error = taken.error != 0 ? taken.error : punchHole(slot->file, run.at, run.length);
  if (error != 0) return {0, reopenRun(slot, run, error)};
  dropProtection(slot, run);
  return {static_cast<int64_t>(run.length), end < last ? ENOENT : 0};
}

int Trap::drop(uint64_t start, uint64_t length) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto [slot, first, last, missing] = find(start, length);
  if (slot == nullptr) return missing;
  for (uint64_t page = first; page < last;) {
    page = runEnd(slot->present, page, last, false);
    uint64_t end = runEnd(slot->present, page, last, true);
    end = runEnd(slot->poisoned, page, end, false);
    if (end == page) {
      page = runEnd(slot->poisoned, page, last, true);
      continue;
    }
    const Run run = runOf(slot, page, end);
    int error = closeRun(slot, run);
    if (error != 0) return error;
    error = punchHole(slot->file, run.at, run.length);
    if (error != 0) return reopenRun(slot, run, error);
    dropProtection(slot, run);
    page = end;
  }
  return 0;
}

int Trap::protect(uint64_t start, uint64_t length) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto [slot, first, last, missing] = find(start, length);
  if (slot == nullptr) return missing;
  if (runEnd(slot->present, first, last, true) != last || runEnd(slot->poisoned, first, last, false) != last) return ENOENT;
  // Clear the bits first: a fault that finds none set is retried.
  setBits(slot->guarded, first, last, true);
  const int error = guardAgain(slot, first, last);
  if (error != 0) unguard(slot, first, last);
  return error;
}

int Trap::unprotect(uint64_t start, uint64_t length) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto [slot, first, last, missing] = find(start, length);
  if (slot == nullptr) return missing;
  const int error = unguard(slot, first, last);
  wakeParked(start, start + length, slot->shift);
  return error;
}

Progress Trap::poison(uint64_t start, uint64_t length) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto [slot, first, last, missing] = find(start, length);
  if (slot == nullptr) return {0, missing};
  const uint64_t end = runEnd(slot->present, first, last, false);
  if (end == first) return {0, EEXIST};
  const Run run = runOf(slot, first, end);
  // A mapping for each would exhaust the process's mappings: beyond the limit pages stay PROT_NONE.
  const auto stay = [&, slot = slot, first = first, last = last]() -> Progress {
    setBits(slot->sealed, first, end, true);
    setBits(slot->poisoned, first, end, true);
    setBits(slot->present, first, end, true);
    wakeParked(run.start, run.start + run.length, slot->shift);
    return {static_cast<int64_t>(run.length), end < last ? EEXIST : 0};
  };
  if (slot->poisonings++ >= MAX_POISONINGS) return stay();
  // At its own offset, so that adjacent runs become one mapping.
  const int flags = MAP_SHARED | MAP_FIXED | MAP_NORESERVE;
  const auto offset = static_cast<off_t>(run.at);
  void* mapped = mmap(pointer(run.start), run.length, PROT_READ | PROT_WRITE, flags, empty_, offset);
  if (mapped == MAP_FAILED) return stay();
  const int forks = madvise(mapped, run.length, MADV_DONTFORK) == 0 ? 0 : errno;
  setBits(slot->poisoned, first, end, true);
  setBits(slot->present, first, end, true);
  wakeParked(run.start, run.start + run.length, slot->shift);
  if (forks != 0) return {static_cast<int64_t>(run.length), forks};
  return {static_cast<int64_t>(run.length), end < last ? EEXIST : 0};
}

int Trap::seal(uint64_t start, uint64_t length) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto [slot, first, last, missing] = find(start, length);
  if (slot == nullptr) return missing;
  setBits(slot->sealed, first, last, true);
  return 0;
}

bool Trap::isForbidden(const TrapSlot* slot, uint64_t address, bool write) {
  const std::unique_lock<std::mutex> lock(mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return false;
  const uint64_t page = (address - slot->start.load()) >> slot->shift;
  const auto has = [page](const TrapBits* bits) { return (bits[page / 64].load() >> page % 64 & 1) != 0; };
  if (!has(slot->present) || (write && has(slot->guarded))) return false;
  return !accessibleNow(address, write);
}

// Absent pages that are neither poisoned nor sealed are zeros, holes in the file: makes them readable. If many runs are
// sealed the range stays as it is: opening the rest would cut it into as many mappings.
void Trap::openZeros(TrapSlot* slot) {
  const uint64_t pages = (slot->end.load() - slot->start.load()) >> slot->shift;
  // A page that stays protected after its range is gone would be a SIGSEGV for its writers.
  unguard(slot, 0, pages);
  const auto sealedFrom = [slot, pages](uint64_t page) { return runEnd(slot->sealed, page, pages, false); };
  const auto openFrom = [slot, pages](uint64_t page) { return runEnd(slot->sealed, page, pages, true); };
  uint32_t runs = 0;
  for (uint64_t page = sealedFrom(0); page < pages; page = sealedFrom(openFrom(page))) runs++;
  if (runs > MAX_POISONINGS) return;
  for (uint64_t page = openFrom(0); page < pages;) {
    const uint64_t end = sealedFrom(page);
    const Run run = runOf(slot, page, end);
    // A part that the application has unmapped ends the call: the pages after it stay inaccessible.
    protectAs(run.start, run.length, PROT_READ | PROT_WRITE);
    if (slot->mayMark) removeMarkers(run.start, run.length);
    page = openFrom(end);
  }
}

}  // namespace farpage
