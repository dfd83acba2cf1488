// The extended attribute that marks a store's file, and fallocate(2) to punch holes.
#include "kernel/mark.h"

#include <fcntl.h>
#include <sys/xattr.h>

#include <cerrno>
#include <string>

#include "args.h"
#include "errors.h"

namespace farpage {

namespace {

// An extended attribute: it changes no byte of the file, and `cp` does not copy it.
constexpr char MARK[] = "user.farpage.store";
constexpr size_t MARK_BYTES = 128;

// fileMark(fd): string; null if the file has no mark, or its file system stores none
Napi::Value fileMark(const Napi::CallbackInfo& info) {
  char mark[MARK_BYTES];
  const ssize_t bytes = fgetxattr(Arguments(info, "fileMark").int32(0, "fd"), MARK, mark, sizeof mark);
  if (bytes < 0) return info.Env().Null();
  return Napi::String::New(info.Env(), mark, static_cast<size_t>(bytes));
}

// markFile(fd, mark: string | null): whether the file system stored, or removed, the mark
Napi::Value markFile(const Napi::CallbackInfo& info) {
  const Arguments args(info, "markFile");
  const int fd = args.int32(0, "fd");
  if (args.isNull(1)) return Napi::Boolean::New(info.Env(), fremovexattr(fd, MARK) == 0);
  const std::string mark = args.text(1, "mark");
  return Napi::Boolean::New(info.Env(), fsetxattr(fd, MARK, mark.data(), mark.size(), 0) == 0);
}

// punchFile(fd, position, bytes): errno, or 0. The bytes then read as zeros and occupy no blocks; the length is unchanged.
Napi::Value punchFile(const Napi::CallbackInfo& info) {
  const Arguments args(info, "punchFile");
  const int fd = args.int32(0, "fd");
  const auto position = static_cast<off_t>(args.length(1, "position"));
  const auto bytes = static_cast<off_t>(args.length(2, "bytes"));
  int punched = 0;
  do {
    punched = fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, position, bytes);
  } while (punched != 0 && errno == EINTR);
  return Napi::Number::New(info.Env(), punched == 0 ? 0 : errno);
}

}  // namespace

void defineMark(Napi::Env env, Napi::Object exports) {
  exports.Set("fileMark", Napi::Function::New<fileMark>(env, "fileMark"));
  exports.Set("markFile", Napi::Function::New<markFile>(env, "markFile"));
  exports.Set("punchFile", Napi::Function::New<punchFile>(env, "punchFile"));
}

}  // namespace farpage
