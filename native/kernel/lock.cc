#include "kernel/lock.h"

#include <sys/file.h>

#include <cerrno>

#include "errors.h"

namespace farpage {

namespace {

// tryLock(fd): whether the file, or folder, is locked through this descriptor now; false: another descriptor holds the lock
Napi::Value onTryLock(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  int result;
  do result = flock(fd, LOCK_EX | LOCK_NB);
  while (result != 0 && errno == EINTR);
  if (result != 0 && errno != EWOULDBLOCK) throw systemError(info.Env(), "flock", errno);
  return Napi::Boolean::New(info.Env(), result == 0);
}

}  // namespace

void defineLock(Napi::Env env, Napi::Object exports) {
  exports.Set("tryLock", Napi::Function::New<onTryLock>(env, "tryLock"));
}

}  // namespace farpage
