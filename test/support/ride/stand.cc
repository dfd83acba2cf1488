// A thread that rides with itself and has work that it never does, so that the guard must raise it: once, and once more after the
// guard has slept. Prints how often it was raised.
#include <dirent.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

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

/** Whether it waits in futex(2), which it does only when it sleeps. */
bool sleeps(long thread) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/self/task/%ld/syscall", thread);
  FILE* file = std::fopen(path, "r");
  long number = -1;
  if (file == nullptr || std::fscanf(file, "%ld", &number) != 1) number = -1;
  if (file != nullptr) std::fclose(file);
  return number == SYS_futex;
}

}  // namespace

int main() {
  int work[2];
  int nothing[2];
  if (pipe(work) != 0 || pipe(nothing) != 0 || write(work[1], "", 1) != 1) fail("no pipes");
  const auto self = static_cast<uint32_t>(syscall(SYS_gettid));
  farpage::Ride ride;
  if (!ride.open()) fail("this thread may not ride");
  const long guard = guardOf(self);
  uint64_t raised = 0;
  for (int round = 0; round < 2; round++) {
    // It rests for a while after it was raised, and while the scheduler moves it between CPUs.
    until([&] { return ride.begin(self, work[0], nothing[0]); }, "it does not ride");
    until([&] { return ride.figures().raised > raised; }, "nobody raises it");
    raised = ride.figures().raised;
    until([&] { return sleeps(guard); }, "the guard does not sleep");
    ride.end();
  }
  std::printf("%llu\n", static_cast<unsigned long long>(raised));
  return 0;
}
