// A page that fork wipes (MADV_WIPEONFORK) tells; without that advice, the process id does: see process-mark.h.
#include "kernel/process-mark.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace farpage {

namespace {

constexpr size_t BYTES = 4096;
const std::atomic<uint32_t>* mark = nullptr;
pid_t owner = 0;

}  // namespace

int markProcess() {
  static std::mutex& mutex = *new std::mutex;
  const std::lock_guard<std::mutex> lock(mutex);
  if (owner != 0) return 0;
  void* page = mmap(nullptr, BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return errno;
  if (madvise(page, BYTES, MADV_WIPEONFORK) == 0) {
    static_cast<std::atomic<uint32_t>*>(page)->store(1);
    mark = static_cast<std::atomic<uint32_t>*>(page);
  } else {
    munmap(page, BYTES);
  }
  owner = static_cast<pid_t>(syscall(SYS_getpid));
  return 0;
}

bool isForked() {
  if (mark != nullptr) return mark->load(std::memory_order_relaxed) == 0;
  return static_cast<pid_t>(syscall(SYS_getpid)) != owner;
}

}  // namespace farpage
