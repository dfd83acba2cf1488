// The ride of ride.h: scheduling policy, affinity, and the guard's thread.
#include "engine/ride.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "kernel/clock.h"

namespace farpage {

namespace {

constexpr long LOOK_NANOSECONDS = 1'000'000;
/** Checks without a ride before the guard sleeps: a short pause between two rides need not wake it. */
constexpr uint32_t CHECKS_BEFORE_SLEEP = 20;
/** Checks in a row that found work and no progress. */
constexpr uint32_t CHECKS_BEFORE_RAISE = 2;
/** Faults between looks at the CPU of the thread that faults. A look takes 3 µs, a fault answered from another CPU 40 more. */
constexpr uint32_t FAULTS_A_LOOK = 4;
/** Checks that found another CPU, less those that did not: at this number the thread stops riding for a pause. */
constexpr uint32_t MAX_UNREST = 4;
/** Without a ride after the thread was raised: short, since what starved it may have been a moment's work of one thread. */
constexpr uint64_t MIN_PAUSE = 4'000'000;
constexpr uint64_t MAX_PAUSE = 3'200'000'000;
/** Raised again so soon after a pause, it pauses for twice as long. */
constexpr uint64_t SOON = 100'000'000;
/** Without a ride after the faulting threads have changed their CPU too often. */
constexpr uint64_t UNREST_PAUSE = 100'000'000;

int setPolicy(int thread, int policy) {
  const sched_param none = {};
  return sched_setscheduler(thread, policy, &none);
}

// Whether a thread of this process can leave SCHED_IDLE: tried on a short-lived thread.
void* tryTheWayBack(void* into) {
  *static_cast<bool*>(into) = setPolicy(0, SCHED_IDLE) == 0 && setPolicy(0, SCHED_OTHER) == 0;
  return nullptr;
}

long futex(std::atomic<uint32_t>* word, int operation, uint32_t value) {
  return syscall(SYS_futex, reinterpret_cast<uint32_t*>(word), operation | FUTEX_PRIVATE_FLAG, value, nullptr, nullptr, 0);
}

}  // namespace

bool Ride::open() {
  if (able_ || loop_ != 0) return able_;
  loop_ = static_cast<int>(syscall(SYS_gettid));
  cpu_set_t allowed;
  onOneCpu_ = sched_getaffinity(0, sizeof allowed, &allowed) == 0 && CPU_COUNT(&allowed) < 2;
  if (onOneCpu_) return false;
  // A policy or nice value that somebody gave this thread is respected.
  if (sched_getscheduler(0) != SCHED_OTHER) return false;
  pthread_t trial;
  bool returned = false;
  if (pthread_create(&trial, nullptr, tryTheWayBack, &returned) != 0) return false;
  pthread_join(trial, nullptr);
  if (!returned) return false;
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  able_ = pthread_create(&guard_, nullptr, guard, this) == 0;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return able_;
}

void Ride::close() {
  end();
  if (able_) {
    able_ = false;
    state_.store(CLOSING);
    futex(&state_, FUTEX_WAKE, INT_MAX);
    pthread_join(guard_, nullptr);
  }
  forgetThread();
}

bool Ride::begin(uint32_t thread, int faults, int others) {
  if (!able_ || state_.load() == RAISING) return false;
  if (riding_ && state_.load() != RIDING) end();
  if (riding_) {
    if (++sinceLook_ < FAULTS_A_LOOK) return true;
    if (follow(thread)) return true;
    end();
    return false;
  }
  if (thread == 0 || (restsUntil_ != 0 && monotonicNow() < restsUntil_)) return false;
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0 || CPU_COUNT(&allowed) < 2) return false;
  if (!CPU_EQUAL(&allowed, &allowed_)) {
    if (state_.load() != ASLEEP) return false;
    allowed_ = allowed;
  }
  faults_.store(faults, std::memory_order_relaxed);
  others_.store(others, std::memory_order_relaxed);
  // The guard first: on a busy CPU this thread may not run again for long once it is SCHED_IDLE.
  if (state_.exchange(STARTING) == ASLEEP) futex(&state_, FUTEX_WAKE, 1);
  riding_ = true;
  cpu_ = -1;
  if (setPolicy(0, SCHED_IDLE) != 0 || !follow(thread)) {
    end();
    return false;
  }
  state_.store(RIDING);
  rides_++;
  return true;
}

void Ride::end() {
  if (!riding_) return;
  riding_ = false;
  // The guard may have done this, and this thread may have pinned itself since.
  setPolicy(0, SCHED_OTHER);
  sched_setaffinity(0, sizeof allowed_, &allowed_);
  forgetThread();
  uint32_t state = STARTING;
  if (state_.compare_exchange_strong(state, QUIET)) return;
  state = RIDING;
  if (!state_.compare_exchange_strong(state, QUIET)) rest();
}

