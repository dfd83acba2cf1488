// See fault-tally.h.
#include "engine/fault-tally.h"

#include <cerrno>

#include "args.h"
#include "errors.h"
#include "inline/tally.h"

namespace farpage {

Napi::Function FaultTally::define(Napi::Env env) {
  return DefineClass(env, "FaultTally",
                     {
                         InstanceMethod<&FaultTally::read>("read"),
                         InstanceMethod<&FaultTally::close>("close"),
                     });
}

FaultTally::FaultTally(const Napi::CallbackInfo& info) : Napi::ObjectWrap<FaultTally>(info) {
  const Arguments args(info, "FaultTally");
  const uint64_t start = args.word(0, "address");
  const uint64_t length = args.length(1, "byteLength");
  tally_ = openTally(start, start + length);
  if (tally_ < 0) throw systemError(info.Env(), "a tally of faults", ENOSPC);
}

FaultTally::~FaultTally() {
  if (tally_ >= 0) closeTally(tally_);
}

Napi::Value FaultTally::read(const Napi::CallbackInfo& info) {
  auto rows = Napi::Array::New(info.Env());
  if (tally_ < 0) return rows;
  for (const ThreadTally& one : readTally(tally_)) {
    auto row = Napi::Array::New(info.Env(), 4);
    row.Set(0u, static_cast<double>(one.thread));
    row.Set(1u, static_cast<double>(one.faults));
    row.Set(2u, static_cast<double>(one.nanoseconds));
    row.Set(3u, static_cast<double>(one.longest));
    rows.Set(rows.Length(), row);
  }
  return rows;
}

Napi::Value FaultTally::close(const Napi::CallbackInfo& info) {
  if (tally_ >= 0) closeTally(tally_);
  tally_ = -1;
  return info.Env().Undefined();
}

}  // namespace farpage
