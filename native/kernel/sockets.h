// Unix sockets that carry descriptors (SCM_RIGHTS), and the identity of their peer (SO_PEERCRED).
#pragma once
#include <napi.h>

namespace farpage {

void defineDescriptors(Napi::Env env, Napi::Object exports);

}  // namespace farpage
