// A tally of the inline faults of a range, by thread, as JavaScript holds it: see inline/tally.h.
#pragma once
#include <napi.h>

namespace farpage {

/**
 * new FaultTally(address: bigint, byteLength: number)
 *
 * read(): number[][], a row for each thread: its number, faults, nanoseconds, the longest of them. close() ends the counting,
 * as the end of the object or of its thread does; read() then has no rows. ENOSPC: too many are open.
 */
class FaultTally : public Napi::ObjectWrap<FaultTally> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit FaultTally(const Napi::CallbackInfo& info);
  ~FaultTally() override;

 private:
  Napi::Value read(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  int tally_ = -1;
};

}  // namespace farpage
