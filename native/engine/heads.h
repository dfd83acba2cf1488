// Opens the files of a chain of images ahead of the thread that reads them.
#pragma once
#include <napi.h>

namespace farpage {

void defineHeads(Napi::Env env, Napi::Object exports);

}  // namespace farpage
