// Files that must stay as they are while they are read: whoever reads one asks behind the read whether it has changed. The
// kernel sets the time of the last change before the first byte of a write can be seen.
#pragma once
#include <napi.h>

namespace farpage {

/** Whether the file is as it was when it was watched; true also for a descriptor that is not watched. */
bool isUnchanged(int fd);

void defineWatched(Napi::Env env, Napi::Object exports);

}  // namespace farpage
