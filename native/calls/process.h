// Calls that change what farpage relies on in the process.
#pragma once
#include <signal.h>

namespace farpage {

using Sigaction = int(int signal, const struct sigaction* action, struct sigaction* old);
using Dlopen = void*(const char* name, int flags);

/** The C library's; set before a wrapper is called. */
extern Sigaction* originalSigaction;
extern Dlopen* originalDlopen;

/** A handler of SIGBUS or SIGSEGV goes below farpage's: as the top one it would take every fault for a crash. */
Sigaction wrapSigaction;

/** What a library has loaded calls the wrappers, too. */
Dlopen wrapDlopen;

}  // namespace farpage
