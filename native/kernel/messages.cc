// Writes a message to standard error within a time limit: see messages.h.
#include "kernel/messages.h"

#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "args.h"

namespace farpage {

namespace {

// PIPE_BUF: a pipe that poll(2) reports as writable has room for this many bytes.
constexpr size_t AT_ONCE = 4096;

long now() {
  timespec time = {};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

ssize_t put(const char* from, size_t length) {
  const ssize_t sent = send(STDERR_FILENO, from, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  return sent < 0 && errno == ENOTSOCK ? write(STDERR_FILENO, from, length) : sent;
}

// writeMessage(text, patience): whether all of it was written within `patience` milliseconds. It never throws: the reader
// may have gone, its disk may be full, or it may have stopped reading. It leaves the flags of the open file alone, because
// other processes share them.
Napi::Value writeMessage(const Napi::CallbackInfo& info) {
  const Arguments args(info, "writeMessage");
  const std::string text = args.text(0, "text");
  const long end = now() + args.int64(1, "patience");
  size_t done = 0;
  while (done < text.size()) {
    pollfd polled = {STDERR_FILENO, POLLOUT, 0};
    const int ready = poll(&polled, 1, static_cast<int>(std::max(0L, end - now())));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) break;
    const ssize_t written = put(text.data() + done, std::min(AT_ONCE, text.size() - done));
    if (written > 0) {
      done += static_cast<size_t>(written);
    } else if (errno == EAGAIN && now() < end) {
      const timespec pause = {0, 1000000};
      nanosleep(&pause, nullptr);
    } else if (errno != EINTR) {
      break;
    }
  }
  return Napi::Boolean::New(info.Env(), done == text.size());
}

}  // namespace

void defineMessages(Napi::Env env, Napi::Object exports) {
  exports.Set("writeMessage", Napi::Function::New<writeMessage>(env, "writeMessage"));
}

}  // namespace farpage
