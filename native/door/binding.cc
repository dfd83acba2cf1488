// Wraps the ioctls of userfaultfd as functions. The hot calls write their result into a shared buffer and create no object.
#include "door/binding.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <set>
#include <string>
#include <utility>

#include "args.h"
#include "kernel/sockets.h"
#include "errors.h"
#include "names.h"
#include "endings/exit.h"
#include "door/guard.h"
#include "door/memory.h"
#include "kernel/pagemap.h"
#include "kernel/uffd.h"
#include "door/watcher.h"

namespace farpage {

namespace {

constexpr size_t MAX_MESSAGES = 64;

/** Arguments and results of a hot call: JavaScript sees the same words (src/userfaultfd/call.ts). */
struct Words {
  uint64_t start;
  uint64_t source;
  double length;
  double bytesDone;
  int32_t fd;
  uint32_t mode;
  int32_t outcome;
  int32_t error;
};
static_assert(sizeof(Words) == 48 && offsetof(Words, length) == 16 && offsetof(Words, fd) == 32, "as call.ts has them");

/** The state of one environment (the main thread or a Worker). Every function gets it as its data. */
struct Binding {
  Words* words = nullptr;
  uffd_msg* messages = nullptr;
  napi_ref shared[2] = {nullptr, nullptr};
  /** Open userfaultfds that this environment owns, with their inodes. Nothing else closes them when it ends. */
  std::set<std::pair<int, uint64_t>> owned;
};

Binding* of(const Napi::CallbackInfo& info) { return static_cast<Binding*>(info.Data()); }

void own(Binding* binding, int fd) { binding->owned.emplace(fd, inodeOf(fd)); }

Words* wordsOf(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  return static_cast<Binding*>(data)->words;
}

/** Whether the length is a whole number of bytes. If not, the call fails with EINVAL, as it would in the kernel. */
bool isSound(Words* words) {
  const double length = words->length;
  if (length >= 0 && length <= 9007199254740991.0 && static_cast<double>(static_cast<uint64_t>(length)) == length) {
    return true;
  }
  words->bytesDone = 0;
  words->error = EINVAL;
  words->outcome = outcomeOf(EINVAL);
  return false;
}

/** Writes the result into the words, so that a hot call creates no object. */
void answer(Words* words, const Progress& progress) {
  words->bytesDone = static_cast<double>(progress.bytes);
  words->error = progress.error;
  words->outcome = outcomeOf(progress.error);
}

using TwoRanges = Progress (*)(int fd, uint64_t target, uint64_t source, uint64_t length, uint64_t mode);
using OneRange = Progress (*)(int fd, uint64_t start, uint64_t length, uint64_t mode);

template <TwoRanges call>
napi_value onTwoRanges(napi_env env, napi_callback_info info) {
  Words* words = wordsOf(env, info);
  if (isSound(words)) {
    const auto length = static_cast<uint64_t>(words->length);
    answer(words, call(words->fd, words->start, words->source, length, words->mode));
  }
  return nullptr;
}

template <OneRange call>
napi_value onOneRange(napi_env env, napi_callback_info info) {
  Words* words = wordsOf(env, info);
  if (isSound(words)) answer(words, call(words->fd, words->start, static_cast<uint64_t>(words->length), words->mode));
  return nullptr;
}

/** The kernel reports no progress for these two: they do all or nothing. */
Progress protectPages(int fd, uint64_t start, uint64_t length, uint64_t mode) {
  const int error = writeProtect(fd, start, length, mode);
  return {error == 0 ? static_cast<int64_t>(length) : 0, error};
}

Progress wakePages(int fd, uint64_t start, uint64_t length, uint64_t) {
  const int error = wake(fd, start, length);
  return {error == 0 ? static_cast<int64_t>(length) : 0, error};
}

// read(fd, limit): messages now in the shared buffer; below 0 a negative errno
napi_value onRead(napi_env env, napi_callback_info info) {
  // Reads its two arguments without Arguments: this is the hot path, and call.ts is the only caller.
  size_t given = 2;
  napi_value values[2];
  void* data = nullptr;
  napi_get_cb_info(env, info, &given, values, nullptr, &data);
  auto* binding = static_cast<Binding*>(data);
  int32_t fd = -1;
  int32_t limit = 0;
  napi_get_value_int32(env, values[0], &fd);
  napi_get_value_int32(env, values[1], &limit);
  const size_t room = std::min(static_cast<size_t>(std::max(limit, 0)), MAX_MESSAGES);
  const ssize_t bytes = read(fd, binding->messages, room * sizeof(uffd_msg));
  int32_t count = 0;
  if (bytes >= 0) {
    count = static_cast<int32_t>(static_cast<size_t>(bytes) / sizeof(uffd_msg));
  } else if (errno != EAGAIN && errno != EINTR) {
    count = -errno;
  }
  // This environment owns a fork's new descriptor from the moment it exists.
  for (int32_t at = 0; at < count; at++) {
    const uffd_msg& message = binding->messages[at];
    if (message.event == UFFD_EVENT_FORK) own(binding, static_cast<int>(message.arg.fork.ufd));
  }
  napi_value result = nullptr;
  napi_create_int32(env, count, &result);
  return result;
}

// open(via: 0 any, 1 device, 2 syscall; nonblock; userModeOnly): {fd, device, kernelFaults}
Napi::Value onOpen(const Napi::CallbackInfo& info) {
  const Arguments args(info, "open");
  OpenOptions options;
  options.via = static_cast<Via>(args.int32(0, "via"));
  options.nonblock = args.boolean(1, "nonblock");
  options.userModeOnly = args.boolean(2, "userModeOnly");
  const Opened opened = openUserfaultfd(options);
  if (opened.fd < 0) throw systemError(info.Env(), opened.call, opened.error);
  own(of(info), opened.fd);
  auto result = Napi::Object::New(info.Env());
  result.Set("fd", opened.fd);
  result.Set("device", opened.device);
  result.Set("kernelFaults", opened.kernelFaults);
  return result;
}

// adopt(fd): whether reads do not block; the environment owns the descriptor from now on. Throws if it is not a userfaultfd.
Napi::Value onAdopt(const Napi::CallbackInfo& info) {
  const int fd = Arguments(info, "adopt").int32(0, "fd");
  const int flags = fcntl(fd, F_GETFL);
  if (flags < 0) throw systemError(info.Env(), "fcntl", errno);
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  char kind[64];
  const ssize_t length = readlink(path.c_str(), kind, sizeof kind);
  if (length < 0) throw systemError(info.Env(), "readlink", errno);
  if (std::string(kind, static_cast<size_t>(length)) != "anon_inode:[userfaultfd]") {
    throw systemError(info.Env(), "readlink", EINVAL);
  }
  own(of(info), fd);
  return Napi::Boolean::New(info.Env(), (flags & O_NONBLOCK) != 0);
}

// duplicate(fd): another descriptor of the same open file; the caller closes it, or gives it to `adopt`
Napi::Value onDuplicate(const Napi::CallbackInfo& info) {
  const int fd = fcntl(Arguments(info, "duplicate").int32(0, "fd"), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", errno);
  return Napi::Number::New(info.Env(), fd);
}

// guard(fd, file, start: bigint, byteLength): once the descriptor is closed, or its thread has ended, each touch of the range is SIGBUS
Napi::Value onGuard(const Napi::CallbackInfo& info) {
  const Arguments args(info, "guard");
  const int error = beginGuard(args.int32(0, "fd"), args.int32(1, "file"), args.word(2, "start"), args.length(3, "byteLength"));
  if (error != 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", error);
  return info.Env().Undefined();
}

// close(fd, inode): the kernel then unblocks the threads that wait for its pages; they read zeros, or get SIGBUS if there is a guard
Napi::Value onClose(const Napi::CallbackInfo& info) {
  const Arguments args(info, "close");
  const int fd = args.int32(0, "fd");
  const uint64_t inode = args.length(1, "inode");
  const bool guarded = endGuard(fd, inode);
  // Other code may have closed it, and its number may be another file's by now, or another userfaultfd's.
  const bool owned = of(info)->owned.erase({fd, inode}) != 0;
  const bool isAnother = !isSameUserfaultfd(fd, inode) && (guarded || inodeOf(fd) != 0);
  if (owned && !isAnother && close(fd) != 0) throw systemError(info.Env(), "close", errno);
  return info.Env().Undefined();
}

// noteExit(code): the process is exiting; see endings/exit.h
Napi::Value onNoteExit(const Napi::CallbackInfo& info) {
  std::set<int> all = guardsAtExit();
  for (const auto& [fd, inode] : of(info)->owned) all.insert(fd);
  exitIfBlocked(Arguments(info, "noteExit").int32(0, "code"), all);
  return info.Env().Undefined();
}

// api(fd, api: bigint, features: bigint): {features, ioctls} or {error}, an errno's number
Napi::Value onApi(const Napi::CallbackInfo& info) {
  const Arguments args(info, "api");
  const int fd = args.int32(0, "fd");
  uint64_t features = args.word(2, "features");
  uint64_t ioctls = 0;
  const int error = handshake(fd, &features, &ioctls, args.word(1, "api"));
  auto result = Napi::Object::New(info.Env());
  result.Set("error", error);
  result.Set("features", Napi::BigInt::New(info.Env(), error == 0 ? features : uint64_t{0}));
  result.Set("ioctls", Napi::BigInt::New(info.Env(), ioctls));
  return result;
}

// register(fd, start: bigint, byteLength, mode): bigint, the ioctls the range offers
Napi::Value onRegister(const Napi::CallbackInfo& info) {
  uint64_t ioctls = 0;
  const Arguments args(info, "register");
  const int error = registerRange(args.int32(0, "fd"), args.word(1, "start"), args.length(2, "byteLength"),
                                  args.uint32(3, "mode"), &ioctls);
  if (error != 0) throw systemError(info.Env(), "ioctl(UFFDIO_REGISTER)", error);
  return Napi::BigInt::New(info.Env(), ioctls);
}

// unregister(fd, start: bigint, byteLength)
Napi::Value onUnregister(const Napi::CallbackInfo& info) {
  const Arguments args(info, "unregister");
  const int error = unregisterRange(args.int32(0, "fd"), args.word(1, "start"), args.length(2, "byteLength"));
  if (error != 0) throw systemError(info.Env(), "ioctl(UFFDIO_UNREGISTER)", error);
  return info.Env().Undefined();
}

// errorName(errno): 'EEXIST'
Napi::Value onErrorName(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), errnoName(Arguments(info, "errorName").int32(0, "errno")));
}

void* makeShared(Napi::Env env, Napi::Object exports, const char* name, size_t bytes, napi_ref* reference) {
  auto buffer = Napi::ArrayBuffer::New(env, bytes);
  exports.Set(name, buffer);
  napi_create_reference(env, buffer, 1, reference);
  return buffer.Data();
}

void onEnvironmentEnd(void* data) {
  auto* binding = static_cast<Binding*>(data);
  for (const auto& [fd, inode] : binding->owned) {
    endGuard(fd, inode);
    if (isSameUserfaultfd(fd, inode)) close(fd);
  }
  delete binding;
}

void defineHot(Napi::Env env, Napi::Object exports, const char* name, napi_callback call, Binding* binding) {
  napi_value made = nullptr;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, call, binding, &made);
  exports.Set(name, Napi::Value(env, made));
}

}  // namespace

