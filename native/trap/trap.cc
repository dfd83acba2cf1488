// Opens and closes traps and their ranges, raises events, and keeps the budget of mappings. pages.cc changes pages.
#include "trap/trap.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>

#include "kernel/parking.h"
#include "trap/markers.h"
#include "trap/table.h"

namespace farpage {

namespace {

constexpr uint64_t SMALLEST_PAGE = 4096;
constexpr uint64_t LARGEST_PAGE = 2 << 20;
constexpr uint64_t DEFAULT_MAPPINGS = 65530;  // Linux's DEFAULT_MAX_MAP_COUNT, for when /proc/sys cannot be read
constexpr uint64_t SPARE_MAPPINGS = 4096;
constexpr long FIRST_LOOK = 20 * 1000;  // ns between two checks whether an event was read
constexpr long LAST_LOOK = 1000 * 1000;

// Slots in use, and pages reserved by all traps. Never destroyed: threads outlive exit().
std::mutex& tableMutex = *new std::mutex;
uint64_t reservedByAll = 0;

uint64_t mappingLimit() {
  uint64_t limit = DEFAULT_MAPPINGS;
  const std::unique_ptr<FILE, int (*)(FILE*)> file(fopen("/proc/sys/vm/max_map_count", "re"), fclose);
  unsigned long long read = 0;
  if (file && fscanf(file.get(), "%llu", &read) == 1) limit = read;
  return limit;
}

bool ofSomeRange(uint64_t address) {
  return std::any_of(std::begin(trapSlots), std::end(trapSlots), [address](const TrapSlot& slot) {
    return slot.taken && address >= slot.start.load() && address < slot.end.load();
  });
}

// A signal's handler that touches an absent page would wait for the trap's mutex, which its own thread has.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

// Mappings outside ranges; the reserved pages account for those inside.
uint64_t mappingsOutside() {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(fopen("/proc/self/maps", "re"), fclose);
  if (!file) return UINT64_MAX;
  char* line = nullptr;
  size_t room = 0;
  uint64_t count = 0;
  while (getline(&line, &room, file.get()) > 0) {
    if (!ofSomeRange(strtoull(line, nullptr, 16))) count++;
  }
  free(line);
  return count;
}

uint64_t budgetUnderLock() {
  const uint64_t limit = mappingLimit();
  const uint64_t used = mappingsOutside();
  const uint64_t spare = SPARE_MAPPINGS + (markersWork() ? 2 * MAX_MARKED_BLOCKS : 0);
  if (used >= limit || limit - used <= spare) return 0;
  const uint64_t pages = (limit - used - spare) / 2;
  return pages > reservedByAll ? pages - reservedByAll : 0;
}

}  // namespace

Trap* Trap::open(int* error) {
  std::unique_ptr<Trap> trap(new Trap);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
    *error = errno;
    return nullptr;
  }
  trap->pipe_.readEnd = ends[0];
  trap->pipe_.writeEnd = ends[1];
  trap->empty_ = memfd_create("farpage-poison", MFD_CLOEXEC);
  *error = trap->empty_ < 0 ? errno : installTrapHandler();
  return *error == 0 ? trap.release() : nullptr;
}

Trap::~Trap() {
  closing_.store(true);
  while (!ranges_.empty()) remove(ranges_.back()->start.load());
  while (callers_.load() != 0) sched_yield();
  if (empty_ >= 0) close(empty_);
  close(pipe_.writeEnd);
  close(pipe_.readEnd);
  const std::lock_guard<std::mutex> table(tableMutex);
  reservedByAll -= reserved_;
}

