// Whether system calls with buffers in regions work in this process.
#pragma once
#include <napi.h>

#include <cstdint>

#include "calls/ranges.h"

namespace farpage {

/** Installs the wrappers of calls.h, once, and lets libuv prove that it calls them. */
bool callsServed();

/** For a region in which the kernel itself is not served; `removeServedRange` ends it. */
void serveCallsOn(Napi::Env env, uint64_t start, uint64_t end);

}  // namespace farpage
