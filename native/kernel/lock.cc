// flock(2) for JavaScript: see lock.h.
#include "kernel/lock.h"

#include <sys/file.h>

#include <cerrno>
#include <string>

#include "args.h"
#include "errors.h"

namespace farpage {

namespace {

// lockFile(fd, how: 'shared' | 'exclusive' | 'none'): locks the file or folder through this descriptor, or unlocks it.
// Returns false if another descriptor holds a conflicting lock
Napi::Value lockFile(const Napi::CallbackInfo& info) {
  const Arguments args(info, "lockFile");
  const int fd = args.int32(0, "fd");
  const std::string how = args.text(1, "how");
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
