/*
 * What the agent gives up before the program's first instruction. It shares the program's memory, so whatever has taken the
 * program over can make it run anything: it must have nothing that the program may have given up since. The program can
 * change its user, its groups and its capabilities at any time; the agent cannot see that, and need not.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "area.h"
#include "kernel.h"
#include "preload.h"

#define WORD_OF(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define LOW_OF_ARGUMENT(i) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args) + 8 * (i))
#define HIGH_OF_ARGUMENT(i) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args) + 8 * (i) + 4)
/* Continues if the loaded word is `value`, else skips the next so many instructions. */
#define ONLY(value, behind) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(value), 0, behind)
#define AT_MOST(value, behind) BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, (unsigned)(value), behind, 0)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define CALL(number) ONLY(number, 1), ALLOW
#define CALL_WITH(number, argument, value) ONLY(number, 4), LOW_OF_ARGUMENT(argument), CALL(value), REFUSE
#define CALL_WITH_ONE_OF(number, argument, a, b, c) \
  ONLY(number, 8), LOW_OF_ARGUMENT(argument), CALL(a), CALL(b), CALL(c), REFUSE

/* To end the program, as any user, when the pager is gone: a filter limits it to that. */
static long dropCapabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  const long got = call2(SYS_capget, (long)&header, (long)data);
  if (isError(got)) return got;
  const unsigned kept = data[0].permitted & (1u << CAP_KILL);
  for (int i = 0; i < 2; i++) data[i].effective = data[i].permitted = data[i].inheritable = 0;
  data[0].effective = data[0].permitted = kept;
  return call2(SYS_capset, (long)&header, (long)data);
}

/* ioctl is by far the most frequent, and comes first. */
long limitCalls(const struct agent *agent) {
  struct sock_filter code[] = {
      WORD_OF(arch),
      ONLY(AUDIT_ARCH_X86_64, 15),
      WORD_OF(nr),
      ONLY(SYS_ioctl, 14),
      LOW_OF_ARGUMENT(1),
      CALL(MOVE),
      CALL(UFFDIO_REGISTER),
      CALL(UFFDIO_UNREGISTER),
      CALL(UFFDIO_COPY),
      CALL(UFFDIO_CONTINUE),
      CALL(UFFDIO_WRITEPROTECT),
      REFUSE,
      CALL(SYS_futex),
      CALL(SYS_poll),
      CALL(SYS_recvfrom),
      CALL(SYS_pread64),
      CALL(SYS_munlock),
      CALL(SYS_mincore),
      CALL(SYS_restart_syscall),
      CALL(SYS_exit_group),
      CALL_WITH_ONE_OF(SYS_madvise, 2, MADV_DONTNEED, MADV_COLD, MADV_DONTFORK),
      CALL_WITH(SYS_mremap, 3, MREMAP_TO_SHELF),
      /* Of the shelf alone. */
      ONLY(SYS_mprotect, 14),
      HIGH_OF_ARGUMENT(0),
      ONLY((uint64_t)agent->shelf >> 32, 11),
      LOW_OF_ARGUMENT(0),
      BPF_STMT(BPF_ALU | BPF_SUB | BPF_K, (unsigned)(uint64_t)agent->shelf),
      AT_MOST(STAGE_BYTES, 8),
      BPF_STMT(BPF_MISC | BPF_TAX, 0),
      LOW_OF_ARGUMENT(1),
      AT_MOST(STAGE_BYTES, 5),
      BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0),
      AT_MOST(STAGE_BYTES, 3),
      HIGH_OF_ARGUMENT(1),
      ONLY(0, 1),
      ALLOW,
      REFUSE,
      CALL_WITH(SYS_write, 0, agent->line),
      CALL_WITH(CALL_PIDFD_SEND_SIGNAL, 0, agent->program),
      REFUSE,
  };
  const struct sock_fprog program = {sizeof code / sizeof *code, code};
  const long result = call3(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, (long)&program);
  /* The number of a thread that cannot be reached. */
  return result > 0 ? -ESRCH : result;
}

long dropPrivileges(void) {
  const long result = dropCapabilities();
  return isError(result) ? result : call5(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}
