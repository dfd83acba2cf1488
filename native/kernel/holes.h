// Ranges of regions: they are given back as a whole, by V8 or by farpage, so nothing else may be mapped in their holes.
#pragma once
#include <cstdint>

namespace farpage {

/** A region lies there. For good: how long its buffers live only V8 knows. */
void rememberRegion(uint64_t start, uint64_t length);

/** munmap(2), but what was a region's stays taken: PROT_NONE. 0 or an errno. */
int unmapRange(uint64_t start, uint64_t length);

/** The range has been moved away by mremap(2): what was a region's of it stays taken. */
void keepHole(uint64_t start, uint64_t length);

}  // namespace farpage
