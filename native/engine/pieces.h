// Many pieces of a file, written by one job; what was written, sent to the disk by another.
#pragma once
#include <napi.h>

namespace farpage {

void definePieces(Napi::Env env, Napi::Object exports);

}  // namespace farpage
