// One turn without a call into JavaScript: what src/loop/turn.ts does over V8's core, over the compiled one.
#pragma once
#include <cstdint>

#include "engine/command.h"

namespace farpage {

struct TurnResult {
  /** The loop's `dispatch` has something to do. */
  bool wanted;
  /** It ended before everything was done. */
  bool unfinished;
};

/** Messages are in the ring: all that they ask for and that needs no store in the event loop happens. */
TurnResult turnOver(Context& context);

/** Runs commands until there are none. */
void drain(Context& context);

}  // namespace farpage
