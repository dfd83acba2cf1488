// The copy of guarded-copy.h is written in assembler, so that a handler knows its instructions: as in the kernel's own
// copy_from_user, a fault that nobody serves goes on behind the copy.
#include "endings/guarded-copy.h"

#include <cstdint>
#include <type_traits>

extern "C" {
size_t farpageCopyGuarded(void* to, const void* from, size_t bytes);
extern const char farpageCopyBegin[];
extern const char farpageCopyEnd[];
}

#if defined(__x86_64__)
asm(R"(
.pushsection .text
.p2align 4
.hidden farpageCopyGuarded
.hidden farpageCopyBegin
.hidden farpageCopyEnd
.globl farpageCopyGuarded
.globl farpageCopyBegin
.globl farpageCopyEnd
.type farpageCopyGuarded, @function
farpageCopyGuarded:
  .cfi_startproc
  mov %rdx, %rcx
farpageCopyBegin:
  rep movsb
farpageCopyEnd:
  mov %rcx, %rax
  ret
  .cfi_endproc
.size farpageCopyGuarded, . - farpageCopyGuarded
.popsection
)");
#elif defined(__aarch64__)
asm(R"(
.pushsection .text
.p2align 4
.hidden farpageCopyGuarded
.hidden farpageCopyBegin
.hidden farpageCopyEnd
.globl farpageCopyGuarded
.globl farpageCopyBegin
.globl farpageCopyEnd
.type farpageCopyGuarded, %function
farpageCopyGuarded:
  .cfi_startproc
farpageCopyBegin:
  cmp x2, #16
  b.lo 2f
1:
  ldp x3, x4, [x1]
  stp x3, x4, [x0]
  add x1, x1, #16
  add x0, x0, #16
  sub x2, x2, #16
  cmp x2, #16
  b.hs 1b
2:
  cbz x2, farpageCopyEnd
  ldrb w3, [x1]
  strb w3, [x0]
  add x1, x1, #1
  add x0, x0, #1
  sub x2, x2, #1
  b 2b
farpageCopyEnd:
  mov x0, x2
  ret
  .cfi_endproc
.size farpageCopyGuarded, . - farpageCopyGuarded
.popsection
)");
#else
#error "the guarded copy is written for x86-64 and aarch64"
#endif

namespace farpage {

size_t copyGuarded(void* to, const void* from, size_t bytes) { return farpageCopyGuarded(to, from, bytes); }

bool endGuardedCopy(const siginfo_t* info, ucontext_t* context) {
  // Not one that was sent by kill(2).
  if (info->si_code <= 0) return false;
#if defined(__x86_64__)
  auto& at = context->uc_mcontext.gregs[REG_RIP];
#else
  auto& at = context->uc_mcontext.pc;
#endif
  const auto begin = reinterpret_cast<uintptr_t>(farpageCopyBegin);
  const auto end = reinterpret_cast<uintptr_t>(farpageCopyEnd);
  const auto now = static_cast<uintptr_t>(at);
  if (now < begin || now >= end) return false;
  at = static_cast<std::remove_reference_t<decltype(at)>>(end);
  return true;
}

}  // namespace farpage