int Trap::add(uint64_t start, uint64_t length, uint64_t pageBytes, int file) {
  const bool power = (pageBytes & (pageBytes - 1)) == 0;
  if (!power || pageBytes < SMALLEST_PAGE || pageBytes > LARGEST_PAGE || length == 0) return EINVAL;
  if (start % SMALLEST_PAGE != 0 || length % pageBytes != 0 || start + length < start) return EINVAL;
  const std::lock_guard<std::mutex> lock(mutex_);
  const std::lock_guard<std::mutex> table(tableMutex);
  TrapSlot* slot = nullptr;
  uint32_t index = 0;
  for (uint32_t i = 0; i < TRAP_SLOTS; i++) {
    TrapSlot& candidate = trapSlots[i];
    if (candidate.taken && start < candidate.end.load() && candidate.start.load() < start + length) return EBUSY;
    if (!candidate.taken && slot == nullptr) {
      slot = &candidate;
      index = i;
    }
  }
  if (slot == nullptr) return ENOSPC;
  const uint32_t shift = static_cast<uint32_t>(__builtin_ctzll(pageBytes));
  const uint64_t oneBitmap = ((length >> shift) + 63) / 64 * sizeof(TrapBits);
  constexpr uint64_t BITMAPS = 6;  // those of blocks need less
  const uint64_t bitsBytes = BITMAPS * oneBitmap;
  void* bits = mmap(nullptr, bitsBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (bits == MAP_FAILED) return errno;
  void* range = reinterpret_cast<void*>(start);
  const bool done = madvise(range, length, MADV_DONTFORK) == 0 && mprotect(range, length, PROT_NONE) == 0;
  if (!done) {
    const int error = errno;
    munmap(bits, bitsBytes);
    return error;
  }
  ranges_.push_back(slot);
  slot->taken = true;
  slot->start.store(start);
  slot->end.store(start + length);
  slot->shift = shift;
  slot->present = static_cast<TrapBits*>(bits);
  slot->poisoned = slot->present + oneBitmap / sizeof(TrapBits);
  slot->guarded = slot->poisoned + oneBitmap / sizeof(TrapBits);
  slot->sealed = slot->guarded + oneBitmap / sizeof(TrapBits);
  slot->marked = slot->sealed + oneBitmap / sizeof(TrapBits);
  slot->settled = slot->marked + oneBitmap / sizeof(TrapBits);
  slot->bitsBytes = bitsBytes;
  slot->pipe = &pipe_;
  slot->owner = this;
  slot->file = file;
  shapeBlocks(slot);
  slot->live.store(true);
  if (trapSlotsEnd.load() <= index) trapSlotsEnd.store(index + 1);
  return 0;
}

int Trap::remove(uint64_t start) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto startsThere = [start](const TrapSlot* slot) { return slot->start.load() == start; };
  const auto found = std::find_if(ranges_.begin(), ranges_.end(), startsThere);
  if (found == ranges_.end()) return ENOENT;
  TrapSlot* slot = *found;
  ranges_.erase(found);
  forget(slot);
  return 0;
}

void Trap::forget(TrapSlot* slot) {
  const std::lock_guard<std::mutex> table(tableMutex);
  const uint64_t start = slot->start.load();
  const uint64_t end = slot->end.load();
  rememberFormer(start, end);
  slot->live.store(false);
  // A thread that is counted in writes at most one message, and only the scheduler can interrupt it.
  while (slot->users.load() != 0) sched_yield();
  openZeros(slot);
  releaseBlocks(slot);
  slot->start.store(0);
  slot->end.store(0);
  wakeParked(start, end, slot->shift);
  munmap(slot->present, slot->bitsBytes);
  slot->present = nullptr;
  slot->poisoned = nullptr;
  slot->guarded = nullptr;
  slot->sealed = nullptr;
  slot->marked = nullptr;
  slot->settled = nullptr;
  slot->poisonings = 0;
  slot->holed.store(false);
  slot->taken = false;
}

int Trap::wake(uint64_t start, uint64_t length) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const TrapSlot* slot : ranges_) {
    const uint64_t from = std::max(start, slot->start.load());
    const uint64_t to = std::min(start + length, slot->end.load());
    if (from < to) wakeParked(from, to, slot->shift);
  }
  return 0;
}

