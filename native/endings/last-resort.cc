// The last resort's thread, which reads the first fault after a loop died and ends the process: see last-resort.h.
#include "endings/last-resort.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

#include "core-memory.h"
#include "layout.h"
#include "kernel/uffd.h"

namespace farpage {

using namespace layout;

namespace {

constexpr int EXIT_LOOP_DIED = 70;  // sysexits.h: EX_SOFTWARE
constexpr int EXIT_CHECKS = 25;
constexpr long EXIT_INTERVAL = 20 * 1000 * 1000;  // ns between two checks: half a second in all

// Process-wide, and never destroyed: the threads of this file outlive every environment (the addon is linked nodelete).
std::atomic<int> exiting{-1};
std::mutex& coresMutex = *new std::mutex;
std::vector<uint8_t*>& cores = *new std::vector<uint8_t*>;

[[noreturn]] void end() {
  const int code = exiting.load();
  if (code >= 0) _exit(code);
  static const char line[] =
      "farpage: a thread touched an absent page of a region whose pager has ended without closing it; its content "
      "cannot be loaded any more, so the process ends\n";
  endWith(line, sizeof line - 1);
}

bool somebodyWaits(uint8_t* core) {
  return at<uint32_t>(core, IN_FLIGHT_COUNT_AT) != 0 || at<uint32_t>(core, LIST_STARVED_AT + QUEUE_COUNT_AT) != 0 ||
         at<uint32_t>(core, LIST_PARKED_AT + QUEUE_COUNT_AT) != 0 || at<uint32_t>(core, MESSAGE_COUNT_AT) != 0 ||
         at<uint32_t>(core, COMMAND_HEAD_AT) != at<uint32_t>(core, COMMAND_DONE_AT);
}

void* watch(void* argument) {
  const int fd = static_cast<int>(reinterpret_cast<intptr_t>(argument));
  for (;;) {
    pollfd polled = {fd, POLLIN, 0};
    if (poll(&polled, 1, -1) < 0 && errno == EINTR) continue;
    uffd_msg message;
    if (read(fd, &message, sizeof message) != sizeof message) continue;
    if (message.event == UFFD_EVENT_PAGEFAULT) end();
  }
}

void* watchExit(void*) {
  int looks = 0;
  while (looks < EXIT_CHECKS) {
    const timespec interval = {0, EXIT_INTERVAL};
    nanosleep(&interval, nullptr);
    const std::lock_guard<std::mutex> lock(coresMutex);
    looks = std::any_of(cores.begin(), cores.end(), somebodyWaits) ? looks + 1 : 0;
  }
  end();
}

}  // namespace

bool spawn(void* (*work)(void*), void* argument) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  const bool made = pthread_create(&thread, nullptr, work, argument) == 0;
  if (made) pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return made;
}

void lastWords(const char* text, unsigned long length) {
  while (length > 0) {
    const ssize_t put = write(STDERR_FILENO, text, length);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return;
    text += put;
    length -= static_cast<unsigned long>(put);
  }
}

void endWith(const char* text, unsigned long length) {
  lastWords(text, length);
  _exit(EXIT_LOOP_DIED);
}

void enlist(uint8_t* core) {
  const std::lock_guard<std::mutex> lock(coresMutex);
  cores.push_back(core);
}

void dismiss(uint8_t* core) {
  const std::lock_guard<std::mutex> lock(coresMutex);
  cores.erase(std::remove(cores.begin(), cores.end(), core), cores.end());
}

void noteExit(int code) {
  if (exiting.exchange(code) < 0 && !spawn(watchExit, nullptr)) end();
}

void endForAbandoned() { end(); }

void startLastResort(int fd) {
  // If no thread can be started to watch, end now: nothing else would stop a thread from reading zeros.
  if (!spawn(watch, reinterpret_cast<void*>(static_cast<intptr_t>(fd)))) end();
}

}  // namespace farpage
