// In an attached process: watches the pager of a shared region, and handles its end.
#pragma once
#include <napi.h>

namespace farpage {

/** Byte that the pager sends before it closes the socket in good order. */
constexpr char GOODBYE = 'g';

void defineAttachedWatch(Napi::Env env, Napi::Object exports);

}  // namespace farpage
