// Many pieces of a file, written by one job.
#pragma once
#include <napi.h>

namespace farpage {

void definePieces(Napi::Env env, Napi::Object exports);

}  // namespace farpage
