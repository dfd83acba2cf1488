// Reads the processor's error code from a signal's context: see access.h.
#include "kernel/access.h"

#include <linux/futex.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>

namespace farpage {

namespace {
constexpr size_t KERNEL_SIGSET_BYTES = 8;
}

Access accessOf(const ucontext_t* context) {
#if defined(__x86_64__)
  const auto code = static_cast<uint64_t>(context->uc_mcontext.gregs[REG_ERR]);
  return {(code & 2) != 0, (code & 1) != 0, (code & ~uint64_t{7}) == 0};
#elif defined(__aarch64__)
  // Records of {magic, size}, one of them the exception syndrome.
  const auto* at = reinterpret_cast<const uint8_t*>(context->uc_mcontext.__reserved);
  for (const auto* head = reinterpret_cast<const _aarch64_ctx*>(at); head->magic != 0 && head->size != 0;
       at += head->size, head = reinterpret_cast<const _aarch64_ctx*>(at)) {
    if (head->magic != ESR_MAGIC) continue;
    const uint64_t syndrome = reinterpret_cast<const esr_context*>(at)->esr;
    // Fault status 0b0011xx: a permission fault.
    return {(syndrome >> 6 & 1) != 0, (syndrome >> 2 & 0xf) == 3, (syndrome >> 26 & 0x3f) == 0x24};
  }
  return {false, false, false};
#else
#error "signal contexts are known of x86-64 and aarch64"
#endif
}

// By system calls that fail with EFAULT and change nothing: FUTEX_WAKE_OP ors a word with 0.
bool accessibleNow(uint64_t address, bool write) {
  if (!write) {
    syscall(SYS_rt_sigprocmask, -1, address & ~uint64_t{7}, nullptr, KERNEL_SIGSET_BYTES);
    return errno == EINVAL;
  }
  static std::atomic<uint32_t> nobody{0};
  const unsigned operation = FUTEX_OP(FUTEX_OP_OR, 0, FUTEX_OP_CMP_LT, 0);
  return syscall(SYS_futex, &nobody, FUTEX_WAKE_OP_PRIVATE, 0, 0, address & ~uint64_t{3}, operation) >= 0;
}

// msync(2) with MS_ASYNC does nothing else than look.
bool mappedNow(uint64_t address) {
  constexpr uint64_t PAGE = 4096;
  return msync(reinterpret_cast<void*>(address & ~(PAGE - 1)), PAGE, MS_ASYNC) == 0 || errno != ENOMEM;
}

}  // namespace farpage
