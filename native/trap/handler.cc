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
#include "endings/guarded-copy.h"
#include "endings/signal-chain.h"
#include "inline/inline.h"
#include "kernel/access.h"
#include "kernel/parking.h"
#include "kernel/process-mark.h"
#include "kernel/stamps.h"
#include "trap/table.h"

namespace farpage {

TrapSlot trapSlots[TRAP_SLOTS];
std::atomic<uint32_t> trapSlotsEnd{0};

namespace {

constexpr uint64_t MESSAGE_PAGE = 4096;         // userfaultfd rounds addresses down to this
constexpr long FULL_PAUSE = 100 * 1000;         // ns between two attempts while the pipe is full

struct sigaction previous;
std::atomic<void (*)()> abandonedEnd{nullptr};
// The smallest range that covers all ranges ever removed.
std::atomic<uint64_t> formerStart{UINT64_MAX};
std::atomic<uint64_t> formerEnd{0};

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

void waitFor(Parking& parking, uint32_t seen, const ucontext_t* context) {
  setSignalMask(&context->uc_sigmask);
  park(parking, seen);
}

Sent report(TrapPipe* pipe, const InlineFault& fault) {
  uffd_msg message = {};
  message.event = UFFD_EVENT_PAGEFAULT;
  message.arg.pagefault.flags = fault.access.write ? UFFD_PAGEFAULT_FLAG_WRITE : 0;
  if (fault.access.present) message.arg.pagefault.flags |= UFFD_PAGEFAULT_FLAG_WP;
  message.arg.pagefault.address = fault.address & ~(MESSAGE_PAGE - 1);
  message.arg.pagefault.feat.ptid = static_cast<uint32_t>(syscall(SYS_gettid));
  return sendTrapMessage(pipe, message);
}

// False if the address is in no range, its page is poisoned or not mapped, or the application forbids the access. `unmapped`: the kernel says that it is not mapped, which
// it says of a page with a guard marker, too.
bool answer(int signal, uint64_t address, const Access& access, const ucontext_t* context, bool unmapped) {
  TrapSlot* slot = enter(address);
  if (slot == nullptr) return false;
  const uint32_t shift = slot->shift;
  const uint64_t entered = entryTicks();
  TrapPipe* pipe = slot->pipe;
  const uint64_t page = (address - slot->start.load()) >> shift;
  Parking& parking = parkingOf(address >> shift);
  // Before the bits are read: the waking side sets a bit or the flag, and then changes the word.
  const uint32_t seen = parking.word.load();
  const bool present = (slot->present[page / 64].load() >> page % 64 & 1) != 0;
  const bool poisoned = (slot->poisoned[page / 64].load() >> page % 64 & 1) != 0;
  const bool guarded = access.write && (slot->guarded[page / 64].load() >> page % 64 & 1) != 0;
  const bool faulted = !present || guarded;
  // A present page has no marker, if another thread has not just filled it. An absent one is filled without a look, which takes a
  // system call, until a part of the range is found unmapped.
  const bool looks = unmapped && (present || !slot->mayMark || slot->holed.load());
  const bool gone = looks && !mappedNow(address);
  const bool abandoned = faulted && pipe->abandoned.load();
  InlineServer* server = pipe->server.load();
  // The processor does not tell a page that is present from one that is not mapped yet.
  const InlineFault fault = {address, {access.write, present, access.data}, thisThread(), true, entered};
  const bool reports = faulted && !gone && !abandoned && server == nullptr;
  const Sent sent = reports ? report(pipe, fault) : Sent::done;
  // Another thread has filled the page since. Or the application has taken the access away by mprotect(2), or fetches instructions
  // from it: to try that again would be a fault for ever.
  const bool forbidden = !faulted && (!access.data || slot->owner->isForbidden(slot, address, access.write));
  // A thread that waits for the server's lock must not be counted in: the lock's holder may be removing the range.
  slot->users.fetch_sub(1);
  if (poisoned || gone || forbidden) return false;
  if (!faulted) return true;
  if (abandoned || sent == Sent::broken) {
    endAbandoned(signal);
  } else if (server != nullptr) {
    const Served served = askInline(*server, fault, context);
    if (served == Served::ended) endAbandoned(signal);
    return served != Served::foreign;
  } else if (sent == Sent::done) {
    waitFor(parking, seen, context);
  } else {
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
  if ((info->si_code == SEGV_ACCERR || info->si_code == SEGV_MAPERR) && !isForked()) {
    const auto address = reinterpret_cast<uint64_t>(info->si_addr);
    const Access access = accessOf(context);
    const bool unmapped = info->si_code == SEGV_MAPERR;
    ours = answer(signal, address, access, context, unmapped) || formerAndAccessible(address, access);
  }
  errno = saved;
  if (ours || endGuardedCopy(info, context)) return;
  if (info->si_code > 0) reportIfGone(reinterpret_cast<uint64_t>(info->si_addr), signal);
  passSignalOn(previous, signal, info, context);
}

}  // namespace

int installTrapHandler() {
  static std::mutex& mutex = *new std::mutex;
  static bool done = false;
  const std::lock_guard<std::mutex> lock(mutex);
  if (done) return 0;
  // Below ours: it ends the copies that no handler above it has served.
  int failed = installGone();
  if (failed == 0) failed = markProcess();
  if (failed != 0) return failed;
  // Saved before our handler can run.
  if (sigaction(SIGSEGV, nullptr, &previous) != 0) return errno;
  struct sigaction action = {};
  action.sa_sigaction = onSegmentationFault;
  noteOwnHandler(onSegmentationFault);
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
