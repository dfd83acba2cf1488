// One turn over the compiled core: see turn.h.
#include "engine/turn.h"

#include "core/core.h"
#include "engine/lanes.h"

namespace farpage {

using namespace layout;

namespace {

/** Steps in one turn before the event loop runs again: an operation over a wide range must not starve the stores. */
constexpr uint32_t STEPS_A_TURN = 64;

uint32_t word(const Context& context, uint64_t offset) { return at<uint32_t>(context.core, offset); }

bool isSpace(void* context, uint32_t region) {
  return static_cast<Context*>(context)->backings[region % REGION_LIMIT].spaced;
}

}  // namespace

void drain(Context& context) {
  while (word(context, COMMAND_HEAD_AT) != word(context, COMMAND_DONE_AT)) {
    execute(context);
    coreSettle(context.core);
    context.stamps.end(STAMP_SETTLE);
  }
}

TurnResult turnOver(Context& context, Until until) {
  uint32_t more = STEP_DONE;
  uint32_t steps = 0;
  do {
    more = coreStep(context.core);
    context.stamps.end(STAMP_STEP);
    drain(context);
    // Commands on big pages read messages while they wait for the address space to settle.
    const bool messages = word(context, MESSAGE_COUNT_AT) != 0;
    if (messages && more == STEP_DONE) more = STEP_AGAIN;
    if (until == Until::taken && !messages) break;
    if (until == Until::idle && more == STEP_LOOK) break;
  } while (more != STEP_DONE && ++steps < STEPS_A_TURN);
  const bool again = more != STEP_DONE;
  if (context.lanes != nullptr) context.lanes->takeRequests(isSpace, &context);
  const bool wanted = again || word(context, REQUEST_HEAD_AT) != word(context, REQUEST_TAIL_AT) ||
                      word(context, OPERATION_COUNT_AT) != 0 || word(context, RETRY_AT) != 0 ||
                      word(context, PASS_AT) != 0 || word(context, LIST_STARVED_AT + QUEUE_COUNT_AT) != 0 ||
                      word(context, LIST_REFUSED_AT + QUEUE_COUNT_AT) != 0 ||
                      (context.lanes != nullptr && context.lanes->anyLost());
  return {wanted, again, more == STEP_LOOK};
}

}  // namespace farpage
