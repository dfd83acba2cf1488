// In a process that is attached to a node of a shared region: no page is used after the node's lease, or after the node.
#pragma once
#include <napi.h>

namespace farpage {

void defineLeaseWatch(Napi::Env env, Napi::Object exports);

}  // namespace farpage
