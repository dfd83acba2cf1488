// The core's messages: what the kernel, other processes and faulting threads report goes into the message ring.
#pragma once
#include <cstdint>

#include "engine/command.h"

namespace farpage {

/** Reads messages into the ring's free records, without blocking; writes the time. Returns how many are in the ring. */
uint32_t readMessages(Context& context);

/** Puts a thread's fault into the ring, which has room. The caller writes the time. */
void addFault(Context& context, uint64_t address, uint64_t flags);

/**
 * Whether the ring holds an event that the core has not taken. Its thread runs already, and after a fork the child has what was
 * installed before the event was read.
 */
bool eventWaits(const Context& context);

}  // namespace farpage
