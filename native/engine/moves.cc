// Moves, copies, protects and drops pages, each kind of memory in its own way: see moves.h.
#include "engine/moves.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "kernel/move.h"
#include "trap/trap.h"
#include "others/attachments.h"

namespace farpage {

namespace {

void* pointer(uint64_t address) { return reinterpret_cast<void*>(address); }

// 0 or an errno. A short read is the end of the file, which no region reaches: an error.
int readWhole(int file, uint64_t target, uint64_t offset, uint64_t length) {
  while (length > 0) {
    const ssize_t got = pread(file, pointer(target), length, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got < 0 ? errno : EIO;
    target += static_cast<uint64_t>(got);
    offset += static_cast<uint64_t>(got);
    length -= static_cast<uint64_t>(got);
  }
  return 0;
}

int punchFile(int file, uint64_t offset, uint64_t length) {
  const int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
  while (fallocate(file, mode, static_cast<off_t>(offset), static_cast<off_t>(length)) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

// Write protection keeps threads from writing to the pages while they are read; after the punch no thread finds them in the
// file. Writers that blocked on the protection are woken at the end: they meet a missing page then, or the old one. The
// protection outlives its page as a marker in the page table, and is removed with it. The same holds in other processes.
Progress takeOutOfFile(const Means& means, const Backing& backing, uint64_t target, uint64_t source, uint64_t offset,
                       uint64_t length) {
  const int refused = writeProtect(means.fd, source, length, WRITEPROTECT_WP);
  if (refused != 0) return {0, refused};
  means.views->protect(backing.region, offset, length);
  int failed = readWhole(backing.file, target, offset, length);
  if (failed == 0) failed = punchFile(backing.file, offset, length);
  if (failed != 0) {
    // The pages stay, still protected: a pass may rely on that. Blocked writers re-fault.
    wakeUp(means, source, length);
    return {0, failed};
  }
  if (unprotect(means, source, length) != 0) wakeUp(means, source, length);
  means.views->unprotect(backing.region, offset, length);
  return {static_cast<int64_t>(length), 0};
}

// Linux answers EEXIST also when it has no free huge page (hugetlb_mfill_atomic_pte in mm/hugetlb.c, seen on 6.18).
// CONTINUE tells the two apart: it maps what the file holds, or fails with EFAULT if the file holds nothing.
Progress copyHugePages(const Means& means, uint64_t target, uint64_t source, uint64_t length) {
  Progress progress = copyPages(means.fd, target, source, length, 0);
  if (progress.error != EEXIST) return progress;
  const Progress there = continuePages(means.fd, target + static_cast<uint64_t>(progress.bytes), HUGE_PAGE, 0);
  if (there.error != 0 && there.error != EEXIST) progress.error = there.error == EFAULT ? ENOMEM : there.error;
  return progress;
}

alignas(4096) const uint8_t zeros[HUGE_PAGE] = {};

Progress zeroHugePages(const Means& means, uint64_t target, uint64_t length) {
  Progress all = {0, 0};
  while (all.error == 0 && static_cast<uint64_t>(all.bytes) < length) {
    const auto done = static_cast<uint64_t>(all.bytes);
    const Progress one = copyHugePages(means, target + done, reinterpret_cast<uint64_t>(zeros), HUGE_PAGE);
    all = {all.bytes + one.bytes, one.error};
  }
  return all;
}

}  // namespace

void closeMemory(Backing& backing) {
  if (backing.memory >= 0) close(backing.memory);
  backing.memory = -1;
}

Progress copyIn(const Means& means, const Backing& backing, uint64_t target, uint64_t source, uint64_t length) {
  if (means.trap != nullptr) return means.trap->copy(target, source, length);
  if (backing.huge) return copyHugePages(means, target, source, length);
  return copyPages(means.fd, target, source, length, 0);
}

Progress zeroIn(const Means& means, const Backing& backing, uint64_t target, uint64_t length) {
  if (means.trap != nullptr) return means.trap->zero(target, length);
  if (backing.huge) return zeroHugePages(means, target, length);
  return zeroPages(means.fd, target, length, 0);
}

Progress zeroForWrite(const Means& means, const Backing& backing, uint64_t target, uint64_t length) {
  if (means.trap != nullptr || backing.file >= 0 || length != BASE_PAGE) return zeroIn(means, backing, target, length);
  return copyPages(means.fd, target, reinterpret_cast<uint64_t>(zeros), length, 0);
}

Progress moveIn(const Means& means, uint64_t target, uint64_t source, uint64_t length) {
  const Progress moved = movePages(means.fd, target, source, length, 0);
  if (moved.bytes > 0 || moved.error != EINVAL) return moved;
  // The kernel moves nothing between mappings of different kinds (mlock, mprotect): such a page is copied, one at a time.
  const Progress copied = copyPages(means.fd, target, source, BASE_PAGE, 0);
  if (copied.error != 0) return copied;
  const int failed = dropFrames(means, source, BASE_PAGE);
  return {copied.bytes, failed};
}

Progress takeOut(const Means& means, const Backing& backing, uint64_t target, uint64_t source, uint64_t offset,
                 uint64_t length) {
  if (means.trap != nullptr) return means.trap->take(target, source, length);
  if (backing.file >= 0) return takeOutOfFile(means, backing, target, source, offset, length);
  return moveToEmpty(means.fd, target, source, length);
}

Progress continueIn(const Means& means, uint64_t target, uint64_t length) {
  return continuePages(means.fd, target, length, 0);
}

Progress poisonIn(const Means& means, const Backing& backing, uint64_t target, uint64_t length) {
  if (means.trap != nullptr) return means.trap->poison(target, length);
  const Progress progress = poisonPages(means.fd, target, length, 0);
  // A protection's marker counts as a page: it could not be removed while the address space was changing.
  if (progress.error != EEXIST || backing.file < 0 || unprotect(means, target, length) != 0) return progress;
  return poisonPages(means.fd, target, length, 0);
}

int unprotect(const Means& means, uint64_t target, uint64_t length) {
  if (means.trap != nullptr) return means.trap->unprotect(target, length);
  return writeProtect(means.fd, target, length, 0);
}

int protect(const Means& means, const Backing& backing, uint64_t target, uint64_t length) {
  if (means.trap != nullptr) return means.trap->protect(target, length);
  const int failed = writeProtect(means.fd, target, length, WRITEPROTECT_WP);
  if (failed != ENOENT || backing.remote < 0) return failed;
  // A virtual machine monitor registers its memory for missing pages only.
  const uint64_t mode = MODE_MISSING | MODE_WP;
  const int refused = registerRange(means.fd, target, length, mode, nullptr);
  return refused != 0 ? ENOENT : writeProtect(means.fd, target, length, WRITEPROTECT_WP);
}

Progress savePages(const Backing& backing, uint64_t target, uint64_t source, uint64_t offset, uint64_t length,
                   bool settled) {
  if (backing.file >= 0) {
    const int failed = readWhole(backing.file, target, offset, length);
    return {failed == 0 ? static_cast<int64_t>(length) : 0, failed};
  }
  // One copy, but this thread would block on an absent page, which it must load itself. A thread that drops pages blocks until
  // its event is read, so while the core has taken all events none of these pages is absent; an unmapped one gives EFAULT.
  if (settled && backing.remote < 0) {
    const iovec to = {pointer(target), length};
    const iovec from = {pointer(source), length};
    const ssize_t got = process_vm_readv(getpid(), &to, 1, &from, 1, 0);
    if (got == static_cast<ssize_t>(length)) return {got, 0};
  }
  // Two copies, but the kernel does not block on an absent page here (mem_rw in fs/proc/base.c).
  uint64_t done = 0;
  while (done < length) {
    const ssize_t got = pread(backing.memory, pointer(target + done), length - done, static_cast<off_t>(source + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {static_cast<int64_t>(done), got < 0 ? errno : EIO};
    done += static_cast<uint64_t>(got);
  }
  return {static_cast<int64_t>(done), 0};
}

int sealUp(const Means& means, uint64_t target, uint64_t length) {
  if (means.trap != nullptr) return means.trap->seal(target, length);
  return mprotect(pointer(target), length, PROT_NONE) == 0 ? 0 : errno;
}

int wakeUp(const Means& means, uint64_t target, uint64_t length) {
  if (means.trap != nullptr) return means.trap->wake(target, length);
  return wake(means.fd, target, length);
}

int punch(const Means& means, const Backing& backing, uint64_t start, uint64_t offset, uint64_t length) {
  if (means.trap != nullptr) return means.trap->drop(start, length);
  return punchFile(backing.file, offset, length);
}

int dropFrames(const Means& means, uint64_t start, uint64_t length) {
  // MADV_DONTNEED on registered frames would raise an event that this very thread must read. UFFDIO_MOVE raises none.
  if (means.framesKept) return 0;
  if (means.trap != nullptr) return madvise(pointer(start), length, MADV_DONTNEED) == 0 ? 0 : errno;
  for (uint64_t done = 0; done < length;) {
    const uint64_t part = std::min(length - done, means.binBytes);
    const Progress progress = moveToEmpty(means.binFd, means.bin, start + done, part);
    if (progress.bytes == 0) return progress.error;
    const auto moved = static_cast<uint64_t>(progress.bytes);
    if (madvise(pointer(means.bin), moved, MADV_DONTNEED) != 0) return errno;
    done += moved;
  }
  return 0;
}

}  // namespace farpage
