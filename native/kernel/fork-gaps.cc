// Reads the gaps of a fork from /proc/PID/smaps.
#include "kernel/fork-gaps.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace farpage {

namespace {

// `VmFlags: rd wr mr mw me dc um uw`: each flag is two letters after a blank.
bool hasFlag(const char* flags, const char* flag) {
  const char* found = std::strstr(flags, flag);
  return found != nullptr && found[-1] == ' ' && (found[2] == ' ' || found[2] == '\n' || found[2] == '\0');
}

// `7f0000000000-7f0000200000 rw-p …`; every other line of a mapping has a name and a colon first.
bool isRange(const char* line, Gap& range) {
  unsigned long long start = 0;
  unsigned long long end = 0;
  if (std::sscanf(line, "%llx-%llx ", &start, &end) != 2) return false;
  range = {start, end};
  return true;
}

}  // namespace

int listForkGaps(int pid, Gap* gaps, uint32_t& count) {
  char path[32];
  std::snprintf(path, sizeof path, "/proc/%d/smaps", pid);
  std::FILE* file = std::fopen(path, "re");
  if (file == nullptr) return errno;
  const uint32_t room = count;
  count = 0;
  Gap range = {0, 0};
  char* line = nullptr;
  size_t size = 0;
  int error = 0;
  while (error == 0 && getline(&line, &size, file) > 0) {
    if (std::strncmp(line, "VmFlags:", 8) != 0) {
      isRange(line, range);
      continue;
    }
    const bool paged = hasFlag(line, "um") || hasFlag(line, "uw");
    if (!paged || (!hasFlag(line, "dc") && !hasFlag(line, "wf"))) continue;
    if (count > 0 && gaps[count - 1].end == range.start) gaps[count - 1].end = range.end;
    else if (count == room) error = ENOSPC;
    else gaps[count++] = range;
  }
  if (error == 0 && std::ferror(file) != 0) error = EIO;
  std::free(line);
  std::fclose(file);
  return error;
}

}  // namespace farpage
