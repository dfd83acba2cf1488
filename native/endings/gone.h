// Ranges whose absent pages can no longer be loaded: a touch there ends the process by a signal, and the handler first
// writes which region it was.
#pragma once
#include <napi.h>

#include <cstdint>

namespace farpage {

enum class Gone : uint32_t {
  none,
  closed,    // the region was closed in this process
  attached,  // another process's region, attached here: its pager reports why it gives a page up
  left,      // another process's region, closed by its pager
  detached,  // another process's region, detached here
};

/** Installs the handlers, once: those of others that are installed later come first. 0 or an errno. */
int installGone();

/** Adds a range; `region` is its number here, or 0. Returns 0, or an errno if no handler can be installed. */
int rememberGone(uint64_t start, uint64_t length, Gone how, uint32_t region);

/** Removes the range: the addresses may be used for other memory. */
void forgetGone(uint64_t start);

/** If the address is in such a range, writes a line, once per range. Async-signal-safe. */
void reportIfGone(uint64_t address, int signal);

void defineGone(Napi::Env env, Napi::Object exports);

}  // namespace farpage
