// Tells a process from its forked children, in a signal handler.
#pragma once

namespace farpage {

/** Marks this process, once. 0 or an errno. */
int markProcess();

/** This is a forked child of the marked process: its handlers and tables are the parent's. Async-signal-safe. */
bool isForked();

}  // namespace farpage
