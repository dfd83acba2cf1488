#include "kernel/mapping.h"

#include <fcntl.h>
#include <linux/memfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "errors.h"

namespace farpage {

namespace {

uint64_t addressOf(const Napi::Value& value) {
  bool lossless = false;
  return value.As<Napi::BigInt>().Uint64Value(&lossless);
}

void* reserve(Napi::Env env, size_t bytes) {
  void* start = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED) throw systemError(env, "mmap", errno);
  return start;
}

// mapMemory(bytes): bigint address of private anonymous memory, no part of it touched
Napi::Value mapMemory(const Napi::CallbackInfo& info) {
  const size_t bytes = static_cast<size_t>(info[0].As<Napi::Number>().Int64Value());
  return Napi::BigInt::New(info.Env(), reinterpret_cast<uint64_t>(reserve(info.Env(), bytes)));
}

// unmapMemory(address, bytes)
Napi::Value unmapMemory(const Napi::CallbackInfo& info) {
  const size_t bytes = static_cast<size_t>(info[1].As<Napi::Number>().Int64Value());
  if (munmap(reinterpret_cast<void*>(addressOf(info[0])), bytes) != 0) throw systemError(info.Env(), "munmap", errno);
  return info.Env().Undefined();
}

// createMemfd(name, bytes, huge): number, a descriptor of a shared memory file whose length nobody can change, and which
// nobody else can open
Napi::Value createMemfd(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>();
  const bool huge = info[2].As<Napi::Boolean>();
  const unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING | (huge ? MFD_HUGETLB | MFD_HUGE_2MB : 0);
  const int fd = memfd_create(name.c_str(), flags);
  if (fd < 0) throw systemError(info.Env(), "memfd_create", errno);
  const bool made = fchmod(fd, S_IRUSR | S_IWUSR) == 0 && ftruncate(fd, info[1].As<Napi::Number>().Int64Value()) == 0 &&
                    fcntl(fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0;
  if (!made) {
    const int error = errno;
    close(fd);
    throw systemError(info.Env(), "ftruncate", error);
  }
  return Napi::Number::New(info.Env(), fd);
}

// mapFile(fd, bytes, address): bigint address of a shared mapping of a memory file; in place of what is at the address,
// 0: anywhere. Pages of hugetlbfs are taken when they are filled, not reserved here.
Napi::Value mapFile(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  const size_t bytes = static_cast<size_t>(info[1].As<Napi::Number>().Int64Value());
  const uint64_t address = addressOf(info[2]);
  const int flags = MAP_SHARED | MAP_NORESERVE | (address == 0 ? 0 : MAP_FIXED);
  void* start = mmap(reinterpret_cast<void*>(address), bytes, PROT_READ | PROT_WRITE, flags, fd, 0);
  if (start == MAP_FAILED) throw systemError(info.Env(), "mmap", errno);
  return Napi::BigInt::New(info.Env(), reinterpret_cast<uint64_t>(start));
}

// viewOf(address, bytes): ArrayBuffer over memory that is not freed with it
Napi::Value viewOf(const Napi::CallbackInfo& info) {
  auto* start = reinterpret_cast<void*>(addressOf(info[0]));
  const size_t bytes = static_cast<size_t>(info[1].As<Napi::Number>().Int64Value());
  return Napi::ArrayBuffer::New(info.Env(), start, bytes);
}

// addressOf(view: Uint8Array): bigint
Napi::Value addressOfView(const Napi::CallbackInfo& info) {
  return Napi::BigInt::New(info.Env(), reinterpret_cast<uint64_t>(info[0].As<Napi::Uint8Array>().Data()));
}

// dropMemory(address, bytes): madvise(MADV_DONTNEED), as an application would call it
Napi::Value dropMemory(const Napi::CallbackInfo& info) {
  const size_t bytes = static_cast<size_t>(info[1].As<Napi::Number>().Int64Value());
  if (madvise(reinterpret_cast<void*>(addressOf(info[0])), bytes, MADV_DONTNEED) != 0) {
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
