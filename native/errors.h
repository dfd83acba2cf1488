// System errors as JavaScript errors with the fields `errno` and `syscall`, so that no caller parses a text.
#pragma once
#include <napi.h>

namespace farpage {

Napi::Error systemError(Napi::Env env, const char* call, int error);

}  // namespace farpage
