// The faulting side of the conformance matrix: a thread, or a forked child, that does as its mailbox tells it.
// A mailbox is memory shared with forked children. One side posts an operation and its arguments and wakes the other,
// which runs it, catches SIGBUS and SIGSEGV, and leaves the answer. Whoever posts polls: it has faults to answer
// meanwhile.
#pragma once
#include <napi.h>

#include <atomic>
#include <cstdint>

namespace farpage {

constexpr size_t ARGUMENTS = 6;
constexpr size_t RESULTS = 2032;

struct Mailbox {
  std::atomic<uint32_t> request;  // counts what was posted; a futex
  std::atomic<uint32_t> done;     // the last one that was served
  std::atomic<uint32_t> thread;   // who serves, once it does
  uint32_t operation;
  int32_t error;
  int32_t signal;
  uint64_t address;  // of the signal
  int64_t value;
  uint64_t arguments[ARGUMENTS];
  uint64_t results[RESULTS];
};
static_assert(std::atomic<uint32_t>::is_always_lock_free, "a futex is a plain word");

/** Lets SIGBUS and SIGSEGV of whoever serves a mailbox land there, and passes on all others. Once for the process. */
void catchSignals();

/** The number of the operation of that name, or -1. */
int operationOf(const char* name);

/** Serves a mailbox until it is told to leave. */
void serveForever(Mailbox* box);

/** Runs the operation that was posted last. */
void serve(Mailbox* box);

void wakeServer(Mailbox* box);

void defineTarget(Napi::Env env, Napi::Object exports);

}  // namespace farpage
