// Runs the command ring: each record's completion is written into the record.
#pragma once
#include <cstdint>

#include "core-memory.h"
#include "engine/moves.h"
#include "kernel/codec.h"
#include "layout.h"

namespace farpage {

class Remotes;

struct Context {
  uint8_t* core = nullptr;
  Means means;
  const Digest* digest = nullptr;
  /** An event was read while commands ran: its thread goes on, and what they would fill may be what it has removed. */
  bool eventRead = false;
  /** The thread that mapped the regions, whose stores may be objects of its own; and where it faulted last. 0: none. */
  uint32_t owner = 0;
  uint64_t ownerFault = 0;
  /** The thread that faulted last. 0: none. */
  uint32_t toucher = 0;
  /** Memory of other processes; null where there can be none (a trap). */
  Remotes* remotes = nullptr;
  /** By the core's number of the region; 0 stands for memory that is no region's. */
  Backing backings[layout::REGION_LIMIT];
};

/** Reads messages into the ring's free places, without waiting; writes the time. Returns how many are in the ring. */
uint32_t readMessages(Context& context);

/** Runs every command issued and not yet run; returns how many. Writes the time when it has done. */
uint32_t execute(Context& context);

uint64_t monotonicNow();

}  // namespace farpage
