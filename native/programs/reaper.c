/*
 * Kills the guests of a `farpage serve` that has died: without its pager a guest would block for ever at its next absent
 * page.
 *
 *   stdin    add ID PID START FD   from now on process PID, which began at START (field 22 of /proc/PID/stat), is ID;
 *                                  FD is the server's descriptor of its userfaultfd
 *            remove ID             stop watching it
 *            kill ID               SIGKILL, by its pidfd: no other process is ever hit
 *   stdout   added ID, refused ID ERRNO, gone ID (it has ended)
 *
 * At the end of stdin every process left is killed, with a line on standard error, unless --no-kill was given.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

#define LINE_BYTES 4096
#define STAT_BYTES 1024
#define START_FIELD 22

struct ward {
  unsigned long id;
  int pid;
  int pidfd;
  /* A copy: while it is open, a touch of an absent page blocks rather than reads zeros. -1: not available. */
  int userfaultfd;
  int gone;
};

static struct ward *wards;
static size_t ward_count;
static size_t ward_room;
static int server = -1;

static void say(int fd, const char *text, size_t length) {
  while (length > 0) {
    const ssize_t put = write(fd, text, length);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return;
    text += put;
    length -= (size_t)put;
  }
}

static void answer(const char *word, unsigned long id, int error) {
  char line[64];
  const int length = error == 0 ? snprintf(line, sizeof line, "%s %lu\n", word, id)
                                : snprintf(line, sizeof line, "%s %lu %d\n", word, id, error);
  say(STDOUT_FILENO, line, (size_t)length);
}

/* 0 if there is no such process. */
static unsigned long long start_of(int pid) {
  char path[32];
  char text[STAT_BYTES];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  const ssize_t got = read(fd, text, sizeof text - 1);
  close(fd);
  if (got <= 0) return 0;
  text[got] = '\0';
  /* The name is in brackets and may hold anything; field 3 follows it. */
  const char *at = strrchr(text, ')');
  for (int field = 2; at != NULL && field < START_FIELD; field++) at = strchr(at + 1, ' ');
  return at == NULL ? 0 : strtoull(at + 1, NULL, 10);
}

static struct ward *find(unsigned long id) {
  for (size_t i = 0; i < ward_count; i++) {
    if (wards[i].id == id) return &wards[i];
  }
  return NULL;
}

static void add(unsigned long id, int pid, unsigned long long start, int fd) {
  if (ward_count == ward_room) {
    const size_t room = ward_room == 0 ? 16 : ward_room * 2;
    struct ward *more = realloc(wards, room * sizeof *wards);
    if (more == NULL) return answer("refused", id, ENOMEM);
    wards = more;
    ward_room = room;
  }
  const int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
  if (pidfd < 0) return answer("refused", id, errno);
  /* Read after the pidfd is open: if the start time matches now, the pidfd is the right process's. */
  if (start_of(pid) != start) {
    close(pidfd);
    return answer("refused", id, ESRCH);
  }
  const int copy = fd < 0 || server < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, server, fd, 0);
  wards[ward_count++] = (struct ward){id, pid, pidfd, copy, 0};
  answer("added", id, 0);
}

static void release(struct ward *ward) {
  close(ward->pidfd);
  if (ward->userfaultfd >= 0) close(ward->userfaultfd);
  *ward = wards[--ward_count];
}

static int kill_ward(const struct ward *ward) {
  return (int)syscall(SYS_pidfd_send_signal, ward->pidfd, SIGKILL, NULL, 0);
}

static void obey(char *line) {
  unsigned long id = 0;
  unsigned long long start = 0;
  int pid = 0;
  int fd = -1;
  if (sscanf(line, "add %lu %d %llu %d", &id, &pid, &start, &fd) == 4) return add(id, pid, start, fd);
  struct ward *ward = NULL;
  if (sscanf(line, "remove %lu", &id) == 1) {
    ward = find(id);
    if (ward != NULL) release(ward);
  } else if (sscanf(line, "kill %lu", &id) == 1) {
    ward = find(id);
    if (ward != NULL && kill_ward(ward) != 0 && errno != ESRCH) answer("refused", id, errno);
  }
}

/* 0 at the end of standard input. */
static int hear(void) {
  static char text[LINE_BYTES];
  static size_t length;
  const ssize_t got = read(STDIN_FILENO, text + length, sizeof text - length);
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  if (got == 0) return 0;
  length += (size_t)got;
  char *from = text;
  char *end = NULL;
  while ((end = memchr(from, '\n', length - (size_t)(from - text))) != NULL) {
    *end = '\0';
    obey(from);
    from = end + 1;
  }
  length -= (size_t)(from - text);
  memmove(text, from, length);
  /* A line that the server does not write. */
  if (length == sizeof text) length = 0;
  return 1;
}

static void end_all(int spare) {
  for (size_t i = 0; i < ward_count; i++) {
    if (wards[i].gone) continue;
    char line[160];
    const char *what = spare ? "is left, and waits at its next absent page (--no-kill)"
                     : kill_ward(&wards[i]) == 0 ? "was killed: its memory can no longer be served"
                                                 : "could not be killed";
    const char *form = "farpage: the server has ended; process %d %s\n";
    const int length = snprintf(line, sizeof line, form, wards[i].pid, what);
    say(STDERR_FILENO, line, (size_t)length);
  }
}

int main(int argc, char **argv) {
  const int spare = argc > 1 && strcmp(argv[1], "--no-kill") == 0;
  /* The server handles the terminal's signals; a closed pipe is noticed at its read. */
  signal(SIGINT, SIG_IGN);
  signal(SIGTERM, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_NAME, "farpage-guard");
  server = (int)syscall(SYS_pidfd_open, getppid(), 0);
  struct pollfd *polled = NULL;
  for (;;) {
    struct pollfd *more = realloc(polled, (ward_count + 1) * sizeof *polled);
    if (more == NULL) break;
    polled = more;
    polled[0] = (struct pollfd){STDIN_FILENO, POLLIN, 0};
    /* poll(2) ignores negative descriptors. */
    for (size_t i = 0; i < ward_count; i++) {
      polled[i + 1] = (struct pollfd){wards[i].gone ? -1 : wards[i].pidfd, POLLIN, 0};
    }
    if (poll(polled, ward_count + 1, -1) < 0) {
      if (errno == EINTR) continue;
      break;
    }
    for (size_t i = 0; i < ward_count; i++) {
      if (polled[i + 1].revents == 0) continue;
      wards[i].gone = 1;
      answer("gone", wards[i].id, 0);
    }
    if (polled[0].revents != 0 && !hear()) break;
  }
  end_all(spare);
  return 0;
}
