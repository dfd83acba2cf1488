// Keeps unmapped holes in regions reserved: V8 or farpage unmaps a region's range as a whole, so nothing else may be there.
#pragma once
#include <cstdint>

namespace farpage {

/** Remembers a region's range, for ever: only V8 knows how long its buffers live. */
void rememberRegion(uint64_t start, uint64_t length);

/** munmap(2), but a region's addresses stay reserved: PROT_NONE. 0 or an errno. */
int unmapRange(uint64_t start, uint64_t length);

/** Reserves the region's addresses in a range that mremap(2) has moved away. */
void keepHole(uint64_t start, uint64_t length);

}  // namespace farpage
