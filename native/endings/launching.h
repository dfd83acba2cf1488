// Hands this process over to farpage-launch, for a `farpage run` that Node.js started itself.
#pragma once
#include <napi.h>

namespace farpage {

void defineLaunching(Napi::Env env, Napi::Object exports);

}  // namespace farpage
