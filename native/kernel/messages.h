// Messages on standard error: a reader that stopped reading never blocks the writer.
#pragma once
#include <napi.h>

namespace farpage {

void defineMessages(Napi::Env env, Napi::Object exports);

}  // namespace farpage
