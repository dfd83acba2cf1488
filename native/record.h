// A command's record in the ring: fields that the core writes, and fields that the shim writes when it has run.
#pragma once
#include <cstddef>
#include <cstdint>

#include "layout.h"

namespace farpage {

struct Record {
  uint8_t op;
  uint8_t flags;
  uint16_t outcome;
  uint32_t error;
  uint64_t target;
  uint64_t source;
  uint64_t length;
  int64_t done;
  uint32_t purpose;
  uint32_t region;
  uint32_t page;
  uint32_t count;
  uint32_t frame;
  uint32_t fd;
};

static_assert(sizeof(Record) == layout::COMMAND_BYTES, "a command's size");
static_assert(offsetof(Record, outcome) == layout::COMMAND_OUTCOME_AT, "outcome");
static_assert(offsetof(Record, error) == layout::COMMAND_ERRNO_AT, "errno");
static_assert(offsetof(Record, target) == layout::COMMAND_TARGET_AT, "target");
static_assert(offsetof(Record, source) == layout::COMMAND_SOURCE_AT, "source");
static_assert(offsetof(Record, length) == layout::COMMAND_LENGTH_AT, "length");
static_assert(offsetof(Record, done) == layout::COMMAND_BYTES_DONE_AT, "done");
static_assert(offsetof(Record, purpose) == layout::COMMAND_PURPOSE_AT, "purpose");
static_assert(offsetof(Record, frame) == layout::COMMAND_FRAME_AT, "frame");
static_assert(offsetof(Record, fd) == layout::COMMAND_FD_AT, "fd");

}  // namespace farpage
