// Signal handlers of ours stand in front of others': what is not ours goes on to them as if ours were not there.
#pragma once
#include <signal.h>
#include <ucontext.h>

namespace farpage {

/** Async-signal-safe, as the last thing of a handler. Where nobody else handles the signal it ends the process. */
void passSignalOn(const struct sigaction& previous, int signal, siginfo_t* info, ucontext_t* context);

/** The signal does what it does to a program without handlers, from now on. */
void restoreDefault(int signal);

/** sigprocmask(2) by the kernel's own mask, which is shorter than the C library's. */
void setSignalMask(const void* mask);

}  // namespace farpage
