// Compares a file's change time with that at its open: see watched.h.
#include "kernel/watched.h"

#include <sys/stat.h>

#include <atomic>
#include <cerrno>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "args.h"
#include "errors.h"

namespace farpage {

namespace {

struct Version {
  off_t size;
  timespec changed;
};

// The loops of all threads read these; opening or closing a file writes them. Never freed: a loop may still read at exit.
std::shared_mutex& mutex = *new std::shared_mutex;
auto& versions = *new std::unordered_map<int, Version>;
std::atomic<size_t> count{0};

// watchFile(fd): notes the size and time of change that isUnchanged compares with
Napi::Value watchFile(const Napi::CallbackInfo& info) {
  const int fd = Arguments(info, "watchFile").int32(0, "fd");
  struct stat status = {};
  if (fstat(fd, &status) != 0) throw systemError(info.Env(), "fstat", errno);
  const std::unique_lock<std::shared_mutex> lock(mutex);
  versions[fd] = {status.st_size, status.st_mtim};
  count = versions.size();
  return info.Env().Undefined();
}

// unwatchFile(fd): call it before the descriptor is closed
Napi::Value unwatchFile(const Napi::CallbackInfo& info) {
  const int fd = Arguments(info, "unwatchFile").int32(0, "fd");
  const std::unique_lock<std::shared_mutex> lock(mutex);
  versions.erase(fd);
  count = versions.size();
  return info.Env().Undefined();
}

// isUnchanged(fd)
Napi::Value onIsUnchanged(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), isUnchanged(Arguments(info, "isUnchanged").int32(0, "fd")));
}

}  // namespace

bool isUnchanged(int fd) {
  if (count.load(std::memory_order_relaxed) == 0) return true;
  Version version = {};
  {
    const std::shared_lock<std::shared_mutex> lock(mutex);
    const auto found = versions.find(fd);
    if (found == versions.end()) return true;
    version = found->second;
  }
  struct stat now = {};
  return fstat(fd, &now) == 0 && now.st_size == version.size && now.st_mtim.tv_sec == version.changed.tv_sec &&
         now.st_mtim.tv_nsec == version.changed.tv_nsec;
}

void defineWatched(Napi::Env env, Napi::Object exports) {
  exports.Set("watchFile", Napi::Function::New<watchFile>(env, "watchFile"));
  exports.Set("unwatchFile", Napi::Function::New<unwatchFile>(env, "unwatchFile"));
  exports.Set("isUnchanged", Napi::Function::New<onIsUnchanged>(env, "isUnchanged"));
}

}  // namespace farpage
