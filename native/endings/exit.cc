// Ends an exiting process whose Workers block on pages that only it could fill: see exit.h.
#include "endings/exit.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

namespace farpage {

namespace {

constexpr int MAX_CHECKS = 25;
constexpr long INTERVAL = 20 * 1000 * 1000;  // ns between two checks: half a second in all

struct Leaving {
  int code;
  std::set<int> userfaultfds;
};

// Whether a thread waits for the descriptor's pages, by its fdinfo; false if the descriptor is closed.
bool hasWaiters(int fd) {
  const std::string path = "/proc/self/fdinfo/" + std::to_string(fd);
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  char text[512];
  const ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return false;
  text[length] = 0;
  const char* total = strstr(text, "total:");
  return total != nullptr && strtoul(total + strlen("total:"), nullptr, 10) > 0;
}

void* look(void* argument) {
  const auto* leaving = static_cast<Leaving*>(argument);
  for (int waited = 0; waited < MAX_CHECKS;) {
    const timespec pause = {0, INTERVAL};
    nanosleep(&pause, nullptr);
    bool waits = false;
    for (const int fd : leaving->userfaultfds) waits = waits || hasWaiters(fd);
    waited = waits ? waited + 1 : 0;
  }
  _exit(leaving->code);
}

}  // namespace

void exitIfBlocked(int code, const std::set<int>& userfaultfds) {
  if (userfaultfds.empty()) return;
  // Never freed: the thread uses it until the process ends.
  auto* leaving = new Leaving{code, userfaultfds};
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  if (pthread_create(&thread, nullptr, look, leaving) == 0) {
    pthread_detach(thread);
  } else {
    delete leaving;
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace farpage
