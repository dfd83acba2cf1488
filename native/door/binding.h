// The kernel's userfaultfd interface as functions of the addon. They use uffd.h, as the pager's commands do.
#pragma once
#include <napi.h>

namespace farpage {

/** Sets `userfaultfd` on the addon's exports: the calls, the event loop's watcher, memory, page maps, descriptors. */
void defineBinding(Napi::Env env, Napi::Object exports);

}  // namespace farpage
