// The SIGBUS handler of inline.h, and the table of pagers that it asks. It is async-signal-safe. All signals are blocked while
// it takes a turn, and unblocked while it waits, so that their handlers may touch absent pages too.
#include <sched.h>
#include <signal.h>
#include <time.h>
#include <ucontext.h>

#include <algorithm>
#include <cerrno>
#include <mutex>

#include "endings/gone.h"
#include "endings/guarded-copy.h"
#include "endings/last-resort.h"
#include "endings/signal-chain.h"
#include "inline/inline.h"
#include "inline/tally.h"
#include "kernel/parking.h"
#include "kernel/process-mark.h"
#include "kernel/stamps.h"

namespace farpage {

namespace {

constexpr size_t SERVERS = 1024;
constexpr long LATER_PAUSE = 100 * 1000;  // ns

InlineServer servers[SERVERS];
/** Places from here on were never used. */
std::atomic<uint32_t> serversEnd{0};
struct sigaction previous;
// The smallest range that covers all ranges that pagers have had.
std::atomic<uint64_t> formerStart{UINT64_MAX};
std::atomic<uint64_t> formerEnd{0};

std::mutex& tableMutex() {
  static std::mutex& one = *new std::mutex;
  return one;
}

Served askEnded(const InlineServer& server, uint64_t address) {
  for (size_t i = 0; i < server.rangeCount; i++) {
    if (address >= server.ranges[i].start && address < server.ranges[i].end) return Served::ended;
  }
  return Served::foreign;
}

// False if it is foreign to all.
bool askAll(const InlineFault& fault, const ucontext_t* context) {
  const uint32_t count = serversEnd.load();
  for (uint32_t i = 0; i < count; i++) {
    if (servers[i].signal != FaultSignal::bus) continue;
    const Served served = askInline(servers[i], fault, context);
    if (served == Served::foreign) continue;
    if (served == Served::ended) endForAbandoned();
    return true;
  }
  return false;
}

// False if the address is no pager's.
bool answer(const InlineFault& fault, const ucontext_t* context) {
  if (askAll(fault, context)) return true;
  InlineFault beside = fault;
  beside.known = false;
  if (askAll(beside, context)) return true;
  // The page was filled, and its region closed, between the access and the handler.
  return fault.access.data && fault.address >= formerStart.load() && fault.address < formerEnd.load() &&
         accessibleNow(fault.address, fault.access.write);
}

void onBusError(int signal, siginfo_t* info, void* raw) {
  const uint64_t entered = entryTicks();
  const int saved = errno;
  auto* context = static_cast<ucontext_t*>(raw);
  // A poisoned page is BUS_MCEERR_AR.
  const bool ours = info->si_code == BUS_ADRERR && !isForked() &&
                    answer({reinterpret_cast<uint64_t>(info->si_addr), accessOf(context), thisThread(), true, entered}, context);
  errno = saved;
  if (!ours && !endGuardedCopy(info, context)) passSignalOn(previous, signal, info, context);
}

// Called with the mutex held. 0 or an errno.
int install() {
  static bool done = false;
  if (done) return 0;
  // Below ours: it names regions that are closed, of addresses that are no pager's.
  int failed = installGone();
  if (failed == 0) failed = markProcess();
  if (failed != 0) return failed;
  // Saved before our handler can run.
  if (sigaction(SIGBUS, nullptr, &previous) != 0) return errno;
  struct sigaction action = {};
  action.sa_sigaction = onBusError;
  noteOwnHandler(onBusError);
  // Not on an alternative stack, which may be smaller than the 8 KiB that a turn takes.
  action.sa_flags = SA_SIGINFO;
  sigfillset(&action.sa_mask);
  if (sigaction(SIGBUS, &action, nullptr) != 0) return errno;
  done = true;
  return 0;
}

void waitForUsers(const InlineServer& server) {
  while (server.users.load() != 0) sched_yield();
}

}  // namespace

// While it waits this thread does not count as a user.
Served askInline(InlineServer& server, const InlineFault& fault, const ucontext_t* context) {
  const uint64_t began = tallyBegin();
  server.users.fetch_add(1);
  if (!server.live.load()) {
    server.users.fetch_sub(1);
    return Served::foreign;
  }
  Parking& parking = parkingOf(fault.address >> server.pageShift);
  const uint32_t seen = parking.word.load();
  const Served served = server.ended.load() ? askEnded(server, fault.address) : server.serve(server.pager, fault);
  server.users.fetch_sub(1);
  if (served == Served::wait && parking.word.load() == seen) {
    setSignalMask(&context->uc_sigmask);
    park(parking, seen);
  }
  if (served == Served::later) {
    setSignalMask(&context->uc_sigmask);
    const timespec pause = {0, LATER_PAUSE};
    nanosleep(&pause, nullptr);
  }
  if (began != 0 && (served == Served::wait || served == Served::done)) tallyEnd(fault.address, began);
  return served;
}

InlineServer* openInline(Served (*serve)(void*, const InlineFault&), void* pager, uint32_t pageShift, FaultSignal signal,
                         int* error) {
  const std::lock_guard<std::mutex> lock(tableMutex());
  *error = signal == FaultSignal::bus ? install() : 0;
  if (*error != 0) return nullptr;
  for (size_t i = 0; i < SERVERS; i++) {
    InlineServer& server = servers[i];
    // The place of a loop that has ended without closing its regions stays: its pages must not become another's.
    if (server.live.load() || server.ended.load()) continue;
    waitForUsers(server);
    server.serve = serve;
    server.pager = pager;
    server.pageShift = pageShift;
    server.signal = signal;
    server.live.store(true);
    if (i >= serversEnd.load()) serversEnd.store(static_cast<uint32_t>(i + 1));
    return &server;
  }
  *error = ENOSPC;
  return nullptr;
}

void closeInline(InlineServer* server) {
  server->live.store(false);
  server->lock.release();
  wakeAllParked();
  waitForUsers(*server);
}

void abandonInline(InlineServer* server, const std::vector<InlineRange>& regions) {
  for (const InlineRange& region : regions) {
    if (server->rangeCount < InlineServer::RANGES) {
      server->ranges[server->rangeCount++] = region;
      continue;
    }
    InlineRange& last = server->ranges[InlineServer::RANGES - 1];
    last = {std::min(last.start, region.start), std::max(last.end, region.end)};
  }
  server->ended.store(true);
  server->lock.release();
  wakeAllParked();
  waitForUsers(*server);
}

void rememberInline(uint64_t start, uint64_t end) {
  const std::lock_guard<std::mutex> lock(tableMutex());
  if (start < formerStart.load()) formerStart.store(start);
  if (end > formerEnd.load()) formerEnd.store(end);
}

}  // namespace farpage
