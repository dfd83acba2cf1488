// System errors as JavaScript errors with `errno`, `syscall` and nothing to parse.
#pragma once
#include <napi.h>

namespace farpage {

Napi::Error systemError(Napi::Env env, const char* call, int error);

}  // namespace farpage
