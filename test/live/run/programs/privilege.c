// What a program does to its own credentials, namespaces and system calls, with most of its memory elsewhere.
#include "check.h"

#include <dirent.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define NOBODY 65534

static size_t bytes;
static char *memory;

static void prepare(void) {
  bytes = megabytes(24);
  memory = map(bytes);
  fill(memory, bytes, 1);
}

/* What was there before is, and new memory is paged as ever. */
static void go_on(void) {
  MUST(bad_pages(memory, bytes, 1) == 0);
  char *more = map(bytes);
  fill(more, bytes, 2);
  MUST(bad_pages(more, bytes, 2) == 0 && bad_pages(memory, bytes, 1) == 0);
  MUST(munmap(more, bytes) == 0);
}

static void drop_by_libc(void) {
  MUST(setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0);
}

/* libc sees nothing of these. */
static void drop_by_kernel(void) {
  MUST(syscall(SYS_setgroups, 0, NULL) == 0 && syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) == 0);
  MUST(syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY) == 0);
}

/* Each task of this process, by what the kernel says of it. */
static void check_tasks(void) {
  int count = 0;
  DIR *tasks = opendir("/proc/self/task");
  MUST(tasks != NULL);
  for (struct dirent *entry; (entry = readdir(tasks)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    char path[300], line[256];
    snprintf(path, sizeof path, "/proc/self/task/%s/status", entry->d_name);
    FILE *status = fopen(path, "r");
    MUST(status != NULL);
    while (fgets(line, sizeof line, status) != NULL) {
      unsigned uid[4];
      unsigned long long set;
      if (sscanf(line, "Uid: %u %u %u %u", uid, uid + 1, uid + 2, uid + 3) == 4) {
        for (int i = 0; i < 4; i++) MUST(uid[i] == NOBODY);
      }
      if (sscanf(line, "CapEff: %llx", &set) == 1 || sscanf(line, "CapPrm: %llx", &set) == 1) MUST(set == 0);
    }
    fclose(status);
    count++;
  }
  closedir(tasks);
  MUST(count == 1);
}

static void another_user(void) {
  prepare();
  drop_by_libc();
  check_tasks();
  go_on();
}

static void another_user_unseen(void) {
  prepare();
  drop_by_kernel();
  check_tasks();
  go_on();
}

/* The parent stays what it is; each has its own memory. */
static void child_as_another_user(void) {
  prepare();
  const pid_t child = fork();
  MUST(child >= 0);
  if (child == 0) {
    drop_by_libc();
    go_on();
    fill(memory, bytes, 3);
    MUST(bad_pages(memory, bytes, 3) == 0);
    _exit(0);
  }
  go_on();
  MUST(code_of(child) == 0);
  go_on();
}

/* Its forks are another user's from the start, and in a root folder where nothing is. */
static void forks_of_another_user(void) {
  char folder[] = "/tmp/farpage-privilege-XXXXXX";
  prepare();
  MUST(mkdtemp(folder) != NULL && chroot(folder) == 0 && chdir("/") == 0);
  drop_by_libc();
  for (int depth = 0; depth < 3; depth++) {
    const pid_t child = fork();
    MUST(child >= 0);
    if (child > 0) {
      go_on();
      MUST(code_of(child) == depth);
      if (depth > 0) _exit(depth - 1);
      go_on();
      return;
    }
    go_on();
    if (depth == 2) _exit(2);
  }
}

static void no_capabilities(void) {
  prepare();
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  const struct __user_cap_data_struct none[2] = {{0}};
  MUST(syscall(SYS_capset, &header, none) == 0);
  MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
  go_on();
  const pid_t child = fork();
  if (child == 0) {
    go_on();
    _exit(0);
  }
  MUST(code_of(child) == 0);
}

static void namespaces(void) {
  prepare();
  MUST(unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) == 0);
  go_on();
  const pid_t child = fork();
  if (child == 0) {
    go_on();
    _exit(0);
  }
  MUST(code_of(child) == 0);
}

