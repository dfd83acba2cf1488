// Ends guarded memory by cutting its file to nothing: after that the kernel answers each touch with SIGBUS, in every mapping of the
// file, whether a userfaultfd is registered there or not.
#include "door/guard.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <mutex>

#include "endings/last-resort.h"
#include "kernel/uffd.h"

namespace farpage {

namespace {

struct Guard {
  int userfaultfd;
  int file;
  uint64_t start;
  uint64_t length;
};

// Process-wide, and never destroyed: a Worker's environment may end after static objects are destroyed.
std::mutex& mutex = *new std::mutex;
std::map<int, Guard>& guards = *new std::map<int, Guard>;
bool exiting = false;

// A copy above the numbers that other code opens and closes, where the limit of open files allows it. -1: errno says why not.
int copyOf(int fd) {
  constexpr int ABOVE = 512;
  const int high = fcntl(fd, F_DUPFD_CLOEXEC, ABOVE);
  return high >= 0 || errno != EINVAL ? high : fcntl(fd, F_DUPFD_CLOEXEC, 0);
}

void removeMemory(const Guard& guard) {
  if (ftruncate(guard.file, 0) == 0) return;
  // SIGSEGV in its place.
  if (mprotect(reinterpret_cast<void*>(guard.start), guard.length, PROT_NONE) == 0) return;
  static const char line[] = "farpage: the memory of a shared region cannot be removed, so the process ends\n";
  endWith(line, sizeof line - 1);
}

}  // namespace

int beginGuard(int userfaultfd, int file, uint64_t start, uint64_t length) {
  const int held = copyOf(userfaultfd);
  if (held < 0) return errno;
  const int heldFile = copyOf(file);
  if (heldFile < 0) {
    const int error = errno;
    close(held);
    return error;
  }
  const std::lock_guard<std::mutex> lock(mutex);
  guards[userfaultfd] = {held, heldFile, start, length};
  return 0;
}

bool endGuard(int userfaultfd) {
  const std::lock_guard<std::mutex> lock(mutex);
  const auto found = guards.find(userfaultfd);
  if (found == guards.end()) return false;
  if (exiting) return true;
  const Guard guard = found->second;
  guards.erase(found);
  removeMemory(guard);
  // A child of fork may hold the userfaultfd too: then a close wakes nobody.
  wake(guard.userfaultfd, guard.start, guard.length);
  close(guard.file);
  close(guard.userfaultfd);
  return true;
}

std::set<int> guardsAtExit() {
  const std::lock_guard<std::mutex> lock(mutex);
  exiting = true;
  std::set<int> held;
  for (const auto& [number, guard] : guards) held.insert(guard.userfaultfd);
  return held;
}

}  // namespace farpage
