// Keeps a killed pager's descriptors open until the processes that it paged have ended.
#pragma once
#include <napi.h>

namespace farpage {

void defineKeeper(Napi::Env env, Napi::Object exports);

}  // namespace farpage
