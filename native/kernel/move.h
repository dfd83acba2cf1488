// Moves pages by UFFDIO_MOVE to where nothing is, and reports truly how many have moved.
#pragma once
#include "kernel/uffd.h"

namespace farpage {

/**
 * movePages to a `target` that the caller knows to be empty. Linux 6.18 may return EEXIST for pages that it has moved
 * (docs/userfaultfd.md, "MOVE returns EEXIST"): these count as moved here.
 */
Progress moveToEmpty(int fd, uint64_t target, uint64_t source, uint64_t length);

}  // namespace farpage