int Trap::event(uint8_t event, uint64_t a, uint64_t b, uint64_t c) {
  uffd_msg message = {};
  message.event = event;
  if (event == UFFD_EVENT_REMAP) {
    message.arg.remap.from = a;
    message.arg.remap.to = b;
    message.arg.remap.len = c;
  } else if (event == UFFD_EVENT_REMOVE || event == UFFD_EVENT_UNMAP) {
    message.arg.remove.start = a;
    message.arg.remove.end = b;
  } else {
    return EINVAL;
  }
  callers_.fetch_add(1);
  // Messages read = messages written less those in the pipe. Two counters bound the messages written, and an empty pipe
  // means that all were read.
  uint64_t mark = 0;
  bool sent = false;
  int error = ECANCELED;
  long interval = FIRST_LOOK;
  while (!closing_.load() && !pipe_.abandoned.load()) {
    if (!sent) {
      const Sent outcome = sendTrapMessage(&pipe_, message);
      if (outcome == Sent::broken) break;
      sent = outcome == Sent::done;
      mark = pipe_.begun.load();
    }
    int unread = 0;
    const uint64_t least = pipe_.sent.load();
    if (ioctl(pipe_.readEnd, FIONREAD, &unread) != 0) {
      error = errno;
      break;
    }
    const uint64_t held = static_cast<uint64_t>(unread) / sizeof message;
    if (sent && (held == 0 || least >= mark + held)) {
      error = 0;
      break;
    }
    const timespec pause = {0, interval};
    nanosleep(&pause, nullptr);
    interval = std::min(interval * 2, LAST_LOOK);
  }
  callers_.fetch_sub(1);
  return error;
}

bool Trap::covers(uint64_t start, uint64_t length) {
  const std::lock_guard<std::mutex> table(tableMutex);
  return std::any_of(std::begin(trapSlots), std::end(trapSlots), [start, length](const TrapSlot& slot) {
    return slot.taken && start < slot.end.load() && slot.start.load() < start + length;
  });
}

int Trap::announce(uint8_t event, uint64_t start, uint64_t length) {
  struct Part {
    Trap* owner;
    uint64_t start;
    uint64_t end;
  };
  std::vector<Part> parts;
  {
    const std::lock_guard<std::mutex> table(tableMutex);
    for (const TrapSlot& slot : trapSlots) {
      const uint64_t from = std::max(start, slot.start.load());
      const uint64_t to = std::min(start + length, slot.end.load());
      if (!slot.taken || from >= to) continue;
      // A page of several base pages is dropped only as a whole, as the core counts it.
      const uint64_t page = uint64_t{1} << slot.shift;
      const uint64_t base = slot.start.load();
      parts.push_back({slot.owner, base + (from - base + page - 1) / page * page, base + (to - base) / page * page});
      slot.owner->callers_.fetch_add(1);  // keeps the trap open until this call is done
    }
  }
  int first = 0;
  for (const Part& part : parts) {
    int error = 0;
    if (part.start < part.end) {
      error = part.owner->event(event, part.start, part.end, 0);
      const SignalsBlocked blocked;
      // If the trap ends meanwhile, its pages stay as they are.
      if (error == 0) error = part.owner->drop(part.start, part.end - part.start);
      if (error == ENOENT || error == ECANCELED) error = 0;
    }
    part.owner->callers_.fetch_sub(1);
    if (first == 0) first = error;
  }
  return first;
}

void Trap::abandon() {
  const std::lock_guard<std::mutex> lock(mutex_);
  pipe_.abandoned.store(true);
  for (const TrapSlot* slot : ranges_) wakeParked(slot->start.load(), slot->end.load(), slot->shift);
}

void Trap::onAbandoned(void (*end)()) { setTrapAbandoned(end); }

bool Trap::installed() { return trapHandlerInstalled(); }

uint64_t Trap::mappingBudget() {
  const std::lock_guard<std::mutex> table(tableMutex);
  return budgetUnderLock();
}

int Trap::reserve(uint64_t pages) {
  const std::lock_guard<std::mutex> table(tableMutex);
  if (pages > budgetUnderLock()) return ENOMEM;
  reservedByAll += pages;
  reserved_ += pages;
  return 0;
}

}  // namespace farpage
