// Ranges whose absent pages can no longer be loaded: a touch there ends the process by a signal, and the handler first
// writes which region it was.
#pragma once
#include <napi.h>
#include <signal.h>

#include <cstdint>

namespace farpage {

enum class Gone : uint32_t {
  none,
  closed,    // the region was closed in this process
  attached,  // another process's region, attached here: its pager reports why it gives a page up
  left,      // another process's region, closed by its pager
  detached,  // another process's region, detached here
  node,      // a shared region of another process's node, attached here
};

/** Installs the handlers, once, before all others of farpage. 0 or an errno. */
int installGone();

/**
 * sigaction(2) for others, while a handler of farpage's is installed for the signal: theirs goes below all of ours, and gets what is
 * not ours. False, and nothing is done, if farpage has no handler installed.
 */
bool installBelow(int signal, const struct sigaction* action, struct sigaction* old);

/** Adds a range; `region` is its number here, or 0. Returns 0, or an errno if no handler can be installed. */
int rememberGone(uint64_t start, uint64_t length, Gone how, uint32_t region);

/** Removes the range: the addresses may be used for other memory. */
void forgetGone(uint64_t start);

/** If the address is in such a range, writes a line, once per range. Async-signal-safe. */
void reportIfGone(uint64_t address, int signal);

void defineGone(Napi::Env env, Napi::Object exports);

}  // namespace farpage
