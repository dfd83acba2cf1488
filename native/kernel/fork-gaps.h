// What a fork does not have of its parent's paged memory.
#pragma once
#include <cstdint>

namespace farpage {

/** As the core reads it. */
struct Gap {
  uint64_t start;
  uint64_t end;
};

/**
 * Ranges of a process's memory with a userfaultfd that a fork does not inherit (MADV_DONTFORK) or finds wiped
 * (MADV_WIPEONFORK), ascending. `count` holds how many there is room for, then how many there are. 0 or an errno;
 * ENOSPC: there are more.
 */
int listForkGaps(int pid, Gap* gaps, uint32_t& count);

}  // namespace farpage
