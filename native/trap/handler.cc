// The SIGSEGV handler of trap.h. It is async-signal-safe. All signals are blocked while it reads the tables, and
// unblocked while it waits, so that their handlers may touch absent pages too.
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

#include "endings/gone.h"
#include "endings/signal-chain.h"
#include "trap/table.h"

namespace farpage {

TrapSlot trapSlots[TRAP_SLOTS];
std::atomic<uint32_t> trapSlotsEnd{0};

namespace {

constexpr uint64_t MESSAGE_PAGE = 4096;         // userfaultfd rounds addresses down to this
constexpr long FULL_PAUSE = 100 * 1000;         // ns between two attempts while the pipe is full
constexpr size_t KERNEL_SIGSET_BYTES = 8;

TrapBucket buckets[TRAP_BUCKETS];
struct sigaction previous;
std::atomic<void (*)()> abandonedEnd{nullptr};
// The smallest range that covers all ranges ever removed.
std::atomic<uint64_t> formerStart{UINT64_MAX};
std::atomic<uint64_t> formerEnd{0};

// Detects a forked child by a page that fork wipes (MADV_WIPEONFORK); without that advice, by the process id.
const std::atomic<uint32_t>* ownerMark = nullptr;
pid_t owner = 0;

bool forked() {
  if (ownerMark != nullptr) return ownerMark->load(std::memory_order_relaxed) == 0;
  return static_cast<pid_t>(syscall(SYS_getpid)) != owner;
}

TrapBucket& bucketOf(uint64_t page) { return buckets[(page ^ page / TRAP_BUCKETS) % TRAP_BUCKETS]; }

struct Access {
  bool write;
  bool data;  // not an instruction fetch, nor a protection key's or shadow stack's doing
};

Access accessOf(const ucontext_t* context) {
#if defined(__x86_64__)
  const auto code = static_cast<uint64_t>(context->uc_mcontext.gregs[REG_ERR]);
  return {(code & 2) != 0, (code & ~uint64_t{7}) == 0};
#elif defined(__aarch64__)
  // Records of {magic, size}, one of them the exception syndrome.
  const auto* at = reinterpret_cast<const uint8_t*>(context->uc_mcontext.__reserved);
  for (const auto* head = reinterpret_cast<const _aarch64_ctx*>(at); head->magic != 0 && head->size != 0;
       at += head->size, head = reinterpret_cast<const _aarch64_ctx*>(at)) {
    if (head->magic != ESR_MAGIC) continue;
    const uint64_t syndrome = reinterpret_cast<const esr_context*>(at)->esr;
    return {(syndrome >> 6 & 1) != 0, (syndrome >> 26 & 0x3f) == 0x24};
  }
  return {false, false};
#else
#error "the trap engine knows x86-64 and aarch64"
#endif
}

// Probes accessibility by system calls that fail with EFAULT and change nothing: FUTEX_WAKE_OP ors a word with 0.
bool accessibleNow(uint64_t address, bool write) {
  if (!write) {
    syscall(SYS_rt_sigprocmask, -1, address & ~uint64_t{7}, nullptr, KERNEL_SIGSET_BYTES);
    return errno == EINVAL;
  }
  static std::atomic<uint32_t> nobody{0};
  const unsigned operation = FUTEX_OP(FUTEX_OP_OR, 0, FUTEX_OP_CMP_LT, 0);
  return syscall(SYS_futex, &nobody, FUTEX_WAKE_OP_PRIVATE, 0, 0, address & ~uint64_t{3}, operation) >= 0;
}

[[gnu::cold]] void endAbandoned(int signal) {
  void (*end)() = abandonedEnd.load();
  if (end != nullptr) end();
  restoreDefault(signal);
}

// The slot of an address, with this thread counted in, so that slot and pipe stay. Null: no range has the address.
TrapSlot* enter(uint64_t address) {
  const uint32_t count = trapSlotsEnd.load(std::memory_order_acquire);
  for (uint32_t i = 0; i < count; i++) {
    TrapSlot& slot = trapSlots[i];
    if (address < slot.start.load(std::memory_order_relaxed)) continue;
    if (address >= slot.end.load(std::memory_order_relaxed)) continue;
    slot.users.fetch_add(1);
    if (slot.live.load() && address >= slot.start.load() && address < slot.end.load()) return &slot;
    slot.users.fetch_sub(1);
  }
  return nullptr;
}

void waitFor(TrapBucket& bucket, uint32_t seen, const ucontext_t* context) {
  setSignalMask(&context->uc_sigmask);
  while (bucket.word.load() == seen) syscall(SYS_futex, &bucket.word, FUTEX_WAIT_PRIVATE, seen, nullptr, nullptr, 0);
}

// False if the address is in no range.
bool answer(int signal, uint64_t address, bool write, const ucontext_t* context) {
  TrapSlot* slot = enter(address);
  if (slot == nullptr) return false;
  const uint32_t shift = slot->shift;
  TrapPipe* pipe = slot->pipe;
  const uint64_t page = (address - slot->start.load()) >> shift;
  TrapBucket& bucket = bucketOf(address >> shift);
  // The order matters: the waking side sets the bit or the flag, then changes the word, then looks for waiters.
  bucket.waiters.fetch_add(1);
  const uint32_t seen = bucket.word.load();
  Sent sent = Sent::done;
  bool abandoned = false;
  const bool present = (slot->present[page / 64].load() >> page % 64 & 1) != 0;
  const bool poisoned = (slot->poisoned[page / 64].load() >> page % 64 & 1) != 0;
  const bool guarded = write && (slot->guarded[page / 64].load() >> page % 64 & 1) != 0;
  if (!present || guarded) {
    abandoned = pipe->abandoned.load();
    if (!abandoned) {
      uffd_msg message = {};
      message.event = UFFD_EVENT_PAGEFAULT;
      message.arg.pagefault.flags = write ? UFFD_PAGEFAULT_FLAG_WRITE : 0;
      if (present) message.arg.pagefault.flags |= UFFD_PAGEFAULT_FLAG_WP;
      message.arg.pagefault.address = address & ~(MESSAGE_PAGE - 1);
      message.arg.pagefault.feat.ptid = static_cast<uint32_t>(syscall(SYS_gettid));
      sent = sendTrapMessage(pipe, message);
    }
  }
  slot->users.fetch_sub(1);
  if (poisoned) {
    bucket.waiters.fetch_sub(1);
    return false;
  }
  if ((!present || guarded) && !abandoned && sent == Sent::done) waitFor(bucket, seen, context);
  bucket.waiters.fetch_sub(1);
  if (abandoned || sent == Sent::broken) endAbandoned(signal);
  if (sent == Sent::full) {
    setSignalMask(&context->uc_sigmask);
    const timespec pause = {0, FULL_PAUSE};
    nanosleep(&pause, nullptr);
  }
  return true;
}

// The page was filled, and its range removed, between the access and the handler.
bool formerAndAccessible(uint64_t address, const Access& access) {
  return access.data && address >= formerStart.load() && address < formerEnd.load() &&
         accessibleNow(address, access.write);
}

void onSegmentationFault(int signal, siginfo_t* info, void* raw) {
  const int saved = errno;
  auto* context = static_cast<ucontext_t*>(raw);
  bool ours = false;
  if (info->si_code == SEGV_ACCERR && !forked()) {
    const auto address = reinterpret_cast<uint64_t>(info->si_addr);
    const Access access = accessOf(context);
    ours = answer(signal, address, access.write, context) || formerAndAccessible(address, access);
  }
  errno = saved;
  if (ours) return;
  if (info->si_code > 0) reportIfGone(reinterpret_cast<uint64_t>(info->si_addr), signal);
  passSignalOn(previous, signal, info, context);
}

}  // namespace

int installTrapHandler() {
  static std::mutex& mutex = *new std::mutex;
  static bool done = false;
  const std::lock_guard<std::mutex> lock(mutex);
  if (done) return 0;
  owner = static_cast<pid_t>(syscall(SYS_getpid));
  void* mark = mmap(nullptr, MESSAGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mark == MAP_FAILED) return errno;
  if (madvise(mark, MESSAGE_PAGE, MADV_WIPEONFORK) == 0) {
    static_cast<std::atomic<uint32_t>*>(mark)->store(1);
    ownerMark = static_cast<std::atomic<uint32_t>*>(mark);
  } else {
    munmap(mark, MESSAGE_PAGE);
  }
  // Saved before our handler can run.
  if (sigaction(SIGSEGV, nullptr, &previous) != 0) return errno;
  struct sigaction action = {};
  action.sa_sigaction = onSegmentationFault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigfillset(&action.sa_mask);
  if (sigaction(SIGSEGV, &action, nullptr) != 0) return errno;
  done = true;
  return 0;
}

bool trapHandlerInstalled() {
  struct sigaction current;
  return sigaction(SIGSEGV, nullptr, &current) == 0 && current.sa_sigaction == onSegmentationFault;
}

void setTrapAbandoned(void (*end)()) { abandonedEnd.store(end); }

void rememberFormer(uint64_t start, uint64_t end) {
  formerStart.store(std::min(start, formerStart.load()));
  formerEnd.store(std::max(end, formerEnd.load()));
}

void wakeTrapped(uint64_t start, uint64_t end, uint32_t shift) {
  const uint64_t first = start >> shift;
  const uint64_t count = std::min<uint64_t>(((end - 1) >> shift) - first + 1, TRAP_BUCKETS);
  const bool all = count == TRAP_BUCKETS;
  for (uint64_t i = 0; i < count; i++) {
    TrapBucket& bucket = all ? buckets[i] : bucketOf(first + i);
    bucket.word.fetch_add(1);
    if (bucket.waiters.load() != 0) syscall(SYS_futex, &bucket.word, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
  }
}

Sent sendTrapMessage(TrapPipe* pipe, const uffd_msg& message) {
  pipe->begun.fetch_add(1);
  ssize_t put;
  do {
    put = write(pipe->writeEnd, &message, sizeof message);
  } while (put < 0 && errno == EINTR);
  if (put == sizeof message) {
    pipe->sent.fetch_add(1);
    return Sent::done;
  }
  const int error = errno;
  pipe->begun.fetch_sub(1);
  return error == EAGAIN ? Sent::full : Sent::broken;
}

}  // namespace farpage
