// Wakes threads that wait on futexes for pages that a command has changed.
#pragma once
#include "kernel/parking.h"
#include "record.h"

namespace farpage {

// Where the kernel wakes threads that wait in it, others wait on futexes: a trap wakes them itself. They fault again if they
// need to.
inline void wakeWaiters(const Record& record, uint32_t shift) {
  using namespace layout;
  const uint64_t start = record.op == OP_TAKE ? record.source : record.target;
  switch (record.op) {
    case OP_COPY:
    case OP_FEED:
    case OP_ZEROPAGE:
    case OP_MOVE:
    case OP_TAKE:
    case OP_CONTINUE:
    case OP_POISON:
    case OP_WAKE:
    case OP_UNPROTECT:
    case OP_SEAL:
      return wakeParked(start, start + record.length, shift);
    default:
      return;
  }
}

}  // namespace farpage
