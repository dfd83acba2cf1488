// Runs the command ring: each record's completion is written into the record.
#pragma once
#include <cstdint>

#include "core-memory.h"
#include "engine/moves.h"
#include "kernel/clock.h"
#include "kernel/codec.h"
#include "kernel/stamps.h"
#include "layout.h"

namespace farpage {

class Remotes;
class Lanes;

struct Context {
  uint8_t* core = nullptr;
  /** See meters.h. Null: nobody has given any. */
  uint8_t* meters = nullptr;
  Means means;
  const Digest* digest = nullptr;
  CompressionState compression;
  /** An event was read while commands ran: its thread runs again, and may have removed pages that they would fill. */
  bool eventRead = false;
  /** The thread that mapped the regions (its stores may be objects of its own), and its last fault's address. 0: none. */
  uint32_t owner = 0;
  uint64_t ownerFault = 0;
  /** The thread that faulted last. 0: none. */
  uint32_t toucher = 0;
  /** Threads that wait for a page wait on a futex, not in the kernel: see inline/inline.h. */
  bool inlined = false;
  Stamps stamps;
  /** Memory of other processes; null on a trap, which has none. */
  Remotes* remotes = nullptr;
  /** Null until the first one is opened. */
  Lanes* lanes = nullptr;
  /** Indexed by the core's region number; 0 is for memory outside all regions. */
  Backing backings[layout::REGION_LIMIT];
};

/** Runs every command issued and not yet run, then writes the time. Returns how many it ran. */
uint32_t execute(Context& context);

}  // namespace farpage
