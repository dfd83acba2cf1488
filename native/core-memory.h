// Words of the core's memory, by the offsets of layout.h.
#pragma once
#include <cstdint>

namespace farpage {

/** The word of type T at `offset`, which layout.h names; `core` is where the core's memory begins. */
template <typename T>
inline T& at(uint8_t* core, uint64_t offset) {
  return *reinterpret_cast<T*>(core + offset);
}

}  // namespace farpage
