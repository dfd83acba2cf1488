// Calls the signal handlers that were installed before ours, as the kernel would have: see signal-chain.h.
#include "endings/signal-chain.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>

namespace farpage {

namespace {
constexpr size_t KERNEL_SIGSET_BYTES = 8;
constexpr size_t OWN = 3;
std::atomic<void (*)(int, siginfo_t*, void*)> own[OWN];
}

void setSignalMask(const void* mask) {
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, mask, nullptr, KERNEL_SIGSET_BYTES);
}

void noteOwnHandler(void (*handler)(int, siginfo_t*, void*)) {
  for (auto& place : own) {
    void (*vacant)(int, siginfo_t*, void*) = nullptr;
    if (place.compare_exchange_strong(vacant, handler)) return;
  }
}

bool isOwnHandler(const struct sigaction& action) {
  if ((action.sa_flags & SA_SIGINFO) == 0) return false;
  for (const auto& place : own) {
    if (place.load() == action.sa_sigaction) return true;
  }
  return false;
}

void restoreDefault(int signal) {
  struct sigaction standard = {};
  standard.sa_handler = SIG_DFL;
  sigaction(signal, &standard, nullptr);
}

void passSignalOn(const struct sigaction& previous, int signal, siginfo_t* info, ucontext_t* context) {
  const bool synchronous = info->si_code > 0;
  const bool standard = (previous.sa_flags & SA_SIGINFO) == 0 &&
                        (previous.sa_handler == SIG_DFL || (synchronous && previous.sa_handler == SIG_IGN));
  if (standard) {
    // A faulting access is repeated and ends the process as it would have; a signal that was sent is raised again.
    restoreDefault(signal);
    if (!synchronous) syscall(SYS_tgkill, syscall(SYS_getpid), syscall(SYS_gettid), signal);
    return;
  }
  if ((previous.sa_flags & SA_SIGINFO) == 0 && previous.sa_handler == SIG_IGN) return;
  // With the signal mask that the kernel would have set.
  sigset_t mask = context->uc_sigmask;
  for (int i = 1; i < NSIG; i++) {
    if (sigismember(&previous.sa_mask, i) == 1) sigaddset(&mask, i);
  }
  if ((previous.sa_flags & SA_NODEFER) == 0) sigaddset(&mask, signal);
  setSignalMask(&mask);
  if ((previous.sa_flags & SA_SIGINFO) != 0) {
    previous.sa_sigaction(signal, info, context);
  } else {
    previous.sa_handler(signal);
  }
}

}  // namespace farpage
