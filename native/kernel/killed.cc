// Reads /proc about a process that may have been killed: see killed.h. No malloc: called between two system calls of a loop.
#include "kernel/killed.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace farpage {

namespace {

constexpr size_t TEXT = 4096;
constexpr uint64_t KILL = uint64_t{1} << (SIGKILL - 1);
// PF_EXITING of the kernel's include/linux/sched.h, in the ninth field of /proc/PID/stat.
constexpr unsigned long EXITING = 0x4;
// Fields after the name, which may contain blanks; the third of proc(5) is the first of them.
constexpr int FLAGS_FIELD = 9 - 3;

bool readText(const char* path, char* text) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  size_t length = 0;
  for (ssize_t read = 1; read > 0 && length < TEXT - 1; length += read > 0 ? static_cast<size_t>(read) : 0) {
    read = ::read(file, text + length, TEXT - 1 - length);
  }
  close(file);
  text[length] = 0;
  return length > 0;
}

// The number after the name of a line; 0: there is no such line.
uint64_t numberOf(const char* text, const char* name, int base) {
  const char* line = std::strstr(text, name);
  return line == nullptr ? 0 : std::strtoull(line + std::strlen(name), nullptr, base);
}

bool isExiting(const char* stat) {
  const char* field = std::strrchr(stat, ')');
  for (int i = 0; field != nullptr && i <= FLAGS_FIELD; i++) field = std::strchr(field + 1, ' ');
  return field != nullptr && (std::strtoul(field, nullptr, 10) & EXITING) != 0;
}

}  // namespace

bool isBeingKilled(int pidfd) {
  char path[64];
  char text[TEXT];
  std::snprintf(path, sizeof path, "/proc/self/fdinfo/%d", pidfd);
  if (!readText(path, text)) return false;
  // -1: it has ended, and was waited for.
  const auto pid = static_cast<int64_t>(numberOf(text, "\nPid:", 10));
  if (pid <= 0) return pid < 0;
  std::snprintf(path, sizeof path, "/proc/%lld/status", static_cast<long long>(pid));
  if (!readText(path, text)) return false;
  if (((numberOf(text, "\nSigPnd:", 16) | numberOf(text, "\nShdPnd:", 16)) & KILL) != 0) return true;
  std::snprintf(path, sizeof path, "/proc/%lld/stat", static_cast<long long>(pid));
  return readText(path, text) && isExiting(text);
}

}  // namespace farpage
