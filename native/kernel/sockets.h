// Descriptors that travel: unix sockets with SCM_RIGHTS, and who is on the other side (SO_PEERCRED).
#pragma once
#include <napi.h>

namespace farpage {

void defineDescriptors(Napi::Env env, Napi::Object exports);

}  // namespace farpage
