#include "kernel/mark.h"

#include <fcntl.h>
#include <sys/xattr.h>

#include <cerrno>
#include <string>

#include "errors.h"

namespace farpage {

namespace {

// An extended attribute: it moves no byte of the file, and `cp` leaves it behind.
constexpr char MARK[] = "user.farpage.store";
constexpr size_t MARK_BYTES = 128;

int descriptorOf(const Napi::CallbackInfo& info) { return info[0].As<Napi::Number>().Int32Value(); }

// fileMark(fd): string, or null where there is none, or where the file system keeps none
Napi::Value fileMark(const Napi::CallbackInfo& info) {
  char mark[MARK_BYTES];
  const ssize_t bytes = fgetxattr(descriptorOf(info), MARK, mark, sizeof mark);
  if (bytes < 0) return info.Env().Null();
  return Napi::String::New(info.Env(), mark, static_cast<size_t>(bytes));
}

// markFile(fd, mark: string | null): whether the file system keeps marks
Napi::Value markFile(const Napi::CallbackInfo& info) {
  const int fd = descriptorOf(info);
  if (info[1].IsNull()) return Napi::Boolean::New(info.Env(), fremovexattr(fd, MARK) == 0);
  const std::string mark = info[1].As<Napi::String>();
  return Napi::Boolean::New(info.Env(), fsetxattr(fd, MARK, mark.data(), mark.size(), 0) == 0);
}

// punchFile(fd, position, bytes): errno, or 0. The bytes read as zeros and take no room; the file's length stays.
Napi::Value punchFile(const Napi::CallbackInfo& info) {
  const off_t position = static_cast<off_t>(info[1].As<Napi::Number>().Int64Value());
  const off_t bytes = static_cast<off_t>(info[2].As<Napi::Number>().Int64Value());
  int punched = 0;
  do {
    punched = fallocate(descriptorOf(info), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, position, bytes);
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
