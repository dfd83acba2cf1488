// The addon's table of exports, and calls too small for a file of their own. Node-API only: one build serves every Node.js.
#include <napi.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "args.h"
#include "door/binding.h"
#include "kernel/codec.h"
#include "core/binding.h"
#include "engine/engine.h"
#include "engine/fault-tally.h"
#include "errors.h"
#include "names.h"
#include "others/attached-watch.h"
#include "others/lease-watch.h"
#include "layout.h"
#include "kernel/lock.h"
#include "kernel/mark.h"
#include "kernel/mapping.h"
#include "kernel/messages.h"
#include "engine/heads.h"
#include "engine/pieces.h"
#include "engine/places.h"
#include "conformance/target.h"
#include "trap/markers.h"
#include "trap/trap.h"
#include "kernel/uffd.h"
#include "kernel/joined.h"
#include "kernel/watched.h"
#include "calls/proof.h"
#include "endings/gone.h"
#include "endings/last-resort.h"
#include "endings/keeper.h"
#include "endings/launching.h"

namespace farpage {

namespace {

// probe(): what the kernel offers, on a descriptor of its own
Napi::Value probe(const Napi::CallbackInfo& info) {
  auto result = Napi::Object::New(info.Env());
  const Opened opened = openUserfaultfd();
  if (opened.fd < 0) {
    result.Set("errno", errnoName(opened.error));
    return result;
  }
  uint64_t features = 0;
  uint64_t ioctls = 0;
  const int failed = handshake(opened.fd, &features, &ioctls);
  close(opened.fd);
  if (failed != 0) {
    result.Set("errno", errnoName(failed));
    return result;
  }
  result.Set("device", opened.device);
  result.Set("kernelFaults", opened.kernelFaults);
  result.Set("features", Napi::BigInt::New(info.Env(), features));
  // The kernel reports a range's ioctls only when a range is registered.
  uint64_t range = 0;
  const Opened second = openUserfaultfd();
  if (second.fd >= 0) {
    uint64_t granted = features & ~static_cast<uint64_t>(FEATURE_EVENT_FORK);
    const long page = sysconf(_SC_PAGESIZE);
    void* memory = aligned_alloc(static_cast<size_t>(page), static_cast<size_t>(page));
    if (memory != nullptr && handshake(second.fd, &granted, nullptr) == 0) {
      const auto start = reinterpret_cast<uint64_t>(memory);
      if (registerRange(second.fd, start, page, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP, &range) == 0) {
        unregisterRange(second.fd, start, page);
      }
    }
    close(second.fd);
    free(memory);
  }
  result.Set("ioctls", Napi::BigInt::New(info.Env(), ioctls | range));
  return result;
}

// pinThread(cpu): pins the calling thread only
Napi::Value pinThread(const Napi::CallbackInfo& info) {
  const Arguments args(info, "pinThread");
  const int cpu = args.int32(0, "cpu");
  if (cpu < 0 || cpu >= CPU_SETSIZE) throw systemError(info.Env(), "sched_setaffinity", EINVAL);
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) throw systemError(info.Env(), "sched_setaffinity", errno);
  return info.Env().Undefined();
}

// lastWords(text): writes a line to standard error from the calling thread, without libuv
Napi::Value sayLast(const Napi::CallbackInfo& info) {
  const std::string text = Arguments(info, "lastWords").text(0, "text");
  lastWords(text.data(), text.size());
  return info.Env().Undefined();
}

// firstNotice(): true at the first call in the process, from any thread
Napi::Value firstNotice(const Napi::CallbackInfo& info) {
  static std::atomic<bool> said{false};
  return Napi::Boolean::New(info.Env(), !said.exchange(true));
}

// seekExtent(fd, offset, hole): start of the file's next data (or hole) at or after `offset`; -1: none before the
// end of the file
Napi::Value seekExtent(const Napi::CallbackInfo& info) {
  const Arguments args(info, "seekExtent");
  const int fd = args.int32(0, "fd");
  const auto from = static_cast<off_t>(args.length(1, "offset"));
  const off_t at = lseek(fd, from, args.boolean(2, "hole") ? SEEK_HOLE : SEEK_DATA);
  if (at < 0 && errno != ENXIO) throw systemError(info.Env(), "lseek", errno);
  return Napi::Number::New(info.Env(), static_cast<double>(at));
}

// closeFile(fd): closes a descriptor that the addon opened. Node.js warns if it is asked to close one that it did not open
Napi::Value closeFile(const Napi::CallbackInfo& info) {
  if (close(Arguments(info, "closeFile").int32(0, "fd")) != 0) throw systemError(info.Env(), "close", errno);
  return info.Env().Undefined();
}

// sharesMemory(pid, other): whether two processes share one address space; null if one has ended, or the kernel
// does not say
Napi::Value sharesMemory(const Napi::CallbackInfo& info) {
  constexpr long ADDRESS_SPACE = 1;  // KCMP_VM
  const Arguments args(info, "sharesMemory");
  const int pid = args.int32(0, "pid");
  const int other = args.int32(1, "other");
  const long order = syscall(SYS_kcmp, pid, other, ADDRESS_SPACE, 0, 0);
  return order < 0 ? info.Env().Null() : Napi::Boolean::New(info.Env(), order == 0);
}

// endProcess(code): _exit(2)
Napi::Value endProcess(const Napi::CallbackInfo& info) {
  _exit(Arguments(info, "endProcess").int32(0, "code"));
}

// noteExit(code): the process is exiting; see last-resort.h
Napi::Value onNoteExit(const Napi::CallbackInfo& info) {
  noteExit(Arguments(info, "noteExit").int32(0, "code"));
  return info.Env().Undefined();
}

// threadId(): number, the kernel's id of the calling thread, as in messages and in /proc
Napi::Value threadId(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(syscall(SYS_gettid)));
}