/* Enters the user namespace of a child of its own. */
static void enter_namespace(void) {
  prepare();
  int ready[2], done[2];
  char byte;
  MUST(pipe(ready) == 0 && pipe(done) == 0);
  const pid_t child = fork();
  if (child == 0) {
    MUST(unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && write(ready[1], "", 1) == 1);
    MUST(close(done[1]) == 0 && read(done[0], &byte, 1) == 0);
    _exit(0);
  }
  MUST(read(ready[0], &byte, 1) == 1);
  const int pidfd = (int)syscall(SYS_pidfd_open, child, 0);
  MUST(pidfd >= 0 && setns(pidfd, CLONE_NEWUSER | CLONE_NEWNS) == 0);
  MUST(close(done[1]) == 0 && code_of(child) == 0);
  go_on();
}

/* An init of its own namespace inherits orphans: the agent must not be among them, nor anybody's child. */
static void init_of_namespace(void) {
  prepare();
  MUST(unshare(CLONE_NEWPID) == 0);
  const pid_t child = fork();
  if (child == 0) {
    MUST(getpid() == 1);
    go_on();
    int status;
    MUST(waitpid(-1, &status, 0) == -1 && errno == ECHILD);
    const pid_t grandchild = fork();
    if (grandchild == 0) {
      go_on();
      _exit(3);
    }
    MUST(waitpid(-1, &status, 0) == grandchild && WEXITSTATUS(status) == 3);
    /* The grandchild's agent comes to us, and ends on its own. */
    while (waitpid(-1, &status, 0) > 0) continue;
    _exit(4);
  }
  MUST(code_of(child) == 4);
}

static void no_children(void) {
  prepare();
  int status;
  MUST(waitpid(-1, &status, __WALL) == -1 && errno == ECHILD);
  const pid_t child = fork();
  if (child == 0) {
    MUST(waitpid(-1, &status, __WALL) == -1 && errno == ECHILD);
    go_on();
    _exit(0);
  }
  MUST(waitpid(-1, &status, __WALL) == child && status == 0);
  MUST(waitpid(-1, &status, __WALL) == -1 && errno == ECHILD);
  go_on();
}

/* Calls that are not among these are answered `otherwise`; of fork's family only where that is said. */
static void filter(unsigned otherwise, unsigned flags, int forks) {
  static const unsigned allowed[] = {
      SYS_mmap,         SYS_munmap,        SYS_madvise,       SYS_futex,    SYS_rt_sigprocmask, SYS_write,
      SYS_newfstatat,   SYS_rt_sigreturn,  SYS_rt_sigaction,  SYS_mprotect, SYS_exit_group,     SYS_mremap,
      SYS_sched_yield,  SYS_set_robust_list, SYS_brk,
  };
  static const unsigned forking[] = {SYS_clone, SYS_clone3, SYS_fork, SYS_wait4, SYS_exit, SYS_prctl, SYS_getpid,
                                     SYS_getppid};
  struct sock_filter code[64] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))};
  unsigned short count = 1;
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
    code[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, allowed[i], 0, 1);
    code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  }
  for (size_t i = 0; forks && i < sizeof forking / sizeof *forking; i++) {
    code[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, forking[i], 0, 1);
    code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  }
  code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, otherwise);
  struct sock_fprog program = {count, code};
  MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  MUST(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program) == 0);
}

