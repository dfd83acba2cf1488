// Memory of each kind that userfaultfd serves, and the calls by which an application changes it.
#pragma once
#include <napi.h>

namespace farpage {

void defineMemory(Napi::Env env, Napi::Object exports);

}  // namespace farpage
