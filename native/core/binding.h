// Exports the compiled core to JavaScript.
#pragma once
#include <napi.h>

namespace farpage {

/** Sets `compiledCore`: the hash of its module, `step` and `settle` over a memory that V8's instance has laid out. */
void defineCore(Napi::Env env, Napi::Object exports);

}  // namespace farpage
