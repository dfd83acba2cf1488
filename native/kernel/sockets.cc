// Unix sockets with descriptors in their messages, and how a TCP connection does, for JavaScript. No call blocks.
#include "kernel/sockets.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "args.h"
#include "errors.h"

namespace farpage {

namespace {

constexpr size_t MAX_DESCRIPTORS = 253;  // SCM_MAX_FD
constexpr int BACKLOG = 64;
/** Of one `sendPieces`. */
constexpr size_t MAX_PIECES = 8;

sockaddr_un nameOf(Napi::Env env, const std::string& path, socklen_t* length) {
  sockaddr_un name = {};
  name.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof name.sun_path || path.find('\0') != std::string::npos) {
    throw systemError(env, "bind", ENAMETOOLONG);
  }
  std::memcpy(name.sun_path, path.data(), path.size());
  *length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
  return name;
}

int typeOf(bool stream) { return stream ? SOCK_STREAM : SOCK_SEQPACKET; }

int makeSocket(Napi::Env env, int type) {
  const int fd = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) throw systemError(env, "socket", errno);
  return fd;
}

[[noreturn]] void abandon(Napi::Env env, int fd, const char* call, int error) {
  close(fd);
  throw systemError(env, call, error);
}

// listen(path, stream): number, a listening socket whose file has mode 0600
Napi::Value onListen(const Napi::CallbackInfo& info) {
  const Arguments args(info, "listen");
  socklen_t length = 0;
  const sockaddr_un name = nameOf(info.Env(), args.text(0, "path"), &length);
  const int fd = makeSocket(info.Env(), typeOf(args.boolean(1, "stream")));
  // bind(2) gives the file the mode that the socket has, so no other user can ever open it.
  if (fchmod(fd, S_IRUSR | S_IWUSR) != 0) abandon(info.Env(), fd, "fchmod", errno);
  if (bind(fd, reinterpret_cast<const sockaddr*>(&name), length) != 0) abandon(info.Env(), fd, "bind", errno);
  if (listen(fd, BACKLOG) != 0) abandon(info.Env(), fd, "listen", errno);
  return Napi::Number::New(info.Env(), fd);
}

// connect(path, stream): number, or -1 if the listener's queue is full
Napi::Value onConnect(const Napi::CallbackInfo& info) {
  const Arguments args(info, "connect");
  socklen_t length = 0;
  const sockaddr_un name = nameOf(info.Env(), args.text(0, "path"), &length);
  int fd = makeSocket(info.Env(), typeOf(args.boolean(1, "stream")));
  if (connect(fd, reinterpret_cast<const sockaddr*>(&name), length) != 0) {
    if (errno != EAGAIN) abandon(info.Env(), fd, "connect", errno);
    close(fd);
    fd = -1;
  }
  return Napi::Number::New(info.Env(), fd);
}

// accept(fd): number, or -1 if no connection is waiting
Napi::Value onAccept(const Napi::CallbackInfo& info) {
  const int fd = accept4(Arguments(info, "accept").int32(0, "fd"), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0 && errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) {
    throw systemError(info.Env(), "accept4", errno);
  }
  return Napi::Number::New(info.Env(), fd < 0 ? -1 : fd);
}

// peer(fd): {pid, uid, gid} of the peer, when it connected or listened
Napi::Value onPeer(const Napi::CallbackInfo& info) {
  ucred peer = {};
  socklen_t length = sizeof peer;
  if (getsockopt(Arguments(info, "peer").int32(0, "fd"), SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) {
    throw systemError(info.Env(), "getsockopt(SO_PEERCRED)", errno);
  }
  auto result = Napi::Object::New(info.Env());
  result.Set("pid", peer.pid);
  result.Set("uid", peer.uid);
  result.Set("gid", peer.gid);
  return result;
}

// send(fd, data: Uint8Array, descriptors: number[]): bytes sent, or -1 if the socket has no room now
Napi::Value onSend(const Napi::CallbackInfo& info) {
  const Arguments args(info, "send");
  const int fd = args.int32(0, "fd");
  auto data = args.bytes(1, "data");
  const std::vector<int32_t> descriptors = args.int32s(2, "descriptors");
  const size_t count = descriptors.size();
  if (count > MAX_DESCRIPTORS) throw systemError(info.Env(), "sendmsg", EINVAL);
  iovec piece = {data.Data(), data.ByteLength()};
  msghdr message = {};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  std::vector<char> control(CMSG_SPACE(sizeof(int) * MAX_DESCRIPTORS));
  if (count > 0) {
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * count);
    std::memcpy(CMSG_DATA(header), descriptors.data(), sizeof(int) * count);
  }
  const ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN && errno != EINTR) throw systemError(info.Env(), "sendmsg", errno);
  return Napi::Number::New(info.Env(), static_cast<double>(sent));
}

/** The descriptors in the control messages. This process owns them, also if the message is refused afterwards. */
std::vector<int> receivedIn(msghdr* message) {
  std::vector<int> received;
  for (cmsghdr* header = CMSG_FIRSTHDR(message); header != nullptr; header = CMSG_NXTHDR(message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    if (header->cmsg_len < CMSG_LEN(0)) continue;
    const size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t at = 0; at < count; at++) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(header) + at * sizeof(int), sizeof fd);
      received.push_back(fd);
    }
  }
  return received;
}

