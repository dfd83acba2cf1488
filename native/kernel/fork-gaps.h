// Lists the ranges of a process's paged memory that a fork does not inherit.
#pragma once
#include <cstdint>

namespace farpage {

/** In the form that the core reads. */
struct Gap {
  uint64_t start;
  uint64_t end;
};

/**
 * Ranges with a userfaultfd that a fork does not inherit (MADV_DONTFORK) or finds wiped (MADV_WIPEONFORK), ascending.
 * `count`: on entry the room in `gaps`, on return the ranges found. 0 or an errno; ENOSPC: there are more.
 */
int listForkGaps(int pid, Gap* gaps, uint32_t& count);

}  // namespace farpage
