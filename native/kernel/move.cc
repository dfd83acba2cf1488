// The UFFDIO_MOVE of move.h: asks the kernel what has moved when it answers EEXIST.
#include "kernel/move.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

namespace farpage {

namespace {

constexpr uint64_t PAGE = 4096;
// Of an entry of /proc/self/pagemap: the page is in memory, or in the kernel's swap.
constexpr uint64_t PRESENT = 1ull << 63;
constexpr uint64_t SWAPPED = 1ull << 62;

// Whether a page is mapped at each address. Without a descriptor to spare mincore(2) answers, which does not see swap.
class Mapped {
 public:
  Mapped() : pagemap_(open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)) {}
  ~Mapped() {
    if (pagemap_ >= 0) close(pagemap_);
  }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;

  bool at(uint64_t address) const {
    uint64_t entry = 0;
    const auto offset = static_cast<off_t>(address / PAGE * sizeof entry);
    if (pagemap_ >= 0 && pread(pagemap_, &entry, sizeof entry, offset) == sizeof entry) {
      return (entry & (PRESENT | SWAPPED)) != 0;
    }
    unsigned char resident = 0;
    return mincore(reinterpret_cast<void*>(address), PAGE, &resident) == 0 && (resident & 1) != 0;
  }

 private:
  const int pagemap_;
};

}  // namespace

Progress moveToEmpty(int fd, uint64_t target, uint64_t source, uint64_t length) {
  Progress progress = movePages(fd, target, source, length, 0);
  if (progress.error != EEXIST) return progress;
  const Mapped mapped;
  auto done = static_cast<uint64_t>(progress.bytes);
  while (done < length && !mapped.at(source + done) && mapped.at(target + done)) done += PAGE;
  progress.bytes = static_cast<int64_t>(done);
  if (done == length) progress.error = 0;
  return progress;
}

}  // namespace farpage
