// Messages for people on standard error, which nobody waits for.
#pragma once
#include <napi.h>

namespace farpage {

void defineMessages(Napi::Env env, Napi::Object exports);

}  // namespace farpage
