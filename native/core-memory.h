// Access to words of the core memory, by the offsets of layout.h.
#pragma once
#include <cstdint>

namespace farpage {

/** The word of type T at `offset`, a name of layout.h; `core` is the start of the core memory. */
template <typename T>
inline T& at(uint8_t* core, uint64_t offset) {
  return *reinterpret_cast<T*>(core + offset);
}

}  // namespace farpage
