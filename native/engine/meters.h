// Times of calls that the shim makes in a store's place, for histograms: see src/core/meters.ts.
#pragma once
#include <cstdint>

namespace farpage {

/** Counts a time of `meter` (METER_…), which is in nanoseconds. */
void countTime(uint8_t* meters, uint32_t meter, uint64_t time);

/** Whether somebody looks at the times of local files; `meters` may be null. */
bool watchesFiles(uint8_t* meters);

}  // namespace farpage
