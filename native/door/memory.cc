// Maps, views, resizes and unmaps memory of each kind, and raises events to traps for the calls that change memory.
#include "door/memory.h"

#include <fcntl.h>
#include <linux/memfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "args.h"
#include "errors.h"
#include "kernel/holes.h"
#include "trap/trap.h"

namespace farpage {

namespace {

// Flags of `map`; src/userfaultfd/memory.ts has the same.
constexpr uint32_t PRIVATE = 1;
constexpr uint32_t HUGE_PAGE = 2;
constexpr uint32_t RESERVE = 4;

constexpr int HUGE_2MB = 21 << 26;
#ifdef MAP_HUGE_2MB
static_assert(HUGE_2MB == MAP_HUGE_2MB, "2 MiB pages");
#endif
#ifdef MFD_HUGE_2MB
static_assert(static_cast<unsigned>(HUGE_2MB) == MFD_HUGE_2MB, "2 MiB pages");
#endif

// Maps `bytes` at a multiple of `align`: maps more, then unmaps both ends.
void* aligned(Napi::Env env, size_t bytes, size_t align, int flags) {
  const size_t whole = bytes + align;
  void* start = mmap(nullptr, whole, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (start == MAP_FAILED) throw systemError(env, "mmap", errno);
  const auto from = reinterpret_cast<uint64_t>(start);
  const uint64_t at = (from + align - 1) / align * align;
  if (at > from) munmap(start, at - from);
  const uint64_t rest = from + whole - (at + bytes);
  if (rest > 0) munmap(reinterpret_cast<void*>(at + bytes), rest);
  return reinterpret_cast<void*>(at);
}

// map(fd: -1 for anonymous, byteLength, align: 0 for the page size, flags): bigint
Napi::Value map(const Napi::CallbackInfo& info) {
  const Arguments args(info, "map");
  const int fd = args.int32(0, "fd");
  const size_t bytes = args.length(1, "byteLength");
  const size_t align = args.length(2, "align");
  const uint32_t asked = args.uint32(3, "flags");
  int flags = (asked & PRIVATE) != 0 ? MAP_PRIVATE : MAP_SHARED;
  if ((asked & RESERVE) == 0) flags |= MAP_NORESERVE;
  if (fd < 0) flags |= MAP_ANONYMOUS | ((asked & HUGE_PAGE) != 0 ? MAP_HUGETLB | HUGE_2MB : 0);
  void* start = nullptr;
  if (fd < 0 && align > 0) {
    start = aligned(info.Env(), bytes, align, flags);
  } else {
    start = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, fd, 0);
    if (start == MAP_FAILED) throw systemError(info.Env(), "mmap", errno);
  }
  return Napi::BigInt::New(info.Env(), reinterpret_cast<uint64_t>(start));
}

// memoryFile(byteLength, huge): number, a descriptor
Napi::Value memoryFile(const Napi::CallbackInfo& info) {
  const Arguments args(info, "memoryFile");
  const auto bytes = static_cast<off_t>(args.length(0, "byteLength"));
  const unsigned flags = MFD_CLOEXEC | (args.boolean(1, "huge") ? MFD_HUGETLB | HUGE_2MB : 0u);
  const int fd = memfd_create("farpage", flags);
  if (fd < 0) throw systemError(info.Env(), "memfd_create", errno);
  if (ftruncate(fd, bytes) != 0) {
    const int error = errno;
    close(fd);
    throw systemError(info.Env(), "ftruncate", error);
  }
  return Napi::Number::New(info.Env(), fd);
}

// resizeFile(fd, byteLength)
Napi::Value resizeFile(const Napi::CallbackInfo& info) {
  const Arguments args(info, "resizeFile");
  if (ftruncate(args.int32(0, "fd"), static_cast<off_t>(args.length(1, "byteLength"))) != 0) {
    throw systemError(info.Env(), "ftruncate", errno);
  }
  return info.Env().Undefined();
}

// The kernel reports an event to a userfaultfd. A trap gets its report from the code that makes the change.
void notifyTraps(Napi::Env env, uint8_t event, uint64_t start, uint64_t length) {
  const int error = Trap::announce(event, start, length);
  if (error != 0) throw systemError(env, "a trap's event", error);
}

// unmap(address: bigint, byteLength)
Napi::Value unmap(const Napi::CallbackInfo& info) {
  const Arguments args(info, "unmap");
  const uint64_t start = args.word(0, "address");
  const uint64_t length = args.length(1, "byteLength");
  notifyTraps(info.Env(), UFFD_EVENT_UNMAP, start, length);
  const int failed = unmapRange(start, length);
  if (failed != 0) throw systemError(info.Env(), "munmap", failed);
  return info.Env().Undefined();
}

// remap(address: bigint, byteLength, newByteLength, to: bigint, 0n: the kernel chooses): bigint
Napi::Value remap(const Napi::CallbackInfo& info) {
  const Arguments args(info, "remap");
  void* start = args.pointer(0, "address");
  const uint64_t address = args.word(0, "address");
  const size_t length = args.length(1, "byteLength");
  void* to = args.pointer(3, "to");
  if (Trap::covers(address, length)) throw systemError(info.Env(), "mremap", EOPNOTSUPP);
  const int flags = MREMAP_MAYMOVE | (to != nullptr ? MREMAP_FIXED : 0);
  void* moved = mremap(start, length, args.length(2, "newByteLength"), flags, to);
  if (moved == MAP_FAILED) throw systemError(info.Env(), "mremap", errno);
  if (moved != start) keepHole(address, length);
  return Napi::BigInt::New(info.Env(), reinterpret_cast<uint64_t>(moved));
}

// advise(address: bigint, byteLength, advice: number as in linux/mman.h, name)
Napi::Value advise(const Napi::CallbackInfo& info) {
  const Arguments args(info, "advise");
  const uint64_t start = args.word(0, "address");
  const size_t length = args.length(1, "byteLength");
  const int advice = args.int32(2, "advice");
  const std::string call = "madvise(MADV_" + args.text(3, "name") + ")";
  if (advice == MADV_DONTNEED || advice == MADV_REMOVE) {
    notifyTraps(info.Env(), UFFD_EVENT_REMOVE, start, length);
  }
  if (madvise(reinterpret_cast<void*>(start), length, advice) != 0) {
    throw systemError(info.Env(), call.c_str(), errno);
  }
  return info.Env().Undefined();
}

// view(address: bigint, byteLength): ArrayBuffer; the memory stays mapped when the buffer is collected
Napi::Value view(const Napi::CallbackInfo& info) {
  const Arguments args(info, "view");
  return Napi::ArrayBuffer::New(info.Env(), args.pointer(0, "address"), args.length(1, "byteLength"));
}

// detach(buffer): it has length 0 from now on
Napi::Value detach(const Napi::CallbackInfo& info) {
  auto buffer = Arguments(info, "detach").buffer(0, "buffer");
  if (!buffer.IsDetached()) buffer.Detach();
  return info.Env().Undefined();
}

}  // namespace

void defineMemory(Napi::Env env, Napi::Object exports) {
  exports.Set("map", Napi::Function::New<map>(env, "map"));
  exports.Set("memoryFile", Napi::Function::New<memoryFile>(env, "memoryFile"));
  exports.Set("resizeFile", Napi::Function::New<resizeFile>(env, "resizeFile"));
  exports.Set("unmap", Napi::Function::New<unmap>(env, "unmap"));
  exports.Set("remap", Napi::Function::New<remap>(env, "remap"));
  exports.Set("advise", Napi::Function::New<advise>(env, "advise"));
  exports.Set("view", Napi::Function::New<view>(env, "view"));
  exports.Set("detach", Napi::Function::New<detach>(env, "detach"));
}

}  // namespace farpage
