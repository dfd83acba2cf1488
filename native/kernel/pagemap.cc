// PAGEMAP_SCAN and /proc/self/pagemap for JavaScript.
#include "kernel/pagemap.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <mutex>

#include "args.h"
#include "errors.h"

namespace farpage {

namespace {

// Debian 12's headers are Linux 6.1's: these are 6.7's.
struct PageRegion {
  uint64_t start;
  uint64_t end;
  uint64_t categories;
};

struct ScanArguments {
  uint64_t size;
  uint64_t flags;
  uint64_t start;
  uint64_t end;
  uint64_t walkEnd;
  uint64_t vector;
  uint64_t vectorLength;
  uint64_t maxPages;
  uint64_t categoryInverted;
  uint64_t categoryMask;
  uint64_t categoryAnyOfMask;
  uint64_t returnMask;
};

constexpr unsigned long IOCTL_SCAN = _IOWR('f', 16, ScanArguments);
constexpr uint64_t WP_MATCHING = 1 << 0;
constexpr uint64_t CHECK_WPASYNC = 1 << 1;
constexpr uint64_t IS_WRITTEN = 1 << 1;

static_assert(sizeof(PageRegion) == 24 && sizeof(ScanArguments) == 96, "as the kernel has them");
#ifdef PAGEMAP_SCAN
static_assert(IOCTL_SCAN == PAGEMAP_SCAN && IS_WRITTEN == PAGE_IS_WRITTEN, "PAGEMAP_SCAN");
static_assert(WP_MATCHING == PM_SCAN_WP_MATCHING && CHECK_WPASYNC == PM_SCAN_CHECK_WPASYNC, "PAGEMAP_SCAN");
#endif

// This process's page map: opened once and kept, because all threads share the memory and opening it costs as much as
// scanning a tenth of a gibibyte.
int pagemap(Napi::Env env) {
  static std::mutex mutex;
  static int fd = -1;
  const std::lock_guard<std::mutex> lock(mutex);
  if (fd < 0) {
    fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    if (fd < 0) throw systemError(env, "open(/proc/self/pagemap)", errno);
  }
  return fd;
}

// scan(start: bigint, end: bigint, clear, regions: BigUint64Array): the number of regions found. Each takes three words of
// `regions`: start, end, and its length as a double. One more word, the last, receives the address where the walk ended.
Napi::Value scan(const Napi::CallbackInfo& info) {
  const Arguments args(info, "scan");
  auto regions = args.words(3, "regions");
  if (regions.ElementLength() == 0) throw systemError(info.Env(), "ioctl(PAGEMAP_SCAN)", EINVAL);
  const size_t room = (regions.ElementLength() - 1) / 3;
  ScanArguments arguments = {};
  arguments.size = sizeof arguments;
  // Memory that is not watched would count as written. With CHECK_WPASYNC the call fails with EPERM instead.
  arguments.flags = CHECK_WPASYNC | (args.boolean(2, "clear") ? WP_MATCHING : 0);
  arguments.start = args.word(0, "start");
  arguments.end = args.word(1, "end");
  arguments.vector = reinterpret_cast<uint64_t>(regions.Data());
  arguments.vectorLength = room;
  arguments.categoryMask = IS_WRITTEN;
  arguments.returnMask = IS_WRITTEN;
  const int count = ioctl(pagemap(info.Env()), IOCTL_SCAN, &arguments);
  if (count < 0) throw systemError(info.Env(), "ioctl(PAGEMAP_SCAN)", errno);
  // The categories are those requested, so their word can hold the length, as the double that JavaScript reads.
  auto* found = reinterpret_cast<PageRegion*>(regions.Data());
  for (int at = 0; at < count; at++) {
    const auto length = static_cast<double>(found[at].end - found[at].start);
    std::memcpy(&found[at].categories, &length, sizeof length);
  }
  regions.Data()[room * 3] = arguments.walkEnd;
  return Napi::Number::New(info.Env(), count);
}

// entries(firstPage: bigint, into: BigUint64Array): how many were read
Napi::Value entries(const Napi::CallbackInfo& info) {
  const Arguments args(info, "entries");
  const auto position = static_cast<off_t>(args.word(0, "firstPage") * sizeof(uint64_t));
  auto into = args.words(1, "into");
  const ssize_t bytes = pread(pagemap(info.Env()), into.Data(), into.ByteLength(), position);
  if (bytes < 0) throw systemError(info.Env(), "pread(/proc/self/pagemap)", errno);
  return Napi::Number::New(info.Env(), static_cast<double>(static_cast<size_t>(bytes) / sizeof(uint64_t)));
}

}  // namespace

void definePagemap(Napi::Env env, Napi::Object exports) {
  exports.Set("scan", Napi::Function::New<scan>(env, "scan"));
  exports.Set("entries", Napi::Function::New<entries>(env, "entries"));
}

}  // namespace farpage
