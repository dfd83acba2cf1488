// What a faulting thread tried, by its signal's context.
#pragma once
#include <ucontext.h>

#include <cstdint>

namespace farpage {

struct Access {
  bool write;
  /** A page is mapped there, and forbids the access. */
  bool present;
  /** Not an instruction fetch, nor a protection key's or shadow stack's doing. */
  bool data;
};

Access accessOf(const ucontext_t* context);

/** Whether the access would succeed now. Async-signal-safe. */
bool accessibleNow(uint64_t address, bool write);

/** Whether a mapping has the address now. Async-signal-safe. */
bool mappedNow(uint64_t address);

}  // namespace farpage
