// Maps, views, drops and unmaps memory, and creates memfiles.
#pragma once
#include <napi.h>

namespace farpage {

void defineMapping(Napi::Env env, Napi::Object exports);

}  // namespace farpage
