// libuv may be part of the program, or a library; it may call the C library by its table of imports, by dlsym(3), or in a way
// that nobody can change. So it is asked to read and write a file with a buffer that only the wrappers can use.
#include "calls/proof.h"

#include <sys/mman.h>
#include <unistd.h>
#include <uv.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "calls/bounce.h"
#include "calls/slots.h"
#include "endings/gone.h"
#include "errors.h"

namespace farpage {

namespace {

constexpr size_t PAGE = 4096;

bool wanted() {
  const char* off = getenv("FARPAGE_DIRECT_CALLS");
  return off == nullptr || strcmp(off, "1") != 0;
}

// True if libuv read or wrote through a bounce buffer. `at` -1: at the file's position.
bool goesThrough(uv_file file, bool reads, uv_buf_t* buffers, unsigned count, int64_t at) {
  uv_fs_t request;
  const unsigned before = Bounce::ofThisThread();
  const int done = reads ? uv_fs_read(nullptr, &request, file, buffers, count, at, nullptr)
                         : uv_fs_write(nullptr, &request, file, buffers, count, at, nullptr);
  uv_fs_req_cleanup(&request);
  return done >= 0 && Bounce::ofThisThread() == before + 1;
}

// With and without a position, of one buffer and of two: each is another function of the C library.
bool libuvGoesThrough(uv_file file, void* memory) {
  auto* bytes = static_cast<char*>(memory);
  uv_buf_t buffers[] = {uv_buf_init(bytes, PAGE / 2), uv_buf_init(bytes + PAGE / 2, PAGE / 2)};
  bool all = true;
  for (const bool reads : {false, true}) {
    for (const unsigned count : {1U, 2U}) {
      for (const int64_t at : {int64_t{-1}, int64_t{0}}) all = goesThrough(file, reads, buffers, count, at) && all;
    }
  }
  return all;
}

bool prove() {
  const uv_file file = memfd_create("farpage-proof", MFD_CLOEXEC);
  if (file < 0) return false;
  void* memory = mmap(nullptr, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  bool proven = false;
  if (memory != MAP_FAILED) {
    const auto start = reinterpret_cast<uint64_t>(memory);
    addServedRange(start, start + PAGE);
    const LookupWrapped lookup;
    proven = libuvGoesThrough(file, memory);
    removeServedRange(start);
    munmap(memory, PAGE);
  }
  close(file);
  return proven;
}

// 0 or an errno.
int serveCalls() {
  if (!wanted()) return 0;
  // A page that cannot be loaded ends the copy of a wrapper by a signal.
  const int failed = installGone();
  if (failed == 0) wrapLoadedObjects();
  return failed;
}

}  // namespace

void serveCallsOn(Napi::Env env, uint64_t start, uint64_t end) {
  const int failed = serveCalls();
  if (failed != 0) throw systemError(env, "sigaction", failed);
  addServedRange(start, end);
}

bool callsServed() {
  static std::mutex& mutex = *new std::mutex;
  const std::lock_guard<std::mutex> lock(mutex);
  static const bool proven = wanted() && serveCalls() == 0 && prove();
  return proven;
}

}  // namespace farpage
