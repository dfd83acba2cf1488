#include "kernel/lock.h"

#include <sys/file.h>

#include <cerrno>
#include <string>

#include "errors.h"

namespace farpage {

namespace {

// lockFile(fd, how: 'shared' | 'exclusive' | 'none'): whether the file, or folder, is locked (or unlocked) through this
// descriptor now; false: another descriptor holds a lock that this one excludes
Napi::Value lockFile(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  const std::string how = info[1].As<Napi::String>();
  const int operation = how == "none" ? LOCK_UN : how == "shared" ? LOCK_SH : LOCK_EX;
  int result;
  do result = flock(fd, operation | LOCK_NB);
  while (result != 0 && errno == EINTR);
  if (result != 0 && errno != EWOULDBLOCK) throw systemError(info.Env(), "flock", errno);
  return Napi::Boolean::New(info.Env(), result == 0);
}

}  // namespace

void defineLock(Napi::Env env, Napi::Object exports) {
  exports.Set("lockFile", Napi::Function::New<lockFile>(env, "lockFile"));
}

}  // namespace farpage
