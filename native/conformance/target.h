// The faulting side of the conformance matrix: a thread, or a forked child, that runs the operations in its mailbox.
// A mailbox is memory shared with forked children. One side posts an operation and its arguments and wakes the other,
// which runs it, catches SIGBUS and SIGSEGV, and leaves the answer. The poster polls, because it answers faults meanwhile.
#pragma once
#include <napi.h>

#include <atomic>
#include <cstdint>

namespace farpage {

constexpr size_t ARGUMENTS = 6;
constexpr size_t RESULTS = 2032;

struct Mailbox {
  std::atomic<uint32_t> request;  // number of operations posted; a futex
  std::atomic<uint32_t> done;     // number of the last operation served
  std::atomic<uint32_t> thread;   // id of the thread that serves; 0 before
  uint32_t operation;
  int32_t error;
  int32_t signal;
  uint64_t address;  // of the signal
  int64_t value;
  uint64_t arguments[ARGUMENTS];
  uint64_t results[RESULTS];
};
static_assert(std::atomic<uint32_t>::is_always_lock_free, "a futex is a plain word");

/** Installs handlers that catch SIGBUS and SIGSEGV of serving threads, and pass others on. Once per process. */
void catchSignals();

/** The number of the operation of that name, or -1. */
int operationOf(const char* name);

/** Serves a mailbox until the operation `exit`. */
void serveForever(Mailbox* box);

/** Runs the operation that was posted last. */
void serve(Mailbox* box);

void wakeServer(Mailbox* box);

void defineTarget(Napi::Env env, Napi::Object exports);

}  // namespace farpage
