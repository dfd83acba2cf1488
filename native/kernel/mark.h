// A mark on files that stores may write over, and holes in them.
#pragma once
#include <napi.h>

namespace farpage {

void defineMark(Napi::Env env, Napi::Object exports);

}  // namespace farpage
