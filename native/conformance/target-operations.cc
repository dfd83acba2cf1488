// The operations that a mailbox can request. A forked child runs only system calls and this file: no locks of libc, no
// allocation.
#include "conformance/target.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <linux/io_uring.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iterator>

namespace farpage {

namespace {

// Set in the serving thread: where a signal handler jumps to, and the signal.
// Volatile, because only the handler reads what is set just before an access.
thread_local sigjmp_buf* volatile landing = nullptr;
thread_local volatile int caughtSignal = 0;
thread_local volatile uint64_t caughtAddress = 0;
thread_local bool forked = false;
thread_local bool leaving = false;

struct sigaction previousBus;
struct sigaction previousSegv;

void onSignal(int signal, siginfo_t* info, void* context) {
  if (landing != nullptr) {
    caughtSignal = signal;
    caughtAddress = reinterpret_cast<uint64_t>(info->si_addr);
    siglongjmp(*landing, 1);
  }
  const struct sigaction& previous = signal == SIGBUS ? previousBus : previousSegv;
  if ((previous.sa_flags & SA_SIGINFO) != 0) {
    previous.sa_sigaction(signal, info, context);
  } else if (previous.sa_handler == SIG_DFL || previous.sa_handler == SIG_IGN) {
    // The access is repeated and ends the process as it would without a handler.
    struct sigaction standard = {};
    standard.sa_handler = SIG_DFL;
    sigaction(signal, &standard, nullptr);
  } else {
    previous.sa_handler(signal);
  }
}

/** Runs `touch`; returns the signal that ended it, or 0. `touch` must change memory, not locals. */
template <typename Touch>
__attribute__((noinline)) int guarded(Touch touch) {
  sigjmp_buf* const outer = landing;
  sigjmp_buf here;
  if (sigsetjmp(here, 1) != 0) {
    landing = outer;
    return caughtSignal;
  }
  landing = &here;
  touch();
  landing = outer;
  return 0;
}

long futex(std::atomic<uint32_t>* word, int operation, uint32_t value) {
  return syscall(SYS_futex, word, operation, value, nullptr, nullptr, 0);
}

void pauseFor(uint64_t microseconds) {
  timespec time = {static_cast<time_t>(microseconds / 1000000), static_cast<long>(microseconds % 1000000) * 1000};
  while (nanosleep(&time, &time) != 0 && errno == EINTR) {
  }
}

volatile uint8_t* bytesAt(uint64_t address) { return reinterpret_cast<volatile uint8_t*>(address); }
void* pointer(uint64_t address) { return reinterpret_cast<void*>(address); }

void keep(Mailbox* box, long result) {
  box->value = result;
  box->error = result == -1 ? errno : 0;
}

// read(address): its byte
void readByte(Mailbox* box) { box->value = *bytesAt(box->arguments[0]); }

// write(address, byte)
void writeByte(Mailbox* box) { *bytesAt(box->arguments[0]) = static_cast<uint8_t>(box->arguments[1]); }

// each(start, count, stride, write): reads `count` bytes, and with `write` writes each back;
// results: the byte, or 0x100 × the signal
void touchEach(Mailbox* box) {
  const uint64_t* args = box->arguments;
  for (uint64_t i = 0; i < args[1] && i < RESULTS; i++) {
    const int signal = guarded([box, args, i] {
      volatile uint8_t* at = bytesAt(args[0] + i * args[2]);
      const uint8_t byte = *at;
      if (args[3] != 0) *at = byte;
      box->results[i] = byte;
    });
    if (signal != 0) box->results[i] = static_cast<uint64_t>(signal) << 8;
  }
}

// fill(start, bytes, page, seed, step): every byte of the i-th page becomes seed + i × step
void fill(Mailbox* box) {
  const uint64_t* args = box->arguments;
  for (uint64_t at = 0; at < args[1]; at++) {
    *bytesAt(args[0] + at) = static_cast<uint8_t>(args[3] + at / args[2] * args[4]);
  }
}

// check(start, bytes, page, seed, step): offset of the first byte that differs from `fill`'s, or `bytes`
void check(Mailbox* box) {
  const uint64_t* args = box->arguments;
  uint64_t at = 0;
  while (at < args[1] && *bytesAt(args[0] + at) == static_cast<uint8_t>(args[3] + at / args[2] * args[4])) at++;
  box->value = static_cast<int64_t>(at);
}

// madvise(start, bytes, advice)
void adviseRange(Mailbox* box) {
  const uint64_t* args = box->arguments;
  keep(box, madvise(pointer(args[0]), args[1], static_cast<int>(args[2])));
}

// mremap(start, bytes, newBytes, to): to the fixed address `to` unless that is 0
void remapRange(Mailbox* box) {
  const uint64_t* args = box->arguments;
  const int flags = MREMAP_MAYMOVE | (args[3] == 0 ? 0 : MREMAP_FIXED);
  keep(box, syscall(SYS_mremap, args[0], args[1], args[2], flags, args[3]));
}

// munmap(start, bytes)
void unmapRange(Mailbox* box) { keep(box, munmap(pointer(box->arguments[0]), box->arguments[1])); }

// mprotect(start, bytes, protection)
void protectRange(Mailbox* box) {
  const uint64_t* args = box->arguments;
  keep(box, mprotect(pointer(args[0]), args[1], static_cast<int>(args[2])));
}

// fork(mailbox): the process id of a child that serves that mailbox. libc's fork would hold malloc's locks while the
// kernel waits for the fork event to be read, and the thread that reads it needs malloc.
void forkChild(Mailbox* box) {
  const long child = syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr);
  if (child == 0) {
    forked = true;
    landing = nullptr;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    serveForever(reinterpret_cast<Mailbox*>(box->arguments[0]));
    _exit(0);
  }
  keep(box, child);
}

int ring = -1;

// pin(start, bytes): pins for writing, long-term, as a registered buffer of an io_uring
void pin(Mailbox* box) {
  io_uring_params parameters = {};
  if (ring < 0) ring = static_cast<int>(syscall(SYS_io_uring_setup, 1, &parameters));
  if (ring < 0) return keep(box, -1);
  iovec buffer = {pointer(box->arguments[0]), box->arguments[1]};
  keep(box, syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, &buffer, 1));
}

