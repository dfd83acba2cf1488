// Memory: mapped, sealed and given back.
#pragma once
#include <napi.h>

namespace farpage {

void defineMapping(Napi::Env env, Napi::Object exports);

}  // namespace farpage
