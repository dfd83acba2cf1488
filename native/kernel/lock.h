// Advisory file locks: they hold across all processes of the machine, in any pid namespace.
#pragma once
#include <napi.h>

namespace farpage {

void defineLock(Napi::Env env, Napi::Object exports);

}  // namespace farpage
