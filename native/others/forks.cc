// Finds the memory that forks of paged processes do not inherit, before their events are read.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "endings/last-resort.h"
#include "kernel/fork-gaps.h"
#include "others/processes.h"
#include "programs/preload/agent.h"

namespace farpage {

using namespace layout;

namespace {

// A number from the descriptor's /proc/self/fdinfo; 0 if it is not there.
uint64_t informationOf(int fd, const char* name) {
  char path[40];
  snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  char text[256];
  const ssize_t length = file < 0 ? 0 : pread(file, text, sizeof text - 1, 0);
  if (file >= 0) close(file);
  text[std::max<ssize_t>(length, 0)] = '\0';
  const char* found = std::strstr(text, name);
  return found == nullptr ? 0 : std::strtoull(found + std::strlen(name), nullptr, 10);
}

}  // namespace

bool Remotes::Remote::asksForGaps() const {
  return forkAdvice || (control != nullptr && __atomic_load_n(&control->fork_advice, __ATOMIC_ACQUIRE) != 0);
}

// Once a fork's event is read, the forking thread runs and may change what is inherited (madvise). So the gaps are read
// while the event still waits: messages are read one by one, with a check of the gaps before each event. Only for programs
// that have ever asked for memory that is not inherited.
ssize_t Remotes::readAfterLook(const Remote& remote, uffd_msg* into) {
  // The kernel delivers faults before events: while a fault waits, the next message is not an event.
  if (informationOf(remote.fd, "pending:") == 0) {
    pollfd polled = {remote.fd, POLLIN, 0};
    if (poll(&polled, 1, 0) != 1 || (polled.revents & POLLIN) == 0) return 0;
    findGaps(remote);
  }
  return ::read(remote.fd, into, sizeof *into);
}

// Unknown gaps must not be guessed: the child would get bytes that its parent withholds from it.
void Remotes::findGaps(const Remote& parent) {
  const auto pid = static_cast<int>(parent.program < 0 ? 0 : informationOf(parent.program, "Pid:"));
  gapsFirst_ = gapsUsed_;
  gapsCount_ = GAP_LIMIT - 1 - gapsUsed_;
  auto* gaps = reinterpret_cast<Gap*>(core_ + GAPS_AT + uint64_t{gapsUsed_} * GAP_BYTES);
  const int failed = pid == 0 ? ESRCH : listForkGaps(pid, gaps, gapsCount_);
  if (failed == 0) return;
  gapsCount_ = GAP_LIMIT;
  char line[192];
  const int length = snprintf(line, sizeof line,
                              "farpage: what a fork of process %d does not inherit cannot be read from its smaps (%s): the "
                              "fork cannot have its memory\n",
                              pid, strerror(failed));
  lastWords(line, std::min(static_cast<size_t>(length), sizeof line - 1));
}

void Remotes::reportGaps(const Remote& parent, uffd_msg& message, bool looked) {
  uint32_t gaps = 0;
  if (parent.asksForGaps()) {
    // The program asked for such memory after the read began: take the gaps of now and of before the read.
    if (!looked) findGaps(parent);
    gaps = gapsFirst_ | gapsCount_ << 16;
    if (gapsCount_ != GAP_LIMIT) gapsUsed_ = gapsFirst_ + gapsCount_;
  }
  std::memcpy(reinterpret_cast<uint8_t*>(&message) + MESSAGE_GAPS_AT, &gaps, sizeof gaps);
}

}  // namespace farpage
