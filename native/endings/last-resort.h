// Last resort: ends the process rather than let threads hang or read zeros after a loop died.
#pragma once
#include <cstdint>

namespace farpage {

/**
 * Keeps the descriptor open after a loop ended without closing its regions: a thread that touches an absent page then
 * neither hangs nor reads zeros. At the first such touch the process ends, with its own exit code if it is exiting, else
 * with 70 (EX_SOFTWARE) and a line that says why. Threads that wait already must have been woken: they touch again.
 */
void startLastResort(int fd);

/** A thread of its own, no signal handled on it. False where the system gives none. */
bool spawn(void* (*work)(void*), void* argument);

/** What the above does at such a touch: async-signal-safe, for a trap's handler. */
void endForAbandoned();

/**
 * The process is exiting with this code. Node joins its Workers one by one, and cannot interrupt one that waits for a
 * page: if a page is still being waited for half a second from now, the process ends all the same.
 */
void noteExit(int code);

/** Engines whose loops run: the exit looks whether somebody waits for them. */
void enlist(uint8_t* core);
void dismiss(uint8_t* core);

/** Writes a line to standard error by write(2): no buffer, no lock, no other thread is needed for it. */
void lastWords(const char* text, unsigned long length);

}  // namespace farpage
