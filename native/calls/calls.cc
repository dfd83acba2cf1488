// The wrappers of calls.h. Each first asks whether the buffer is in a region, and most are not.
#include "calls/calls.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdint>

#include "calls/bounce.h"
#include "calls/process.h"
#include "calls/ranges.h"

namespace farpage {

namespace {

static_assert(sizeof(off_t) == sizeof(int64_t), "pread and pread64 are the same");

template <typename Function>
struct Original {
  const char* name;
  Function* call = nullptr;

  void find(Finder finder) { call = reinterpret_cast<Function*>(finder(name)); }
};

Original<ssize_t(int, void*, size_t)> originalRead{"read"};
Original<ssize_t(int, const void*, size_t)> originalWrite{"write"};
Original<ssize_t(int, void*, size_t, off_t)> originalPread{"pread64"};
Original<ssize_t(int, const void*, size_t, off_t)> originalPwrite{"pwrite64"};
Original<ssize_t(int, const iovec*, int)> originalReadv{"readv"};
Original<ssize_t(int, const iovec*, int)> originalWritev{"writev"};
Original<ssize_t(int, const iovec*, int, off_t)> originalPreadv{"preadv64"};
Original<ssize_t(int, const iovec*, int, off_t)> originalPwritev{"pwritev64"};
Original<ssize_t(int, msghdr*, int)> originalRecvmsg{"recvmsg"};
Original<ssize_t(int, const msghdr*, int)> originalSendmsg{"sendmsg"};
Original<int(int, mmsghdr*, unsigned, int)> originalSendmmsg{"sendmmsg"};

// The sum of the lengths; false if the kernel refuses it.
bool sumOf(const iovec* vectors, int count, size_t* total) {
  *total = 0;
  if (count < 0 || count > IOV_MAX) return false;
  for (int i = 0; i < count; i++) {
    if (vectors[i].iov_len > SSIZE_MAX - *total) return false;
    *total += vectors[i].iov_len;
  }
  return true;
}

// A datagram stays whole; other bytes go in chunks.
size_t chunkOf(int fd, size_t total) {
  if (total <= Bounce::CHUNK) return total;
  int type = 0;
  socklen_t length = sizeof type;
  const bool whole = getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0 && type != SOCK_STREAM;
  return whole ? total : Bounce::CHUNK;
}

// After a full chunk another read could block, unless it is of a file.
bool isFile(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

ssize_t failWith(int error) {
  errno = error;
  return -1;
}

// `call(iovec, done)` reads into memory outside regions, `done` bytes after the place asked for.
template <typename Call>
ssize_t readThrough(int fd, const iovec* vectors, int count, size_t total, const Call& call) {
  const size_t chunk = chunkOf(fd, total);
  const Bounce bounce(chunk, vectors[0].iov_base);
  if (bounce.data() == nullptr) return failWith(ENOMEM);
  for (size_t done = 0;;) {
    iovec one = {bounce.data(), std::min(chunk, total - done)};
    const ssize_t got = call(&one, done);
    if (got < 0) return done > 0 ? static_cast<ssize_t>(done) : -1;
    // MSG_TRUNC: a datagram's whole length, of which the buffer has a part.
    const size_t have = std::min(static_cast<size_t>(got), one.iov_len);
    const size_t copied = bounce.put(vectors, count, done, have);
    if (copied < have) return done + copied > 0 ? static_cast<ssize_t>(done + copied) : failWith(EFAULT);
    done += static_cast<size_t>(got);
    if (have < one.iov_len || done >= total || !isFile(fd)) return static_cast<ssize_t>(done);
  }
}

// `call(iovec, done)` writes from memory outside regions.
template <typename Call>
ssize_t writeThrough(int fd, const iovec* vectors, int count, size_t total, const Call& call) {
  const size_t chunk = chunkOf(fd, total);
  const Bounce bounce(chunk, vectors[0].iov_base);
  if (bounce.data() == nullptr) return failWith(ENOMEM);
  for (size_t done = 0;;) {
    iovec one = {bounce.data(), std::min(chunk, total - done)};
    // A page cannot be loaded: as much as the kernel says of an unreadable buffer.
    if (bounce.take(vectors, count, done, one.iov_len) < one.iov_len) {
      return done > 0 ? static_cast<ssize_t>(done) : failWith(EFAULT);
    }
    const ssize_t put = call(&one, done);
    if (put < 0) return done > 0 ? static_cast<ssize_t>(done) : -1;
    done += static_cast<size_t>(put);
    if (static_cast<size_t>(put) < one.iov_len || done >= total) return static_cast<ssize_t>(done);
  }
}

bool goesThrough(const void* start, size_t length) { return isServed(start, length) && !callsDirectly(); }

bool goesThrough(const iovec* vectors, int count, size_t* total) {
  return isServed(vectors, count) && !callsDirectly() && sumOf(vectors, count, total);
}

bool goesThrough(const msghdr& message, size_t* total) {
  return message.msg_iovlen <= IOV_MAX &&
         goesThrough(message.msg_iov, static_cast<int>(message.msg_iovlen), total);
}

ssize_t wrapRead(int fd, void* to, size_t length) {
  if (!goesThrough(to, length) || length > SSIZE_MAX) return originalRead.call(fd, to, length);
  const iovec vector = {to, length};
  return readThrough(fd, &vector, 1, length, [&](const iovec* one, size_t) {
    return originalRead.call(fd, one->iov_base, one->iov_len);
  });
}

ssize_t wrapWrite(int fd, const void* from, size_t length) {
  if (!goesThrough(from, length) || length > SSIZE_MAX) return originalWrite.call(fd, from, length);
  const iovec vector = {const_cast<void*>(from), length};
  return writeThrough(fd, &vector, 1, length, [&](const iovec* one, size_t) {
    return originalWrite.call(fd, one->iov_base, one->iov_len);
  });
}

ssize_t wrapPread(int fd, void* to, size_t length, off_t at) {
  if (!goesThrough(to, length) || length > SSIZE_MAX) return originalPread.call(fd, to, length, at);
  const iovec vector = {to, length};
  return readThrough(fd, &vector, 1, length, [&](const iovec* one, size_t done) {
    return originalPread.call(fd, one->iov_base, one->iov_len, at + static_cast<off_t>(done));
  });
}

ssize_t wrapPwrite(int fd, const void* from, size_t length, off_t at) {
  if (!goesThrough(from, length) || length > SSIZE_MAX) return originalPwrite.call(fd, from, length, at);
  const iovec vector = {const_cast<void*>(from), length};
  return writeThrough(fd, &vector, 1, length, [&](const iovec* one, size_t done) {
    return originalPwrite.call(fd, one->iov_base, one->iov_len, at + static_cast<off_t>(done));
  });
}

ssize_t wrapReadv(int fd, const iovec* vectors, int count) {
  size_t total = 0;
  if (!goesThrough(vectors, count, &total)) return originalReadv.call(fd, vectors, count);
  return readThrough(fd, vectors, count, total,
                     [&](const iovec* one, size_t) { return originalReadv.call(fd, one, 1); });
}

ssize_t wrapWritev(int fd, const iovec* vectors, int count) {
  size_t total = 0;
  if (!goesThrough(vectors, count, &total)) return originalWritev.call(fd, vectors, count);
  return writeThrough(fd, vectors, count, total,
                      [&](const iovec* one, size_t) { return originalWritev.call(fd, one, 1); });
}

ssize_t wrapPreadv(int fd, const iovec* vectors, int count, off_t at) {
  size_t total = 0;
  if (!goesThrough(vectors, count, &total)) return originalPreadv.call(fd, vectors, count, at);
  return readThrough(fd, vectors, count, total, [&](const iovec* one, size_t done) {
    return originalPreadv.call(fd, one, 1, at + static_cast<off_t>(done));
  });
}

ssize_t wrapPwritev(int fd, const iovec* vectors, int count, off_t at) {
  size_t total = 0;
  if (!goesThrough(vectors, count, &total)) return originalPwritev.call(fd, vectors, count, at);
  return writeThrough(fd, vectors, count, total, [&](const iovec* one, size_t done) {
    return originalPwritev.call(fd, one, 1, at + static_cast<off_t>(done));
  });
}

ssize_t wrapRecvmsg(int fd, msghdr* message, int flags) {
  size_t total = 0;
  if (!goesThrough(*message, &total)) return originalRecvmsg.call(fd, message, flags);
  const auto count = static_cast<int>(message->msg_iovlen);
  return readThrough(fd, message->msg_iov, count, total, [&](iovec* one, size_t) {
    msghdr outside = *message;
    outside.msg_iov = one;
    outside.msg_iovlen = 1;
    const ssize_t got = originalRecvmsg.call(fd, &outside, flags);
    message->msg_namelen = outside.msg_namelen;
    message->msg_controllen = outside.msg_controllen;
    message->msg_flags = outside.msg_flags;
    return got;
  });
}

// Descriptors that a message carries go with its first chunk, and a stream's sender sends the rest.
ssize_t wrapSendmsg(int fd, const msghdr* message, int flags) {
  size_t total = 0;
  if (!goesThrough(*message, &total)) return originalSendmsg.call(fd, message, flags);
  const auto count = static_cast<int>(message->msg_iovlen);
  const size_t first = chunkOf(fd, total);
  return writeThrough(fd, message->msg_iov, count, first, [&](iovec* one, size_t) {
    msghdr outside = *message;
    outside.msg_iov = one;
    outside.msg_iovlen = 1;
    return originalSendmsg.call(fd, &outside, flags);
  });
}

int wrapSendmmsg(int fd, mmsghdr* messages, unsigned count, int flags) {
  bool through = false;
  for (unsigned i = 0; i < count && !through; i++) {
    size_t total = 0;
    through = goesThrough(messages[i].msg_hdr, &total);
  }
  if (!through) return originalSendmmsg.call(fd, messages, count, flags);
  for (unsigned i = 0; i < count; i++) {
    const ssize_t sent = wrapSendmsg(fd, &messages[i].msg_hdr, flags);
    if (sent < 0) return i > 0 ? static_cast<int>(i) : -1;
    messages[i].msg_len = static_cast<unsigned>(sent);
  }
  return static_cast<int>(count);
}

template <auto& original>
void* addressOf() {
  return reinterpret_cast<void*>(original.call);
}

template <typename Function>
void* address(Function* function) {
  return reinterpret_cast<void*>(function);
}

// musl has no names that end in 64, or makes them the same function.
template <typename Function>
void findEither(Original<Function>& original, Finder finder, const char* plain) {
  original.find(finder);
  if (original.call == nullptr) original.call = reinterpret_cast<Function*>(finder(plain));
}

}  // namespace

const Wrapped wrappedCalls[] = {
    {"read", address(wrapRead), addressOf<originalRead>},
    {"write", address(wrapWrite), addressOf<originalWrite>},
    {"pread", address(wrapPread), addressOf<originalPread>},
    {"pread64", address(wrapPread), addressOf<originalPread>},
    {"pwrite", address(wrapPwrite), addressOf<originalPwrite>},
    {"pwrite64", address(wrapPwrite), addressOf<originalPwrite>},
    {"readv", address(wrapReadv), addressOf<originalReadv>},
    {"writev", address(wrapWritev), addressOf<originalWritev>},
    {"preadv", address(wrapPreadv), addressOf<originalPreadv>},
    {"preadv64", address(wrapPreadv), addressOf<originalPreadv>},
    {"pwritev", address(wrapPwritev), addressOf<originalPwritev>},
    {"pwritev64", address(wrapPwritev), addressOf<originalPwritev>},
    {"recvmsg", address(wrapRecvmsg), addressOf<originalRecvmsg>},
    {"sendmsg", address(wrapSendmsg), addressOf<originalSendmsg>},
    {"sendmmsg", address(wrapSendmmsg), addressOf<originalSendmmsg>},
    {"sigaction", address(wrapSigaction), [] { return address(originalSigaction); }},
    {"dlopen", address(wrapDlopen), [] { return address(originalDlopen); }},
};
const size_t WRAPPED_CALLS = sizeof wrappedCalls / sizeof *wrappedCalls;

void findOriginals(Finder finder) {
  originalRead.find(finder);
  originalWrite.find(finder);
  findEither(originalPread, finder, "pread");
  findEither(originalPwrite, finder, "pwrite");
  originalReadv.find(finder);
  originalWritev.find(finder);
  findEither(originalPreadv, finder, "preadv");
  findEither(originalPwritev, finder, "pwritev");
  originalRecvmsg.find(finder);
  originalSendmsg.find(finder);
  originalSendmmsg.find(finder);
  originalSigaction = reinterpret_cast<Sigaction*>(finder("sigaction"));
  originalDlopen = reinterpret_cast<Dlopen*>(finder("dlopen"));
}

}  // namespace farpage
