// Whether system calls with buffers in regions work in this process.
#pragma once

namespace farpage {

/** Installs the wrappers of calls.h, once, and lets libuv prove that it calls them. */
bool callsServed();

/** For an engine whose regions the kernel itself is not served in, before its first region. 0 or an errno. */
int serveCalls();

}  // namespace farpage
