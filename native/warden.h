// What stands between the end of a loop and the threads that may touch its regions.
#pragma once
#include <cstdint>

namespace farpage {

/** What the warden needs to outlive the loop's thread. */
struct Ward {
  int fd;
  uint8_t* core;
};

/**
 * Keeps the descriptor open after a loop ended without closing its regions: a thread that touches an absent page then
 * neither hangs nor reads zeros. At the first such touch, or at once if a thread waits already, the process ends, with
 * its own exit code if it is exiting, else with 70 (EX_SOFTWARE) and a line that says why.
 */
void leaveToWarden(const Ward& ward);

/** Writes a line to standard error by write(2): no buffer, no lock, no other thread is needed for it. */
void lastWords(const char* text, unsigned long length);

}  // namespace farpage
