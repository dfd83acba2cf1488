// Files that must not change while they are read: the reader checks after each read whether the file has changed. The
// kernel updates the change time before the first byte of a write becomes visible.
#pragma once
#include <napi.h>

namespace farpage {

/** Whether the file is unchanged since it was watched; true for a descriptor that is not watched. */
bool isUnchanged(int fd);

void defineWatched(Napi::Env env, Napi::Object exports);

}  // namespace farpage
