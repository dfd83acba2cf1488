// Keeps the pager's files open when the pager has been killed, until the processes that it paged have ended.
#pragma once
#include <napi.h>

namespace farpage {

void defineKeeper(Napi::Env env, Napi::Object exports);

}  // namespace farpage
