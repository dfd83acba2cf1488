// A copy that may fail. A page that cannot be loaded ends the copy with the bytes copied so far, where it would end the process.
#pragma once
#include <signal.h>
#include <ucontext.h>

#include <cstddef>

namespace farpage {

/** Copies from user mode, so that absent pages are served; 0 or the number of bytes that could not be copied. */
size_t copyGuarded(void* to, const void* from, size_t bytes);

/** For handlers that would pass a signal on: true if the signal is of such a copy, which then ends when the handler returns. */
bool endGuardedCopy(const siginfo_t* info, ucontext_t* context);

}  // namespace farpage
