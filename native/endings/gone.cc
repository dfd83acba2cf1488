// Keeps the list of ranges whose pages are gone, and the SIGBUS and SIGSEGV handlers that name the region of a touch there.
#include "endings/gone.h"

#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>

#include "args.h"
#include "endings/guarded-copy.h"
#include "endings/last-resort.h"
#include "endings/signal-chain.h"
#include "errors.h"

namespace farpage {

namespace {

struct Range {
  std::atomic<uint64_t> start{0};
  std::atomic<uint64_t> end{0};
  std::atomic<Gone> how{Gone::none};
  std::atomic<uint32_t> region{0};
  std::atomic<bool> said{false};
};

// If more regions are closed, only the last ones keep their names.
constexpr size_t RANGES = 1024;
constexpr size_t LINE = 320;

Range ranges[RANGES];
std::atomic<size_t> used{0};
// Never freed: a handler may be looking at it.
std::atomic<const struct sigaction*> previousBus{nullptr};
std::atomic<const struct sigaction*> previousFault{nullptr};
std::atomic<pid_t> process{0};

std::mutex& mutex() {
  static std::mutex& one = *new std::mutex;
  return one;
}

class Line {
 public:
  void text(const char* words) {
    while (*words != 0 && length_ < LINE) bytes_[length_++] = *words++;
  }
  void number(uint64_t value) {
    char digits[21];
    size_t at = sizeof digits - 1;
    digits[at] = 0;
    do {
      digits[--at] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
    text(digits + at);
  }
  void put() const { lastWords(bytes_, length_); }

 private:
  char bytes_[LINE];
  size_t length_ = 0;
};

std::atomic<const struct sigaction*>& previousOf(int signal) { return signal == SIGBUS ? previousBus : previousFault; }

void onSignal(int signal, siginfo_t* info, void* raw) {
  if (endGuardedCopy(info, static_cast<ucontext_t*>(raw))) return;
  const int saved = errno;
  if (info->si_code > 0) reportIfGone(reinterpret_cast<uint64_t>(info->si_addr), signal);
  errno = saved;
  passSignalOn(*previousOf(signal).load(), signal, info, static_cast<ucontext_t*>(raw));
}

// Called with the mutex held.
int install() {
  static bool done = false;
  if (done) return 0;
  // The previous handlers must be known before this one can run.
  struct sigaction bus;
  struct sigaction fault;
  if (sigaction(SIGBUS, nullptr, &bus) != 0 || sigaction(SIGSEGV, nullptr, &fault) != 0) return errno;
  previousBus.store(new struct sigaction(bus));
  previousFault.store(new struct sigaction(fault));
  noteOwnHandler(onSignal);
  struct sigaction action = {};
  action.sa_sigaction = onSignal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigfillset(&action.sa_mask);
  if (sigaction(SIGBUS, &action, nullptr) != 0 || sigaction(SIGSEGV, &action, nullptr) != 0) return errno;
  process = getpid();
  done = true;
  return 0;
}

Range& placeFor(uint64_t start) {
  static size_t next = 0;
  const size_t count = used.load();
  for (size_t i = 0; i < count; i++) {
    if (ranges[i].how.load() == Gone::none || ranges[i].start.load() == start) return ranges[i];
  }
  if (count < RANGES) {
    used.store(count + 1);
    return ranges[count];
  }
  next = (next + 1) % RANGES;
  return ranges[next];
}

// rememberGone(address: bigint, bytes, region)
Napi::Value onRemember(const Napi::CallbackInfo& info) {
  const Arguments args(info, "rememberGone");
  const uint64_t start = args.word(0, "address");
  const uint64_t length = args.length(1, "bytes");
  const int failed = rememberGone(start, length, Gone::closed, args.uint32(2, "region"));
  if (failed != 0) throw systemError(info.Env(), "sigaction", failed);
  return info.Env().Undefined();
}

// forgetGone(address: bigint)
Napi::Value onForget(const Napi::CallbackInfo& info) {
  forgetGone(Arguments(info, "forgetGone").word(0, "address"));
  return info.Env().Undefined();
}

}  // namespace

int installGone() {
  const std::lock_guard<std::mutex> lock(mutex());
  return install();
}

// What a handler installs when it gives up, after a crash that may have been inside malloc, allocates nothing.
static const struct sigaction* copyOf(const struct sigaction& action) {
  static const struct sigaction standard = {};
  const bool resets = (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == SIG_DFL;
  return resets ? &standard : new struct sigaction(action);
}

bool installBelow(int signal, const struct sigaction* action, struct sigaction* old) {
  // A child has handlers of its own. It may share this memory until it calls exec (vfork), or have been forked while the mutex
  // was locked.
  if ((signal != SIGBUS && signal != SIGSEGV) || process.load() != getpid()) return false;
  const std::lock_guard<std::mutex> lock(mutex());
  struct sigaction top;
  if (sigaction(signal, nullptr, &top) != 0 || !isOwnHandler(top)) return false;
  const struct sigaction* before = previousOf(signal).load();
  if (action != nullptr) previousOf(signal).store(copyOf(*action));
  if (old != nullptr) *old = *before;
  return true;
}

int rememberGone(uint64_t start, uint64_t length, Gone how, uint32_t region) {
  const std::lock_guard<std::mutex> lock(mutex());
  const int failed = install();
  if (failed != 0) return failed;
  Range& range = placeFor(start);
  range.end.store(0);
  range.start.store(start);
  range.region.store(region);
  range.said.store(false);
  range.how.store(how);
  range.end.store(start + length);
  return 0;
}

void forgetGone(uint64_t start) {
  const std::lock_guard<std::mutex> lock(mutex());
  const size_t count = used.load();
  for (size_t i = 0; i < count; i++) {
    if (ranges[i].start.load() != start) continue;
    ranges[i].end.store(0);
    ranges[i].start.store(0);
    ranges[i].how.store(Gone::none);
  }
}

void reportIfGone(uint64_t address, int signal) {
  const size_t count = used.load();
  for (size_t i = 0; i < count; i++) {
    Range& range = ranges[i];
    const uint64_t start = range.start.load();
    if (address < start || address >= range.end.load()) continue;
    if (range.said.exchange(true)) return;
    const Gone how = range.how.load();
    Line line;
    line.text("farpage: a thread touched byte ");
    line.number(address - start);
    line.text(" of ");
    if (how == Gone::closed) {
      line.text("region ");
      line.number(range.region.load());
      line.text(" after the region was closed: the page was not in memory then, and nobody can bring it in any more");
    } else if (how == Gone::left) {
      line.text("an attached region after its pager closed it: the page was not in memory then");
    } else if (how == Gone::detached) {
      line.text("an attached region after the region was closed in this process");
    } else if (how == Gone::node) {
      line.text("an attached shared region: the page is lost, or its node has closed the region, was fenced, or has ended");
    } else {
      line.text("an attached region whose pager gave the page up (it says why on its own standard error), or closes");
    }
    line.text(signal == SIGBUS ? "; SIGBUS\n" : "; SIGSEGV\n");
    line.put();
    return;
  }
}

void defineGone(Napi::Env env, Napi::Object exports) {
  exports.Set("rememberGone", Napi::Function::New<onRemember>(env, "rememberGone"));
  exports.Set("forgetGone", Napi::Function::New<onForget>(env, "forgetGone"));
}

}  // namespace farpage
