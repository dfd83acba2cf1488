// Advisory locks: what is locked is in use, by whichever process of this machine, in whichever pid namespace.
#pragma once
#include <napi.h>

namespace farpage {

void defineLock(Napi::Env env, Napi::Object exports);

}  // namespace farpage
