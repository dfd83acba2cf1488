// Last resort: ends the process rather than let threads hang or read zeros after a loop died.
#pragma once
#include <cstdint>

namespace farpage {

/**
 * Keeps the descriptor open after a loop ended without closing its regions: a thread that touches an absent page then
 * neither hangs nor reads zeros. At the first such touch the process ends, with its own exit code if it is exiting, else
 * with 70 (EX_SOFTWARE) and a line that says why. The caller must have woken the blocked threads, so that they re-fault.
 */
void startLastResort(int fd);

/** Starts a detached thread with all signals blocked. False if the system refuses one. */
bool spawn(void* (*work)(void*), void* argument);

/** Ends the process as the last resort does at a touch. Async-signal-safe, for a trap's handler. */
void endForAbandoned();

/**
 * The process is exiting with this code. Node.js joins its Workers one by one, and cannot interrupt one that is blocked on a
 * page: if a thread is still blocked after half a second, the process ends without them.
 */
void noteExit(int code);

/** Registers and removes an engine whose loop runs: the exit checks whether a thread waits for it. */
void enlist(uint8_t* core);
void dismiss(uint8_t* core);

/** Writes a line to standard error by write(2): needs no buffer, no lock and no other thread. */
void lastWords(const char* text, unsigned long length);

/** Writes it and ends the process with 70 (EX_SOFTWARE): an invariant is broken. Async-signal-safe. */
[[noreturn]] void endWith(const char* text, unsigned long length);

}  // namespace farpage
