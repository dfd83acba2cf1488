// File writes on libuv's threads: many pieces in one job, and write-back of a range to the disk.
#pragma once
#include <napi.h>

namespace farpage {

void definePieces(Napi::Env env, Napi::Object exports);

}  // namespace farpage
