// The table of joined files: see joined.h.
#include "kernel/joined.h"

#include <algorithm>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "args.h"

namespace farpage {

namespace {

// The first number. Linux has no descriptor as high: the most that fs.nr_open can be is lower.
constexpr int FIRST = 1 << 30;

struct Part {
  uint64_t first;
  int fd;
};

struct Joined {
  std::vector<Part> parts;
  uint64_t bytes = 0;
};

// The loops of all threads read these. Never freed: a loop may still read at exit.
std::shared_mutex& mutex = *new std::shared_mutex;
auto& files = *new std::unordered_map<int, Joined>;
int next = FIRST;

// joinFiles(fds: number[], bytes: Float64Array): the first bytes of each, in this order. The descriptors stay the caller's.
Napi::Value joinFiles(const Napi::CallbackInfo& info) {
  const Arguments given(info, "joinFiles");
  const std::vector<int32_t> fds = given.int32s(0, "fds");
  const Napi::Float64Array bytes = given.doubles(1, "bytes");
  if (bytes.ElementLength() != fds.size()) throw Napi::TypeError::New(info.Env(), "joinFiles: bytes: not one for each file");
  Joined joined;
  for (size_t i = 0; i < fds.size(); i++) {
    if (bytes[i] == 0) continue;
    joined.parts.push_back({joined.bytes, fds[i]});
    joined.bytes += static_cast<uint64_t>(bytes[i]);
  }
  const std::unique_lock<std::shared_mutex> lock(mutex);
  const int number = next++;
  files[number] = std::move(joined);
  return Napi::Number::New(info.Env(), number);
}

// separateFiles(number): its number is never given again
Napi::Value separateFiles(const Napi::CallbackInfo& info) {
  const int number = Arguments(info, "separateFiles").int32(0, "number");
  const std::unique_lock<std::shared_mutex> lock(mutex);
  files.erase(number);
  return info.Env().Undefined();
}

}  // namespace

Place placeIn(int file, uint64_t offset) {
  if (file < FIRST) return {file, offset, UINT64_MAX};
  const std::shared_lock<std::shared_mutex> lock(mutex);
  const auto found = files.find(file);
  // As a descriptor that is closed: EBADF.
  if (found == files.end()) return {-1, 0, UINT64_MAX};
  const auto& [parts, bytes] = found->second;
  if (offset >= bytes) return {-1, 0, 0};
  const auto after =
      std::upper_bound(parts.begin(), parts.end(), offset, [](uint64_t at, const Part& part) { return at < part.first; });
  const Part& part = *(after - 1);
  const uint64_t end = after == parts.end() ? bytes : after->first;
  return {part.fd, offset - part.first, end - offset};
}

void defineJoined(Napi::Env env, Napi::Object exports) {
  exports.Set("joinFiles", Napi::Function::New<joinFiles>(env, "joinFiles"));
  exports.Set("separateFiles", Napi::Function::New<separateFiles>(env, "separateFiles"));
}

}  // namespace farpage
