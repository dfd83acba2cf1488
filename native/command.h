// Runs the command ring: each record's completion is written into the record.
#pragma once
#include <cstdint>

#include "codec.h"

namespace farpage {

struct Context {
  uint8_t* core = nullptr;
  int fd = -1;
  const Digest* digest = nullptr;
};

/** Which outcome an errno of a userfaultfd call is. */
uint16_t outcomeOf(int error);

/** Runs every command issued and not yet run; returns how many. Writes the time when it has done. */
uint32_t execute(const Context& context);

uint64_t monotonicNow();

template <typename T>
inline T& at(uint8_t* core, uint64_t offset) {
  return *reinterpret_cast<T*>(core + offset);
}

}  // namespace farpage
