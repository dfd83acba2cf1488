// Fills the message ring: see inbox.h.
#include "engine/inbox.h"

#include <unistd.h>

#include "engine/views.h"
#include "others/processes.h"

namespace farpage {

using namespace layout;

namespace {

void noteEvent(Context& context, uint32_t number) {
  const uint8_t* message = context.core + MESSAGES_AT + number * MESSAGE_BYTES;
  if (message[MESSAGE_EVENT_AT] == EVENT_PAGEFAULT) {
    const auto& fault = reinterpret_cast<const uffd_msg*>(message)->arg.pagefault;
    context.toucher = fault.feat.ptid;
    context.stamps.countFault();
    if (fault.feat.ptid == context.owner && context.owner != 0) context.ownerFault = fault.address;
    return;
  }
  context.eventRead = true;
  const uint32_t child = *reinterpret_cast<const uint32_t*>(message + MESSAGE_CHILD_AT);
  if (message[MESSAGE_EVENT_AT] != EVENT_FORK || child == 0 || context.remotes == nullptr) return;
  context.backings[child] = Backing();
  context.backings[child].region = child;
  context.backings[child].remote = context.remotes->of(child);
  context.backings[child].spaced = true;
}

}  // namespace

bool eventWaits(const Context& context) {
  const uint32_t count = at<uint32_t>(context.core, MESSAGE_COUNT_AT);
  for (uint32_t i = at<uint32_t>(context.core, MESSAGE_TAKEN_AT); i < count; i++) {
    const uint8_t event = context.core[MESSAGES_AT + i * MESSAGE_BYTES + MESSAGE_EVENT_AT];
    if (event != 0 && event != EVENT_PAGEFAULT) return true;
  }
  return false;
}

uint32_t readMessages(Context& context) {
  auto& count = at<uint32_t>(context.core, MESSAGE_COUNT_AT);
  const size_t room = (MESSAGE_LIMIT - count) * MESSAGE_BYTES;
  const bool own = context.remotes == nullptr || !context.remotes->any();
  if (room > 0 && own) {
    // EAGAIN on a readable descriptor is ordinary: the fault was answered before it was read.
    const ssize_t got = read(context.means.fd, context.core + MESSAGES_AT + count * MESSAGE_BYTES, room);
    for (ssize_t at = 0; at < got; at += MESSAGE_BYTES) noteEvent(context, count++);
  }
  if (context.remotes != nullptr && context.remotes->any()) {
    auto* free = reinterpret_cast<uffd_msg*>(context.core + MESSAGES_AT + count * MESSAGE_BYTES);
    for (uint32_t got = context.remotes->read(free, MESSAGE_LIMIT - count); got > 0; got--) noteEvent(context, count++);
  }
  Views* views = context.means.views;
  if (views != nullptr && views->any()) {
    auto* free = reinterpret_cast<uffd_msg*>(context.core + MESSAGES_AT + count * MESSAGE_BYTES);
    count += views->read(free, MESSAGE_LIMIT - count);
  }
  at<uint64_t>(context.core, NOW_AT) = monotonicNow();
  return count;
}

void addFault(Context& context, uint64_t address, uint64_t flags) {
  auto& count = at<uint32_t>(context.core, MESSAGE_COUNT_AT);
  auto& message = at<uffd_msg>(context.core, MESSAGES_AT + count * MESSAGE_BYTES);
  message = {};
  message.event = UFFD_EVENT_PAGEFAULT;
  message.arg.pagefault.flags = flags;
  message.arg.pagefault.address = address;
  context.stamps.countFault();
  count++;
}

}  // namespace farpage
