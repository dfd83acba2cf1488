#include "placement.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace farpage {

namespace {

// The CPU a thread of this process ran on last: field 39 of its stat (proc_pid_stat(5)); -1 where it is gone.
int cpuOf(uint32_t thread) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/self/task/%u/stat", thread);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  char text[1024];
  const ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  if (length <= 0) return -1;
  text[length] = '\0';
  // The name in field 2 may hold spaces: fields are counted from behind it.
  const char* field = std::strrchr(text, ')');
  for (int number = 2; field != nullptr && number < 39; number++) field = std::strchr(field + 1, ' ');
  return field == nullptr ? -1 : std::atoi(field + 1);
}

}  // namespace

int Placement::pin(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) return errno;
  pinned_ = true;
  return 0;
}

void Placement::saw(uint32_t thread) {
  if (pinned_) return;
  if (thread != thread_) {
    thread_ = thread;
    turns_ = 0;
    if (following_ >= 0) release();
    return;
  }
  if (++turns_ % TURNS == 0) follow(thread);
}

void Placement::follow(uint32_t thread) {
  if (!known_) {
    if (sched_getaffinity(0, sizeof allowed_, &allowed_) != 0) return;
    known_ = true;
  }
  const int cpu = cpuOf(thread);
  if (cpu < 0 || cpu >= CPU_SETSIZE || cpu == following_ || !CPU_ISSET(cpu, &allowed_)) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  // Refused (a cpuset that changed meanwhile, say) it stays where it is: placement is never needed for correctness.
  if (sched_setaffinity(0, sizeof set, &set) == 0) following_ = cpu;
}

void Placement::release() {
  if (sched_setaffinity(0, sizeof allowed_, &allowed_) == 0) following_ = -1;
}

}  // namespace farpage
