// mmap, memfd_create and their relatives for JavaScript.
#include "kernel/mapping.h"

#include <fcntl.h>
#include <linux/memfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "args.h"
#include "errors.h"

namespace farpage {

namespace {

void* reserve(Napi::Env env, size_t bytes) {
  void* start = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED) throw systemError(env, "mmap", errno);
  return start;
}

// mapMemory(bytes): bigint, the address of private anonymous memory that holds no page yet
Napi::Value mapMemory(const Napi::CallbackInfo& info) {
  const size_t bytes = Arguments(info, "mapMemory").length(0, "bytes");
  return Napi::BigInt::New(info.Env(), reinterpret_cast<uint64_t>(reserve(info.Env(), bytes)));
}

// unmapMemory(address, bytes)
Napi::Value unmapMemory(const Napi::CallbackInfo& info) {
  const Arguments args(info, "unmapMemory");
  if (munmap(args.pointer(0, "address"), args.length(1, "bytes")) != 0) throw systemError(info.Env(), "munmap", errno);
  return info.Env().Undefined();
}

// createMemfd(name, bytes, huge): number, a descriptor of a memfile. Its length is sealed, and its mode is 0600
Napi::Value createMemfd(const Napi::CallbackInfo& info) {
  const Arguments args(info, "createMemfd");
  const std::string name = args.text(0, "name");
  const auto bytes = static_cast<off_t>(args.length(1, "bytes"));
  const bool huge = args.boolean(2, "huge");
  const unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING | (huge ? MFD_HUGETLB | MFD_HUGE_2MB : 0);
  const int fd = memfd_create(name.c_str(), flags);
  if (fd < 0) throw systemError(info.Env(), "memfd_create", errno);
  const bool made = fchmod(fd, S_IRUSR | S_IWUSR) == 0 && ftruncate(fd, bytes) == 0 &&
                    fcntl(fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0;
  if (!made) {
    const int error = errno;
    close(fd);
    throw systemError(info.Env(), "ftruncate", error);
  }
  return Napi::Number::New(info.Env(), fd);
}

// mapFile(fd, bytes, address, from): bigint, the address of a shared mapping of a file from byte `from` on. It replaces what
// is mapped at `address`; 0n: the kernel chooses the address. Huge pages are allocated when they are filled, not reserved here.
Napi::Value mapFile(const Napi::CallbackInfo& info) {
  const Arguments args(info, "mapFile");
  const int fd = args.int32(0, "fd");
  const size_t bytes = args.length(1, "bytes");
  void* address = args.pointer(2, "address");
  const off_t from = static_cast<off_t>(args.length(3, "from"));
  const int flags = MAP_SHARED | MAP_NORESERVE | (address == nullptr ? 0 : MAP_FIXED);
  void* start = mmap(address, bytes, PROT_READ | PROT_WRITE, flags, fd, from);
  if (start == MAP_FAILED) throw systemError(info.Env(), "mmap", errno);
  return Napi::BigInt::New(info.Env(), reinterpret_cast<uint64_t>(start));
}

// viewOf(address, bytes): an ArrayBuffer over the memory; the memory stays mapped when the buffer is collected
Napi::Value viewOf(const Napi::CallbackInfo& info) {
  const Arguments args(info, "viewOf");
  return Napi::ArrayBuffer::New(info.Env(), args.pointer(0, "address"), args.length(1, "bytes"));
}

// addressOf(view: Uint8Array): bigint
Napi::Value addressOfView(const Napi::CallbackInfo& info) {
  return Napi::BigInt::New(info.Env(), reinterpret_cast<uint64_t>(Arguments(info, "addressOf").bytes(0, "view").Data()));
}

// dropMemory(address, bytes): madvise(MADV_DONTNEED), as an application would call it
Napi::Value dropMemory(const Napi::CallbackInfo& info) {
  const Arguments args(info, "dropMemory");
  if (madvise(args.pointer(0, "address"), args.length(1, "bytes"), MADV_DONTNEED) != 0) {
    throw systemError(info.Env(), "madvise(MADV_DONTNEED)", errno);
  }
  return info.Env().Undefined();
}

}  // namespace

void defineMapping(Napi::Env env, Napi::Object exports) {
  exports.Set("mapMemory", Napi::Function::New<mapMemory>(env, "mapMemory"));
  exports.Set("unmapMemory", Napi::Function::New<unmapMemory>(env, "unmapMemory"));
  exports.Set("createMemfd", Napi::Function::New<createMemfd>(env, "createMemfd"));
  exports.Set("mapFile", Napi::Function::New<mapFile>(env, "mapFile"));
  exports.Set("viewOf", Napi::Function::New<viewOf>(env, "viewOf"));
  exports.Set("addressOf", Napi::Function::New<addressOfView>(env, "addressOf"));
  exports.Set("dropMemory", Napi::Function::New<dropMemory>(env, "dropMemory"));
}

}  // namespace farpage
