// Ends guarded memory by cutting its file to nothing: after that the kernel answers each touch with SIGBUS, in every mapping of the
// file, whether a userfaultfd is registered there or not.
#include "door/guard.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <list>
#include <mutex>

#include "endings/last-resort.h"
#include "kernel/uffd.h"

namespace farpage {

namespace {

struct Guard {
  /** As its owner has it: other code may have closed it. */
  int userfaultfd;
  uint64_t inode;
  /** Copies. */
  int held;
  int file;
  uint64_t start;
  uint64_t length;
};

// Process-wide, and never destroyed: a Worker's environment may end after static objects are destroyed.
std::mutex& mutex = *new std::mutex;
std::list<Guard>& guards = *new std::list<Guard>;
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

/** False: there is none. */
bool endWhere(const std::function<bool(const Guard&)>& ends) {
  bool found = false;
  for (auto at = guards.begin(); at != guards.end();) {
    if (!ends(*at)) {
      ++at;
      continue;
    }
    found = true;
    if (exiting) return true;
    const Guard guard = *at;
    at = guards.erase(at);
    removeMemory(guard);
    // A child of fork may hold the userfaultfd too: then a close wakes nobody.
    wake(guard.held, guard.start, guard.length);
    close(guard.file);
    close(guard.held);
  }
  return found;
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
  const uint64_t inode = inodeOf(held);
  endWhere([&](const Guard& guard) { return guard.userfaultfd == userfaultfd && guard.inode != inode; });
  guards.push_back({userfaultfd, inode, held, heldFile, start, length});
  return 0;
}

bool endGuard(int userfaultfd, uint64_t inode) {
  const std::lock_guard<std::mutex> lock(mutex);
  return endWhere([&](const Guard& guard) { return guard.userfaultfd == userfaultfd && guard.inode == inode; });
}

std::set<int> guardsAtExit() {
  const std::lock_guard<std::mutex> lock(mutex);
  exiting = true;
  std::set<int> held;
  for (const Guard& guard : guards) held.insert(guard.held);
  return held;
}

}  // namespace farpage
