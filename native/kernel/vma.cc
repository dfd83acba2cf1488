// Reads /proc/self/maps, whose lines begin with "start-end " in hexadecimal: see vma.h.
#include "kernel/vma.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace farpage {

namespace {

/** One line at a time, from reads of any length. */
class Lines {
 public:
  /** True if a line was read whose mapping has the address. */
  bool take(char byte, uint64_t address) {
    if (byte == '\n') {
      part_ = 0;
      bounds_[0] = bounds_[1] = 0;
      return false;
    }
    if (part_ == 2) return false;
    if (byte == '-' || byte == ' ') return ++part_ == 2 && address >= bounds_[0] && address < bounds_[1];
    bounds_[part_] = bounds_[part_] << 4 | static_cast<uint64_t>(byte <= '9' ? byte - '0' : byte - 'a' + 10);
    return false;
  }
  uint64_t start() const { return bounds_[0]; }

 private:
  uint64_t bounds_[2] = {0, 0};
  int part_ = 0;
};

}  // namespace

uint64_t mappingStart(uint64_t address) {
  const int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  Lines lines;
  uint64_t found = 0;
  char bytes[4096];
  for (ssize_t got; found == 0 && (got = read(fd, bytes, sizeof bytes)) != 0;) {
    if (got < 0 && errno != EINTR) break;
    for (ssize_t i = 0; i < got && found == 0; i++) {
      if (lines.take(bytes[i], address)) found = lines.start();
    }
  }
  close(fd);
  return found;
}

}  // namespace farpage
