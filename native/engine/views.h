// What a command does to a region's memory in other processes that have it mapped.
#pragma once
#include "engine/command.h"
#include "others/attachments.h"
#include "record.h"

namespace farpage {

inline const Backing& backingOf(const Context& context, const Record& record) {
  return context.backings[record.region % layout::REGION_LIMIT];
}

// Whether anybody else has mapped what the record is about.
inline bool isViewed(const Context& context, const Record& record) {
  const Views* views = context.means.views;
  return views != nullptr && views->any() && backingOf(context, record).file >= 0;
}

// In other processes the bytes are in the file by now: threads that block there find them.
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
