/*
 * Plays criu restore --lazy-pages for tests, byte by byte: connects to the socket, makes tasks whose memory is absent, and hands
 * each one's userfaultfd over. Commands come on standard input, one answer a line:
 *
 *   task PID ADDRESS PAGES     a task as the images name it, its pages at a hexadecimal address          task REAL-PID
 *   zombie PID                                                                                           ok
 *   finish | close | bytes HEX to the socket                                                             ok
 *   at PID COMMAND             a command for a task, see `obey`
 *   end CODE                   exits
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096ul
#define TASKS 64
#define THREADS 4

struct task {
  int pid;
  FILE *in, *out;
};
static struct task tasks[TASKS];
static int count, link_ = -1;

static void need(int good, const char *what) {
  if (good) return;
  perror(what);
  exit(1);
}

static void send_fd(int fd) {
  char byte = 0, control[CMSG_SPACE(sizeof(int))] = {0};
  struct iovec piece = {&byte, 1};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
  need(sendmsg(link_, &message, MSG_NOSIGNAL) == 1, "sendmsg");
}

static void send_word(int32_t word) { need(send(link_, &word, sizeof word, MSG_NOSIGNAL) == sizeof word, "send"); }

/* What the images have at an address. A page that was moved is known by its old address. */
struct look {
  int pid;
  char *at;
  unsigned long was, pages, salt, bad;
};

static void *verify(void *given) {
  struct look *look = given;
  for (unsigned long i = 0; i < look->pages; i++) {
    const uint64_t expected =
        look->salt == ~0ul ? 0 : ((uint64_t)look->pid << 48) + look->was + i * PAGE + look->salt;
    const volatile uint64_t *words = (uint64_t *)(look->at + i * PAGE);
    if (words[0] != expected || words[PAGE / 8 - 1] != expected) look->bad++;
  }
  return NULL;
}

static unsigned long bad(struct look look) {
  verify(&look);
  return look.bad;
}

