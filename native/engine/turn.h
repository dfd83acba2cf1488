// One turn without a call into JavaScript: as src/loop/turn.ts, but over the compiled core.
#pragma once
#include <cstdint>

#include "engine/command.h"

namespace farpage {

struct TurnResult {
  /** The loop's `dispatch` has work. */
  bool wanted;
  /** The turn ended with work left. */
  bool unfinished;
  /** A pass is under way: other threads' faults go first, then the turn goes on. */
  bool looks;
};

/** How long a turn goes on. */
enum class Until {
  /** Only stores in the event loop can advance anything, or other threads' faults go first. */
  idle,
  /** The messages are taken: a faulting thread leaves the rest to the loop. */
  taken,
};

/** Takes the messages in the ring and runs commands. */
TurnResult turnOver(Context& context, Until until);

/** Runs commands until there are none. */
void drain(Context& context);

}  // namespace farpage
