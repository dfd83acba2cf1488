// Ranges whose absent pages nobody can bring in any more: a touch there ends the process by a signal, and says first which
// region it was.
#pragma once
#include <napi.h>

#include <cstdint>

namespace farpage {

enum class Gone : uint32_t {
  none,
  closed,    // its region was closed here
  attached,  // another process's region: its pager gives a page up, and says why there
  left,      // another process's region, which its pager has closed
  detached,  // another process's region, which was closed here
};

/** The range is so from now on; `region` where it has a number here. 0, or an errno where no handler can be installed. */
int rememberGone(uint64_t start, uint64_t length, Gone how, uint32_t region);

/** Nothing of ours is there any more. */
void forgetGone(uint64_t start);

/** Says so, once a range, where the address is in one. Async-signal-safe. */
void reportIfGone(uint64_t address, int signal);

void defineGone(Napi::Env env, Napi::Object exports);

}  // namespace farpage
