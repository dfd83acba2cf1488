// Marks files that a store created and may overwrite, and punches holes in files.
#pragma once
#include <napi.h>

namespace farpage {

void defineMark(Napi::Env env, Napi::Object exports);

}  // namespace farpage
