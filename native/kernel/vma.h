// The mapping that an address is in.
#pragma once
#include <cstdint>

namespace farpage {

/** Where the mapping of this process that has the address starts; 0: none has it. Async-signal-safe, and slow: it reads /proc. */
uint64_t mappingStart(uint64_t address);

}  // namespace farpage
