// The other process's side of a shared region: what happens there when the pager ends.
#pragma once
#include <napi.h>

namespace farpage {

/** What the pager says on the socket before it closes it in good order. */
constexpr char GOODBYE = 'g';

void defineAttachedWatch(Napi::Env env, Napi::Object exports);

}  // namespace farpage
