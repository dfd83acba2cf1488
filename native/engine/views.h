// Applies a command to a region's mappings in attached processes.
#pragma once
#include "engine/command.h"
#include "others/attachments.h"
#include "record.h"

namespace farpage {

inline const Backing& backingOf(const Context& context, const Record& record) {
  return context.backings[record.region % layout::REGION_LIMIT];
}

// Whether another process has mapped the record's region.
inline bool isViewed(const Context& context, const Record& record) {
  const Views* views = context.means.views;
  return views != nullptr && views->any() && backingOf(context, record).file >= 0;
}

// The bytes are in the memfile by now: wakes the threads of other processes, which find them there.
inline void wakeViews(const Context& context, const Record& record, int64_t bytes) {
  if (bytes <= 0 || !isViewed(context, record)) return;
  Views& views = *context.means.views;
  views.wakeUp(record.region, views.offsetOf(record.region, record.target), static_cast<uint64_t>(bytes));
}

inline void protectViews(const Context& context, const Record& record) {
  if (!isViewed(context, record)) return;
  Views& views = *context.means.views;
  views.protect(record.region, views.offsetOf(record.region, record.target), record.length);
}

inline void unprotectViews(const Context& context, const Record& record) {
  if (!isViewed(context, record)) return;
  Views& views = *context.means.views;
  views.unprotect(record.region, views.offsetOf(record.region, record.target), record.length);
}

inline void poisonViews(const Context& context, const Record& record) {
  if (!isViewed(context, record)) return;
  Views& views = *context.means.views;
  views.poison(record.region, views.offsetOf(record.region, record.target), record.length);
}

}  // namespace farpage