static void filtered(unsigned otherwise, unsigned flags) {
  prepare();
  filter(otherwise, flags, 0);
  go_on();
  /* From less than is paged to more. */
  char *grown = mmap(NULL, MIB / 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  MUST(grown != MAP_FAILED);
  grown = mremap(grown, MIB / 2, 4 * MIB, MREMAP_MAYMOVE);
  MUST(grown != MAP_FAILED);
  fill(grown, 4 * MIB, 6);
  go_on();
  MUST(bad_pages(grown, 4 * MIB, 6) == 0);
}

static void filter_refuses(void) { filtered(SECCOMP_RET_ERRNO | EACCES, 0); }
static void filter_kills(void) { filtered(SECCOMP_RET_KILL_PROCESS, 0); }
static void filter_of_all_refuses(void) { filtered(SECCOMP_RET_ERRNO | ENOSYS, SECCOMP_FILTER_FLAG_TSYNC); }
static void filter_of_all_kills(void) { filtered(SECCOMP_RET_KILL_PROCESS, SECCOMP_FILTER_FLAG_TSYNC); }

/* No agent can join under it; what the child has inherited is served all the same. */
static void fork_under(unsigned otherwise) {
  prepare();
  filter(otherwise, 0, 1);
  const pid_t child = fork();
  MUST(child >= 0);
  if (child == 0) {
    MUST(bad_pages(memory, bytes, 1) == 0);
    fill(memory, bytes, 4);
    MUST(bad_pages(memory, bytes, 4) == 0);
    char *more = map(bytes);
    fill(more, bytes, 5);
    MUST(bad_pages(more, bytes, 5) == 0);
    _exit(6);
  }
  MUST(code_of(child) == 6);
  MUST(bad_pages(memory, bytes, 1) == 0);
}

static void fork_where_it_refuses(void) { fork_under(SECCOMP_RET_ERRNO | EPERM); }
static void fork_where_it_kills(void) { fork_under(SECCOMP_RET_KILL_PROCESS); }

/* Without an agent the child outlives the pager longer than its parent does: then it looks at what is absent. */
static void hold_a_fork(void) {
  prepare();
  filter(SECCOMP_RET_ERRNO | EPERM, 0, 1);
  const pid_t parent = getpid();
  const pid_t child = fork();
  MUST(child >= 0);
  if (child == 0) {
    printf("holding %d\n", getpid());
    fflush(stdout);
    while (getppid() == parent) sched_yield();
    const size_t bad = bad_pages(memory, bytes, 1);
    printf("read, %zu wrong\n", bad);
    fflush(stdout);
    _exit(0);
  }
  code_of(child);
}

/* Says which process it is, and looks at its memory until it is ended. */
static void hold(void) {
  prepare();
  printf("holding %d\n", getpid());
  fflush(stdout);
  for (;;) MUST(bad_pages(memory, bytes, 1) == 0);
}

/* Asks its pager for nothing more. */
static void hold_still(void) {
  prepare();
  printf("holding %d\n", getpid());
  fflush(stdout);
  for (;;) pause();
}

static void hold_as_another_user(void) {
  prepare();
  drop_by_kernel();
  printf("holding %d\n", getpid());
  fflush(stdout);
  for (;;) MUST(bad_pages(memory, bytes, 1) == 0);
}

/* A child that is stopped in the middle of everything holds up nobody else. */
static void stopped_child(void) {
  prepare();
  const pid_t child = fork();
  MUST(child >= 0);
  for (int i = 0; child == 0 && i < 200; i++) go_on();
  for (int i = 0; i < 5; i++) {
    usleep(100000);
    MUST(kill(child, SIGSTOP) == 0);
    fill(memory, bytes, 9);
    MUST(bad_pages(memory, bytes, 9) == 0);
    fill(memory, bytes, 1);
    go_on();
    MUST(kill(child, SIGCONT) == 0);
  }
  MUST(kill(child, SIGKILL) == 0);
  int status;
  MUST(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  go_on();
}

int main(int argc, char **argv) {
  const struct scene scenes[] = {
      {"another user", another_user},
      {"another user, unseen by libc", another_user_unseen},
      {"a child as another user", child_as_another_user},
      {"forks of another user", forks_of_another_user},
      {"no capabilities", no_capabilities},
      {"namespaces of its own", namespaces},
      {"a namespace of a child's", enter_namespace},
      {"init of a namespace", init_of_namespace},
      {"no children", no_children},
      {"a filter that refuses", filter_refuses},
      {"a filter that kills", filter_kills},
      {"a filter of all threads that refuses", filter_of_all_refuses},
      {"a filter of all threads that kills", filter_of_all_kills},
      {"a fork where a filter refuses", fork_where_it_refuses},
      {"a fork where a filter kills", fork_where_it_kills},
      {"a child that is stopped", stopped_child},
      {"hold", hold},
      {"hold still", hold_still},
      {"hold a fork", hold_a_fork},
      {"hold as another user", hold_as_another_user},
  };
  return play(argc, argv, scenes, sizeof scenes / sizeof *scenes);
}