// unpin(): unregisters explicitly, because closing the ring releases the pages only later
void unpin(Mailbox* box) {
  keep(box, syscall(SYS_io_uring_register, ring, IORING_UNREGISTER_BUFFERS, nullptr, 0));
  close(ring);
  ring = -1;
}

// peek(address): process_vm_readv of the caller's own memory, which pins it for reading briefly
void peek(Mailbox* box) {
  uint8_t byte = 0;
  iovec local = {&byte, 1};
  iovec remote = {pointer(box->arguments[0]), 1};
  keep(box, syscall(SYS_process_vm_readv, syscall(SYS_getpid), &local, 1, &remote, 1, 0));
  box->results[0] = byte;
}

// readInto(address, byte): read(2) of one byte from a pipe
void readInto(Mailbox* box) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return keep(box, -1);
  const auto byte = static_cast<uint8_t>(box->arguments[1]);
  if (write(ends[1], &byte, 1) == 1) {
    keep(box, read(ends[0], pointer(box->arguments[0]), 1));
  } else {
    keep(box, -1);
  }
  close(ends[0]);
  close(ends[1]);
}

// pagemap(start, count, stride): results: the entries of /proc/self/pagemap
void readPagemap(Mailbox* box) {
  const uint64_t* args = box->arguments;
  const int file = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (file < 0) return keep(box, -1);
  long result = 0;
  for (uint64_t i = 0; i < args[1] && i < RESULTS && result != -1; i++) {
    const uint64_t page = (args[0] + i * args[2]) / 4096;
    result = pread(file, &box->results[i], sizeof box->results[i], static_cast<off_t>(page * 8));
  }
  keep(box, result);
  close(file);
}

// pause(microseconds)
void pauseHere(Mailbox* box) { pauseFor(box->arguments[0]); }

// kill(process, microseconds): SIGKILL, after a while
void killLater(Mailbox* box) {
  pauseFor(box->arguments[1]);
  keep(box, kill(static_cast<pid_t>(box->arguments[0]), SIGKILL));
}

// exit(code): ends a child; a thread ends its service
void leave(Mailbox* box) {
  if (forked) _exit(static_cast<int>(box->arguments[0]));
  leaving = true;
}

struct Operation {
  const char* name;
  void (*run)(Mailbox*);
};
constexpr Operation OPERATIONS[] = {
    {"read", readByte}, {"write", writeByte}, {"each", touchEach}, {"fill", fill}, {"check", check},
    {"madvise", adviseRange}, {"mremap", remapRange}, {"munmap", unmapRange}, {"mprotect", protectRange},
    {"fork", forkChild}, {"pin", pin}, {"unpin", unpin}, {"peek", peek}, {"readInto", readInto},
    {"pagemap", readPagemap}, {"pause", pauseHere}, {"kill", killLater}, {"exit", leave},
};

}  // namespace

void catchSignals() {
  static std::atomic<bool> caught{false};
  if (caught.exchange(true)) return;
  struct sigaction action = {};
  action.sa_sigaction = onSignal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigaction(SIGBUS, &action, &previousBus);
  sigaction(SIGSEGV, &action, &previousSegv);
}

void serveForever(Mailbox* box) {
  box->thread.store(static_cast<uint32_t>(syscall(SYS_gettid)), std::memory_order_release);
  uint32_t seen = 0;
  while (!leaving) {
    const uint32_t request = box->request.load(std::memory_order_acquire);
    if (request == seen) {
      futex(&box->request, FUTEX_WAIT, seen);
      continue;
    }
    seen = request;
    serve(box);
  }
}

void serve(Mailbox* box) {
  const uint32_t request = box->request.load(std::memory_order_acquire);
  box->value = 0;
  box->error = 0;
  box->signal = guarded([box] { OPERATIONS[box->operation].run(box); });
  box->address = box->signal == 0 ? 0 : caughtAddress;
  box->done.store(request, std::memory_order_release);
}

int operationOf(const char* name) {
  for (size_t i = 0; i < std::size(OPERATIONS); i++) {
    if (std::strcmp(name, OPERATIONS[i].name) == 0) return static_cast<int>(i);
  }
  return -1;
}

void wakeServer(Mailbox* box) { futex(&box->request, FUTEX_WAKE, 1); }

}  // namespace farpage