// After the guard has raised this thread. Starved again so soon: the CPU has other work, and will have it for a while.
void Ride::rest() {
  const uint64_t now = monotonicNow();
  pause_ = now < restsUntil_ + SOON ? std::clamp(pause_ * 2, MIN_PAUSE, MAX_PAUSE) : MIN_PAUSE;
  restsUntil_ = now + pause_;
}

void Ride::forgetThread() {
  if (stat_ >= 0) ::close(stat_);
  stat_ = -1;
}

// Pins this thread to the CPU of `thread`. False if it cannot or must not; `end` undoes what was changed.
bool Ride::follow(uint32_t thread) {
  sinceLook_ = 0;
  const int cpu = cpuOf(thread);
  if (cpu < 0 || cpu >= CPU_SETSIZE || !CPU_ISSET(cpu, &allowed_)) return false;
  if (cpu == cpu_) {
    if (unrest_ > 0) unrest_--;
    return true;
  }
  if (cpu_ >= 0 && ++unrest_ > MAX_UNREST) {
    unrest_ = 0;
    restsUntil_ = monotonicNow() + UNREST_PAUSE;
    return false;
  }
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(cpu, &one);
  keepGuardOff(cpu);
  if (sched_setaffinity(0, sizeof one, &one) != 0) return false;
  cpu_ = cpu;
  moves_++;
  return true;
}

// On Linux 6.18 the guard's look there sent the woken thread to an idle CPU a thousand times a second (decisions/0074). It does no harm
// if this fails.
void Ride::keepGuardOff(int cpu) {
  cpu_set_t others = allowed_;
  CPU_CLR(cpu, &others);
  pthread_setaffinity_np(guard_, sizeof others, &others);
}

// The CPU that a thread ran on last, field 39 of its stat; -1: not known.
int Ride::cpuOf(uint32_t thread) {
  if (thread != thread_ || stat_ < 0) {
    char path[48];
    std::snprintf(path, sizeof path, "/proc/%u/task/%u/stat", thread, thread);
    forgetThread();
    stat_ = ::open(path, O_RDONLY | O_CLOEXEC);
    thread_ = thread;
  }
  char text[512];
  const ssize_t got = stat_ < 0 ? -1 : pread(stat_, text, sizeof text - 1, 0);
  if (got <= 0) return -1;
  text[got] = '\0';
  // Its name, field 2, may hold spaces and brackets: fields are counted from the last bracket, which is followed by field 3.
  const char* at = std::strrchr(text, ')');
  for (int field = 2; at != nullptr && field < 39; field++) at = std::strchr(at + 1, ' ');
  return at == nullptr ? -1 : std::atoi(at + 1);
}

void* Ride::guard(void* self) {
  static_cast<Ride*>(self)->keepWatch();
  return nullptr;
}

void Ride::keepWatch() {
  uint64_t last = 0;
  uint32_t stuck = 0;
  uint32_t quiet = 0;
  for (;;) {
    uint32_t state = state_.load();
    if (state == CLOSING) return;
    if (state == QUIET && ++quiet > CHECKS_BEFORE_SLEEP) {
      // All CPUs again. A ride that begins at this moment has the guard on its own CPU until it moves.
      sched_setaffinity(0, sizeof allowed_, &allowed_);
      if (state_.compare_exchange_strong(state, ASLEEP)) {
        while (state_.load() == ASLEEP) futex(&state_, FUTEX_WAIT, ASLEEP);
        quiet = 0;
        continue;
      }
    }
    const timespec pause = {0, LOOK_NANOSECONDS};
    nanosleep(&pause, nullptr);
    state = state_.load();
    if (state != STARTING && state != RIDING) {
      stuck = 0;
      continue;
    }
    quiet = 0;
    // A ride that starts is work under way.
    stuck = state == STARTING || isStuck(&last) ? stuck + 1 : 0;
    if (stuck < CHECKS_BEFORE_RAISE) continue;
    stuck = 0;
    if (state == STARTING) makeOrdinary();
    else raise();
  }
}

// Whether work waits, and the loop's thread has begun and ended no turn since the last check.
bool Ride::isStuck(uint64_t* last) const {
  const uint64_t progress = progress_.load(std::memory_order_acquire);
  const bool stood = progress == *last;
  *last = progress;
  if (!stood) return false;
  if (progress % 2 == 1) return true;
  pollfd polled[2] = {{faults_.load(std::memory_order_relaxed), POLLIN, 0}, {others_.load(std::memory_order_relaxed), POLLIN, 0}};
  return poll(polled, 2, 0) > 0;
}

void Ride::makeOrdinary() {
  setPolicy(loop_, SCHED_OTHER);
  sched_setaffinity(loop_, sizeof allowed_, &allowed_);
}

// Claims the ride first: while it is RAISING the loop's thread, which may run already, begins no other.
void Ride::raise() {
  uint32_t state = RIDING;
  if (!state_.compare_exchange_strong(state, RAISING)) return;
  makeOrdinary();
  raisedCount_.fetch_add(1, std::memory_order_relaxed);
  state = RAISING;
  state_.compare_exchange_strong(state, QUIET);
}

}  // namespace farpage
