#include "warden.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstring>

#include "command.h"
#include "layout.h"
#include "uffd.h"

namespace farpage {

using namespace layout;

namespace {

constexpr int EXIT_LOOP_DIED = 70;  // sysexits.h: EX_SOFTWARE

[[noreturn]] void end(uint8_t* core) {
  const uint32_t exiting = __atomic_load_n(&at<uint32_t>(core, EXITING_AT), __ATOMIC_ACQUIRE);
  if (exiting != 0) _exit(static_cast<int>(exiting - 1));
  static const char line[] =
      "farpage: a thread touched an absent page of a region whose pager has ended without closing it; its content "
      "cannot be had any more, so the process ends\n";
  lastWords(line, sizeof line - 1);
  _exit(EXIT_LOOP_DIED);
}

bool somebodyWaits(uint8_t* core) {
  return at<uint32_t>(core, IN_FLIGHT_COUNT_AT) != 0 || at<uint32_t>(core, LIST_STARVED_AT + QUEUE_COUNT_AT) != 0 ||
         at<uint32_t>(core, LIST_PARKED_AT + QUEUE_COUNT_AT) != 0 || at<uint32_t>(core, MESSAGE_COUNT_AT) != 0 ||
         at<uint32_t>(core, COMMAND_HEAD_AT) != at<uint32_t>(core, COMMAND_DONE_AT);
}

void* watch(void* argument) {
  const Ward ward = *static_cast<Ward*>(argument);
  delete static_cast<Ward*>(argument);
  for (;;) {
    pollfd polled = {ward.fd, POLLIN, 0};
    if (poll(&polled, 1, -1) < 0 && errno == EINTR) continue;
    uffd_msg message;
    if (read(ward.fd, &message, sizeof message) != sizeof message) continue;
    if (message.event == UFFD_EVENT_PAGEFAULT) end(ward.core);
  }
}

}  // namespace

void lastWords(const char* text, unsigned long length) {
  while (length > 0) {
    const ssize_t put = write(STDERR_FILENO, text, length);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return;
    text += put;
    length -= static_cast<unsigned long>(put);
  }
}

void leaveToWarden(const Ward& ward) {
  if (somebodyWaits(ward.core)) end(ward.core);
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  auto* argument = new Ward(ward);
  // Without a thread to watch, the only way to keep the promise is to end now.
  if (pthread_create(&thread, nullptr, watch, argument) != 0) end(ward.core);
  pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace farpage
