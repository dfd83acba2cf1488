// A thread that rides with itself and has work that it never does, so that the guard must raise it. Prints how often it was raised.
//   again       once, and once more after the guard has slept
//   before, after   while the guard raises it, and has yet to reset its CPUs or has just done so, it ends the ride and begins another
#include <dirent.h>
#include <poll.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "engine/ride.h"

namespace {

constexpr int LOOK_MS = 2;
constexpr int LOOKS = 5000;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::exit(1);
}

template <typename Test>
void until(Test test, const char* what) {
  for (int looks = 0; looks < LOOKS; looks++) {
    if (test()) return;
    poll(nullptr, 0, LOOK_MS);
  }
  fail(what);
}

enum Hold { NOWHERE, BEFORE, AFTER };
std::atomic<Hold> hold{NOWHERE};
std::atomic<bool> held{false};

void holdUp() {
  held = true;
  while (hold != NOWHERE) poll(nullptr, 0, LOOK_MS);
  held = false;
}

/** The only other thread of this process. */
long guardOf(long self) {
  DIR* tasks = opendir("/proc/self/task");
  long found = 0;
  while (const dirent* entry = readdir(tasks)) {
    const long task = std::atol(entry->d_name);
    if (task != 0 && task != self) found = task;
  }
  closedir(tasks);
  return found;
}

/** The system call that it waits in; -1: in none. */
long callOf(long thread) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/self/task/%ld/syscall", thread);
  FILE* file = std::fopen(path, "r");
  long number = -1;
  if (file == nullptr || std::fscanf(file, "%ld", &number) != 1) number = -1;
  if (file != nullptr) std::fclose(file);
  return number;
}

/** It waits in futex(2) only when there has been no ride for a while. */
bool sleeps(long guard) { return callOf(guard) == SYS_futex; }

/** It pauses between two checks. */
bool pauses(long guard) { return callOf(guard) == SYS_clock_nanosleep || callOf(guard) == SYS_nanosleep; }

void requireOrdinary(const cpu_set_t& all) {
  cpu_set_t now;
  if (sched_getscheduler(0) != SCHED_OTHER) fail("it is not an ordinary thread any more");
  if (sched_getaffinity(0, sizeof now, &now) != 0 || !CPU_EQUAL(&now, &all)) fail("it cannot run on all CPUs any more");
}

/** It pins itself while it rides, unless the guard has raised it already: then the guard alone tells. */
void requireApart(long guard, const cpu_set_t& all) {
  cpu_set_t own;
  cpu_set_t guards;
  if (sched_getaffinity(0, sizeof own, &own) != 0) fail("no CPUs");
  if (sched_getaffinity(static_cast<pid_t>(guard), sizeof guards, &guards) != 0) fail("the guard has no CPUs");
  cpu_set_t both;
  CPU_AND(&both, &own, &guards);
  const bool apart = CPU_COUNT(&own) > 1 || CPU_COUNT(&both) == 0;
  if (CPU_COUNT(&guards) != CPU_COUNT(&all) - 1 || !apart) fail("the guard may run on the CPU of the ride");
}

}  // namespace

// In place of the C library's: the guard's calls, which name another thread, can be held up.
extern "C" int sched_setaffinity(pid_t thread, size_t bytes, const cpu_set_t* cpus) noexcept {
  if (thread != 0 && hold == BEFORE) holdUp();
  const long result = syscall(SYS_sched_setaffinity, thread, bytes, cpus);
  if (thread != 0 && hold == AFTER) holdUp();
  return result < 0 ? -1 : 0;
}

int main(int, char** arguments) {
  const bool again = std::strcmp(arguments[1], "again") == 0;
  const Hold where = std::strcmp(arguments[1], "before") == 0 ? BEFORE : AFTER;
  int work[2];
  int nothing[2];
  cpu_set_t all;
  if (pipe(work) != 0 || pipe(nothing) != 0 || write(work[1], "", 1) != 1) fail("no pipes");
  if (sched_getaffinity(0, sizeof all, &all) != 0) fail("no CPUs");
  const auto self = static_cast<uint32_t>(syscall(SYS_gettid));
  farpage::Ride ride;
  if (!ride.open()) fail("this thread may not ride");
  const long guard = guardOf(self);
  const auto begins = [&] { return ride.begin(self, work[0], nothing[0]); };
  uint64_t raised = 0;
  for (int round = 0; round < 2; round++) {
    // It rests for a while after it was raised, and while the scheduler moves it between CPUs.
    until(begins, "it does not ride");
    requireApart(guard, all);
    if (!again) {
      // Where a ride takes long to start the guard ends that, which is no raise: it is held up only at what it does after a pause.
      for (hold = where; !pauses(guard); hold = where) {
        hold = NOWHERE;
        until([] { return !held.load(); }, "the guard is held up");
        until(begins, "it does not ride");
      }
      until([] { return held.load(); }, "nobody raises it");
      ride.end();
      if (begins()) fail("it rides again while the guard is about to raise it");
      hold = NOWHERE;
    }
    until([&] { return ride.figures().raised > raised; }, "nobody raises it");
    raised = ride.figures().raised;
    if (again) until([&] { return sleeps(guard); }, "the guard does not sleep");
    ride.end();
    requireOrdinary(all);
  }
  std::printf("%llu\n", static_cast<unsigned long long>(raised));
  return 0;
}
