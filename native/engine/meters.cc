// Counts times in the meters' buckets: see meters.h.
#include "engine/meters.h"

#include <algorithm>

#include "core-memory.h"
#include "layout.h"

namespace farpage {

using namespace layout;

namespace {

// As `recordLatency` in assembly/books/region.ts: 16 buckets an octave.
uint32_t bucketOf(uint32_t ticks) {
  if (ticks < 16) return ticks;
  const auto exponent = static_cast<uint32_t>(31 - __builtin_clz(ticks));
  return ((exponent - 3) << 4) + ((ticks >> (exponent - 4)) & 15);
}

}  // namespace

void countTime(uint8_t* meters, uint32_t meter, uint64_t time) {
  const uint64_t ticks = time >> TICK_SHIFT;
  uint8_t* const own = meters + uint64_t{meter} * METER_BYTES;
  const uint32_t bucket = bucketOf(static_cast<uint32_t>(std::min<uint64_t>(ticks, UINT32_MAX)));
  at<double>(own, METER_BUCKETS_AT + bucket * sizeof(double)) += 1;
  at<double>(own, 0) += static_cast<double>(ticks);
  auto& longest = at<double>(own, METER_MAX_AT);
  longest = std::max(longest, static_cast<double>(ticks));
}

bool watchesFiles(uint8_t* meters) {
  if (meters == nullptr) return false;
  return (__atomic_load_n(&at<uint32_t>(meters, METERS_ON_AT), __ATOMIC_RELAXED) & METERS_FILES) != 0;
}

}  // namespace farpage