/* Commands of a task: pages counted from its first, a salt, or -1 for zeros. */
static void obey(int pid, char *base, const char *line) {
  unsigned long first = 0, pages = 0;
  long salt = 0;
  static char *moved;
  static unsigned long moved_from;
  if (sscanf(line, "verify %lu %lu %ld", &first, &pages, &salt) == 3) {
    printf("bad %lu\n", bad((struct look){pid, base + first * PAGE, (unsigned long)base + first * PAGE, pages, (unsigned long)salt, 0}));
  } else if (sscanf(line, "threads %lu %lu", &first, &pages) == 2) {
    pthread_t threads[THREADS];
    struct look looks[THREADS];
    unsigned long sum = 0;
    for (int i = 0; i < THREADS; i++) {
      looks[i] = (struct look){pid, base + first * PAGE, (unsigned long)base + first * PAGE, pages, 0, 0};
      need(pthread_create(&threads[i], NULL, verify, &looks[i]) == 0, "pthread_create");
    }
    for (int i = 0; i < THREADS; i++) {
      pthread_join(threads[i], NULL);
      sum += looks[i].bad;
    }
    printf("bad %lu\n", sum);
  } else if (sscanf(line, "fork %lu %lu", &first, &pages) == 2) {
    /* A fork has what its parent has not touched yet. */
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      const unsigned long wrong =
          bad((struct look){pid, base + first * PAGE, (unsigned long)base + first * PAGE, pages, 0, 0});
      _exit(wrong == 0 ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    printf("bad %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
  } else if (sscanf(line, "move %lu %lu", &first, &pages) == 2) {
    moved_from = (unsigned long)base + first * PAGE;
    char *to = mmap(NULL, pages * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    moved = mremap(base + first * PAGE, pages * PAGE, pages * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to);
    printf("bad %lu\n", moved == to ? bad((struct look){pid, moved, moved_from, pages, 0, 0}) : ~0ul);
  } else if (sscanf(line, "drop %lu %lu", &first, &pages) == 2) {
    printf("bad %d\n", madvise(base + first * PAGE, pages * PAGE, MADV_DONTNEED));
  } else if (sscanf(line, "split %lu %lu", &first, &pages) == 2) {
    /* These pages become a mapping of their own. */
    printf("bad %d\n", madvise(base + first * PAGE, pages * PAGE, MADV_NOHUGEPAGE));
  } else if (sscanf(line, "unmap %lu %lu", &first, &pages) == 2) {
    printf("bad %d\n", munmap(base + first * PAGE, pages * PAGE));
  } else if (sscanf(line, "write %lu %lu", &first, &pages) == 2) {
    for (unsigned long i = first; i < first + pages; i++) memset(base + i * PAGE, 0, PAGE);
    printf("bad 0\n");
  } else if (strncmp(line, "exit", 4) == 0) {
    exit(0);
  } else {
    printf("unknown: %s", line);
  }
}

static void serve_task(int pid, char *base, unsigned long pages, FILE *in) {
  const unsigned long length = pages * PAGE;
  need(mmap(base, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == base, "mmap");
  const int uffd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
  struct uffdio_api api = {
      UFFD_API, UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP | UFFD_FEATURE_EVENT_UNMAP | UFFD_FEATURE_EVENT_REMOVE, 0};
  need(uffd >= 0 && ioctl(uffd, UFFDIO_API, &api) == 0, "userfaultfd");
  send_word(pid);
  send_fd(uffd);
  /* As the restorer: registered after the hand-off, and closed here. */
  struct uffdio_register memory = {{(unsigned long)base, length}, UFFDIO_REGISTER_MODE_MISSING, 0};
  need(ioctl(uffd, UFFDIO_REGISTER, &memory) == 0, "UFFDIO_REGISTER");
  close(uffd);
  close(link_);
  printf("task %d\n", getpid());
  fflush(stdout);
  char line[256];
  while (fgets(line, sizeof line, in) != NULL) {
    obey(pid, base, line);
    fflush(stdout);
  }
  exit(0);
}

static void answer(FILE *from) {
  char line[256];
  if (fgets(line, sizeof line, from) == NULL) strcpy(line, "gone\n");
  fputs(line, stdout);
}

static void begin(int pid, unsigned long base, unsigned long pages) {
  int to[2], from[2];
  need(count < TASKS && pipe2(to, O_CLOEXEC) == 0 && pipe2(from, O_CLOEXEC) == 0, "pipe");
  fflush(stdout);
  const pid_t child = fork();
  need(child >= 0, "fork");
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int i = 0; i < count; i++) {
      close(fileno(tasks[i].in));
      close(fileno(tasks[i].out));
    }
    dup2(from[1], STDOUT_FILENO);
    close(to[1]);
    serve_task(pid, (char *)base, pages, fdopen(to[0], "r"));
  }
  close(to[0]);
  close(from[1]);
  struct task *task = &tasks[count++];
  *task = (struct task){pid, fdopen(from[0], "r"), fdopen(to[1], "w")};
  answer(task->in);
}

static void raw(const char *hex) {
  unsigned byte;
  for (; sscanf(hex, "%2x", &byte) == 1; hex += 2) {
    const char one = (char)byte;
    /* The server may have refused what came before, and closed. */
    if (send(link_, &one, 1, MSG_NOSIGNAL) != 1) return;
  }
}

int main(int argc, char **argv) {
  need(argc == 2, "restore-peer SOCKET");
  signal(SIGPIPE, SIG_IGN);
  struct sockaddr_un name = {.sun_family = AF_UNIX};
  snprintf(name.sun_path, sizeof name.sun_path, "%s", argv[1]);
  link_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  need(link_ >= 0 && connect(link_, (struct sockaddr *)&name, sizeof name) == 0, "connect");
  printf("connected\n");
  char line[256];
  for (fflush(stdout); fgets(line, sizeof line, stdin) != NULL; fflush(stdout)) {
    int pid = 0, at = 0;
    unsigned long base = 0, pages = 0;
    if (sscanf(line, "task %d %lx %lu", &pid, &base, &pages) == 3) {
      begin(pid, base, pages);
      continue;
    }
    if (sscanf(line, "at %d %n", &pid, &at) == 1) {
      for (int i = 0; i < count; i++) {
        if (tasks[i].pid != pid) continue;
        fputs(line + at, tasks[i].out);
        fflush(tasks[i].out);
        answer(tasks[i].in);
      }
      continue;
    }
    if (sscanf(line, "zombie %d", &pid) == 1) send_word(-pid);
    else if (strncmp(line, "finish", 6) == 0) send_word(0x52535446);
    else if (strncmp(line, "close", 5) == 0) close(link_);
    else if (strncmp(line, "bytes ", 6) == 0) raw(line + 6);
    else if (sscanf(line, "end %d", &pid) == 1) return pid;
    printf("ok\n");
  }
  return 0;
}