void defineBinding(Napi::Env env, Napi::Object exports) {
  auto binding = new Binding();
  auto door = Napi::Object::New(env);
  binding->words = static_cast<Words*>(makeShared(env, door, "words", sizeof(Words), &binding->shared[0]));
  binding->messages = static_cast<uffd_msg*>(
      makeShared(env, door, "messages", MAX_MESSAGES * sizeof(uffd_msg), &binding->shared[1]));
  napi_add_env_cleanup_hook(env, onEnvironmentEnd, binding);
  defineHot(env, door, "copy", onTwoRanges<copyPages>, binding);
  defineHot(env, door, "move", onTwoRanges<movePages>, binding);
  defineHot(env, door, "zeropage", onOneRange<zeroPages>, binding);
  defineHot(env, door, "continue", onOneRange<continuePages>, binding);
  defineHot(env, door, "poison", onOneRange<poisonPages>, binding);
  defineHot(env, door, "writeProtect", onOneRange<protectPages>, binding);
  defineHot(env, door, "wake", onOneRange<wakePages>, binding);
  defineHot(env, door, "read", onRead, binding);
  door.Set("open", Napi::Function::New<onOpen>(env, "open", binding));
  door.Set("adopt", Napi::Function::New<onAdopt>(env, "adopt", binding));
  door.Set("duplicate", Napi::Function::New<onDuplicate>(env, "duplicate", binding));
  door.Set("guard", Napi::Function::New<onGuard>(env, "guard", binding));
  door.Set("close", Napi::Function::New<onClose>(env, "close", binding));
  door.Set("noteExit", Napi::Function::New<onNoteExit>(env, "noteExit", binding));
  door.Set("api", Napi::Function::New<onApi>(env, "api", binding));
  door.Set("register", Napi::Function::New<onRegister>(env, "register", binding));
  door.Set("unregister", Napi::Function::New<onUnregister>(env, "unregister", binding));
  door.Set("errorName", Napi::Function::New<onErrorName>(env, "errorName", binding));
  door.Set("Watcher", Watcher::define(env));
  defineMemory(env, door);
  definePagemap(env, door);
  defineDescriptors(env, door);
  exports.Set("userfaultfd", door);
}

}  // namespace farpage