// receive(fd, into: Uint8Array, max: how many descriptors to take): {bytes, descriptors}, or null if no message has
// arrived. If the kernel truncated the message or its descriptors, it closes every descriptor and throws EMSGSIZE.
Napi::Value onReceive(const Napi::CallbackInfo& info) {
  const Arguments args(info, "receive");
  const int fd = args.int32(0, "fd");
  auto into = args.bytes(1, "into");
  const size_t max = args.uint32(2, "max");
  if (max > MAX_DESCRIPTORS) throw systemError(info.Env(), "recvmsg", EINVAL);
  iovec piece = {into.Data(), into.ByteLength()};
  std::vector<char> control(CMSG_SPACE(sizeof(int) * MAX_DESCRIPTORS));
  msghdr message = {};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = CMSG_LEN(sizeof(int) * max);
  const ssize_t bytes = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
  if (bytes < 0) {
    if (errno == EAGAIN || errno == EINTR) return info.Env().Null();
    throw systemError(info.Env(), "recvmsg", errno);
  }
  const std::vector<int> received = receivedIn(&message);
  if ((message.msg_flags & (MSG_CTRUNC | MSG_TRUNC)) != 0) {
    // The kernel also truncates the list if the process cannot open more files.
    const int probe = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    const int error = probe < 0 && (errno == EMFILE || errno == ENFILE) ? errno : EMSGSIZE;
    if (probe >= 0) close(probe);
    for (const int fd : received) close(fd);
    throw systemError(info.Env(), "recvmsg", error);
  }
  auto descriptors = Napi::Array::New(info.Env(), received.size());
  for (uint32_t at = 0; at < received.size(); at++) descriptors.Set(at, Napi::Number::New(info.Env(), received[at]));
  auto result = Napi::Object::New(info.Env());
  result.Set("bytes", static_cast<double>(bytes));
  result.Set("descriptors", descriptors);
  return result;
}

// unanswered(fd): milliseconds without an acknowledgement by the other machine, if TCP has had to send again; else 0. A machine
// acknowledges what arrives even while its process does not read.
Napi::Value onUnanswered(const Napi::CallbackInfo& info) {
  tcp_info line = {};
  socklen_t length = sizeof line;
  const bool isTcp = getsockopt(Arguments(info, "unanswered").int32(0, "fd"), IPPROTO_TCP, TCP_INFO, &line, &length) == 0;
  const bool repeats = isTcp && (line.tcpi_retransmits > 0 || line.tcpi_probes > 0);
  return Napi::Number::New(info.Env(), repeats ? line.tcpi_last_ack_recv : 0);
}

// readInto(fd, into: Uint8Array): bytes read, 0 at the end of the stream, or -1 if nothing has arrived
Napi::Value onReadInto(const Napi::CallbackInfo& info) {
  const Arguments args(info, "readInto");
  auto into = args.bytes(1, "into");
  const ssize_t bytes = recv(args.int32(0, "fd"), into.Data(), into.ByteLength(), MSG_DONTWAIT);
  if (bytes < 0 && errno != EAGAIN && errno != EINTR) throw systemError(info.Env(), "recv", errno);
  return Napi::Number::New(info.Env(), static_cast<double>(bytes));
}

// sendPieces(fd, ...pieces: Uint8Array): bytes sent, one piece after the other; -1: none, because there is no room or by an error
Napi::Value onSendPieces(const Napi::CallbackInfo& info) {
  const Arguments args(info, "sendPieces");
  iovec pieces[MAX_PIECES];
  msghdr message = {};
  message.msg_iov = pieces;
  for (size_t at = 1; at < info.Length() && at <= MAX_PIECES; at++) {
    auto piece = args.bytes(at, "piece");
    pieces[message.msg_iovlen++] = {piece.Data(), piece.ByteLength()};
  }
  const ssize_t sent = sendmsg(args.int32(0, "fd"), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  return Napi::Number::New(info.Env(), static_cast<double>(sent));
}

// endReading(fd): what was sent can still be received; what the other side sends from now on is refused (EPIPE)
Napi::Value onEndReading(const Napi::CallbackInfo& info) {
  // A socket that the other side has left is no error.
  if (shutdown(Arguments(info, "endReading").int32(0, "fd"), SHUT_RD) != 0 && errno != ENOTCONN) {
    throw systemError(info.Env(), "shutdown", errno);
  }
  return info.Env().Undefined();
}

// closeSocket(fd)
Napi::Value onCloseSocket(const Napi::CallbackInfo& info) {
  if (close(Arguments(info, "closeSocket").int32(0, "fd")) != 0) throw systemError(info.Env(), "close", errno);
  return info.Env().Undefined();
}

}  // namespace

void defineDescriptors(Napi::Env env, Napi::Object exports) {
  exports.Set("listen", Napi::Function::New<onListen>(env, "listen"));
  exports.Set("connect", Napi::Function::New<onConnect>(env, "connect"));
  exports.Set("accept", Napi::Function::New<onAccept>(env, "accept"));
  exports.Set("peer", Napi::Function::New<onPeer>(env, "peer"));
  exports.Set("send", Napi::Function::New<onSend>(env, "send"));
  exports.Set("receive", Napi::Function::New<onReceive>(env, "receive"));
  exports.Set("unanswered", Napi::Function::New<onUnanswered>(env, "unanswered"));
  exports.Set("readInto", Napi::Function::New<onReadInto>(env, "readInto"));
  exports.Set("sendPieces", Napi::Function::New<onSendPieces>(env, "sendPieces"));
  exports.Set("endReading", Napi::Function::New<onEndReading>(env, "endReading"));
  exports.Set("closeSocket", Napi::Function::New<onCloseSocket>(env, "closeSocket"));
}

}  // namespace farpage
