// Chains signal handlers: signals that are not farpage's go to the previous handler as if ours were not installed.
#pragma once
#include <signal.h>
#include <ucontext.h>

namespace farpage {

/** Call last in a handler; async-signal-safe. If there is no previous handler, the signal ends the process. */
void passSignalOn(const struct sigaction& previous, int signal, siginfo_t* info, ucontext_t* context);

/** A handler of farpage's, at its installation. */
void noteOwnHandler(void (*handler)(int, siginfo_t*, void*));
bool isOwnHandler(const struct sigaction& action);

/** Restores the signal's default action. */
void restoreDefault(int signal);

/** sigprocmask(2) with the kernel's signal mask, which is shorter than the C library's. */
void setSignalMask(const void* mask);

}  // namespace farpage
