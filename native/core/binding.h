// The compiled core as the addon shows it.
#pragma once
#include <napi.h>

namespace farpage {

/** `compiledCore`: the hash of its module, `step` and `settle` over a memory that V8's instance has begun. */
void defineCore(Napi::Env env, Napi::Object exports);

}  // namespace farpage