// adjustExternalMemory(bytes): reports memory outside the heap that objects of this thread hold to the garbage collector
Napi::Value adjustExternalMemory(const Napi::CallbackInfo& info) {
  const int64_t bytes = Arguments(info, "adjustExternalMemory").int64(0, "bytes");
  Napi::MemoryManagement::AdjustExternalMemory(info.Env(), bytes);
  return info.Env().Undefined();
}

// callsServed(): whether system calls of libuv on absent pages work in this process; installs what they take
Napi::Value callsServedHere(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), callsServed()); }

// trapBudget(): pages that traps of this process may still make accessible
Napi::Value trapBudget(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(Trap::mappingBudget()));
}

// trapMarkers(): whether traps of this process keep pages absent by guard markers, else by mprotect(2)
Napi::Value trapMarkers(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), markersWork()); }

bool isZeros(const uint8_t* page, size_t bytes) {
  return page[0] == 0 && std::memcmp(page, page + 1, bytes - 1) == 0;
}

// pageDigests(pages: Uint8Array, pageBytes, into: BigUint64Array, first): the digest of a page is 0 only if it is all zeros
Napi::Value pageDigests(const Napi::CallbackInfo& info) {
  static const Digest digest = [] {
    Digest made;
    made.beginPublic();
    return made;
  }();
  const Arguments args(info, "pageDigests");
  const auto pages = args.bytes(0, "pages");
  const size_t pageBytes = args.uint32(1, "pageBytes");
  auto into = args.words(2, "into");
  const size_t first = args.length(3, "first");
  if (pageBytes < 4096 || pageBytes % 4096 != 0 || pages.ByteLength() % pageBytes != 0 ||
      first + pages.ByteLength() / pageBytes > into.ElementLength()) {
    throw systemError(info.Env(), "pageDigests", EINVAL);
  }
  for (size_t i = 0; i < pages.ByteLength() / pageBytes; i++) {
    const uint8_t* page = pages.Data() + i * pageBytes;
    into.Data()[first + i] = isZeros(page, pageBytes) ? 0 : std::max<uint64_t>(1, digest.of(page, pageBytes));
  }
  return info.Env().Undefined();
}

// checkLz4(): null, or the reason why liblz4 cannot be used
Napi::Value checkLz4(const Napi::CallbackInfo& info) {
  const char* why = loadLz4();
  if (why == nullptr) return info.Env().Null();
  return Napi::String::New(info.Env(), why);
}

// crc32c(bytes: Uint8Array, seed): see codec.h
Napi::Value sumBytes(const Napi::CallbackInfo& info) {
  const Arguments args(info, "crc32c");
  const auto bytes = args.bytes(0, "bytes");
  const uint32_t seed = args.uint32(1, "seed");
  return Napi::Number::New(info.Env(), crc32c(seed, bytes.Data(), bytes.ByteLength()));
}

// Most bytes that one call compresses.
constexpr size_t MAX_PACKED = size_t{1} << 24;

// lz4Compress(from: Uint8Array, into: Uint8Array): bytes written, 0 if they do not fit
Napi::Value lz4Compress(const Napi::CallbackInfo& info) {
  const Arguments args(info, "lz4Compress");
  const auto from = args.bytes(0, "from");
  auto into = args.bytes(1, "into");
  if (from.ByteLength() > MAX_PACKED || into.ByteLength() > MAX_PACKED) {
    throw systemError(info.Env(), "lz4Compress", EINVAL);
  }
  if (const char* why = loadLz4()) throw Napi::Error::New(info.Env(), why);
  const int room = static_cast<int>(into.ByteLength());
  CompressionState state;
  const int length = compress(state, from.Data(), into.Data(), static_cast<int>(from.ByteLength()), room);
  return Napi::Number::New(info.Env(), length);
}

