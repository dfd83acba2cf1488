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
};

/** Takes the messages in the ring and runs commands, until only stores in the event loop can advance anything. */
TurnResult turnOver(Context& context);

/** Runs commands until there are none. */
void drain(Context& context);

}  // namespace farpage