// lz4Decompress(from: Uint8Array, into: Uint8Array): whether `from` is whole and fills `into` exactly
Napi::Value lz4Decompress(const Napi::CallbackInfo& info) {
  const Arguments args(info, "lz4Decompress");
  const auto from = args.bytes(0, "from");
  auto into = args.bytes(1, "into");
  if (from.ByteLength() > MAX_PACKED || into.ByteLength() > MAX_PACKED) {
    throw systemError(info.Env(), "lz4Decompress", EINVAL);
  }
  if (const char* why = loadLz4()) throw Napi::Error::New(info.Env(), why);
  const int bytes = static_cast<int>(into.ByteLength());
  const bool whole = decompress(from.Data(), into.Data(), static_cast<int>(from.ByteLength()), bytes);
  return Napi::Boolean::New(info.Env(), whole);
}

}  // namespace

Napi::Error systemError(Napi::Env env, const char* call, int error) {
  Napi::Error thrown = Napi::Error::New(env, std::string(call) + ": " + std::strerror(error));
  thrown.Set("errno", Napi::String::New(env, errnoName(error)));
  thrown.Set("syscall", Napi::String::New(env, call));
  return thrown;
}

Napi::Object begin(Napi::Env env, Napi::Object exports) {
  exports.Set("layoutHash", Napi::Number::New(env, static_cast<double>(layout::LAYOUT_HASH)));
  exports.Set("pageSize", Napi::Number::New(env, static_cast<double>(sysconf(_SC_PAGESIZE))));
  exports.Set("Engine", Engine::define(env));
  exports.Set("probe", Napi::Function::New<probe>(env, "probe"));
  exports.Set("pinThread", Napi::Function::New<pinThread>(env, "pinThread"));
  exports.Set("lastWords", Napi::Function::New<sayLast>(env, "lastWords"));
  exports.Set("firstNotice", Napi::Function::New<firstNotice>(env, "firstNotice"));
  exports.Set("seekExtent", Napi::Function::New<seekExtent>(env, "seekExtent"));
  exports.Set("sharesMemory", Napi::Function::New<sharesMemory>(env, "sharesMemory"));
  exports.Set("closeFile", Napi::Function::New<closeFile>(env, "closeFile"));
  exports.Set("endProcess", Napi::Function::New<endProcess>(env, "endProcess"));
  exports.Set("noteExit", Napi::Function::New<onNoteExit>(env, "noteExit"));
  exports.Set("FaultTally", FaultTally::define(env));
  exports.Set("threadId", Napi::Function::New<threadId>(env, "threadId"));
  exports.Set("adjustExternalMemory", Napi::Function::New<adjustExternalMemory>(env, "adjustExternalMemory"));
  exports.Set("callsServed", Napi::Function::New<callsServedHere>(env, "callsServed"));
  exports.Set("trapBudget", Napi::Function::New<trapBudget>(env, "trapBudget"));
  exports.Set("trapMarkers", Napi::Function::New<trapMarkers>(env, "trapMarkers"));
  exports.Set("pageDigests", Napi::Function::New<pageDigests>(env, "pageDigests"));
  exports.Set("checkLz4", Napi::Function::New<checkLz4>(env, "checkLz4"));
  exports.Set("crc32c", Napi::Function::New<sumBytes>(env, "crc32c"));
  exports.Set("lz4Compress", Napi::Function::New<lz4Compress>(env, "lz4Compress"));
  exports.Set("lz4Decompress", Napi::Function::New<lz4Decompress>(env, "lz4Decompress"));
  defineBinding(env, exports);
  defineCore(env, exports);
  defineGone(env, exports);
  defineAttachedWatch(env, exports);
  defineLeaseWatch(env, exports);
  defineKeeper(env, exports);
  defineLaunching(env, exports);
  defineLock(env, exports);
  defineMark(env, exports);
  defineMapping(env, exports);
  defineMessages(env, exports);
  defineHeads(env, exports);
  definePieces(env, exports);
  definePlaces(env, exports);
  defineTarget(env, exports);
  defineWatched(env, exports);
  defineJoined(env, exports);
  return exports;
}

NODE_API_MODULE(NODE_GYP_MODULE_NAME, begin)

}  // namespace farpage
