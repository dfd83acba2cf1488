// How long a command takes, from outside: fork to wait. Behind `--` come its words.
// [--cgroup DIR --version 1|2 --limit BYTES] [--input FILE] [--output FILE] [--expect FILE] [--cpu C]
// With a group the command runs in it, under the limit. Its standard output is written over what FILE holds, page by
// page: memory that was charged to somebody else. Without FILE its last line, JSON, comes to be the field `command`.
#include "common.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

static void write_text(const char *directory, const char *name, const char *text) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) die("%s", path);
  close(fd);
}

static uint64_t read_number(const char *directory, const char *name) {
  char path[512], text[64] = "";
  snprintf(path, sizeof path, "%s/%s", directory, name);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  if (read(fd, text, sizeof text - 1) < 0) die("read %s", path);
  close(fd);
  return strtoull(text, NULL, 10);
}

static int open_or_die(const char *path, int flags) {
  int fd = open(path, flags | O_CLOEXEC);
  if (fd < 0) die("%s", path);
  return fd;
}

/** 1 where the files differ. */
static uint64_t differs(const char *path, const char *expected) {
  static char ours[1 << 16], theirs[1 << 16];
  int a = open_or_die(path, O_RDONLY), b = open_or_die(expected, O_RDONLY);
  for (;;) {
    ssize_t n = read(a, ours, sizeof ours), m = read(b, theirs, sizeof theirs);
    if (n < 0 || m < 0) die("read");
    if (n != m || memcmp(ours, theirs, (size_t)n) != 0) return 1;
    if (n == 0) return 0;
  }
}

/**
 * Reads the group's statistics again and again, which brings them up to date. Without it the kernel does not shorten the
 * list of active pages of a group that fills within a second or two, and kills its program with swap nearly empty:
 * seen on Linux 6.18, cgroup v1. That reclaim goes by statistics renewed every 2 s is our explanation of why this helps.
 */
static pid_t keep_fresh(const char *group) {
  pid_t reader = fork();
  if (reader < 0) die("fork");
  if (reader > 0) return reader;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  char path[512], text[1 << 14];
  snprintf(path, sizeof path, "%s/memory.stat", group);
  int fd = open_or_die(path, O_RDONLY);
  for (;;) {
    if (pread(fd, text, sizeof text, 0) < 0) die("%s", path);
    usleep(10000);
  }
}

int main(int argc, char **argv) {
  int first = 1;
  while (first < argc && strcmp(argv[first], "--") != 0) first++;
  errno = 0;
  if (first + 1 >= argc) die("-- and a command are needed");
  char **words = argv + first + 1;
  argc = first;
  const char *group = option(argc, argv, "cgroup", NULL), *output = option(argc, argv, "output", NULL);
  const char *expected = option(argc, argv, "expect", NULL), *input = option(argc, argv, "input", "/dev/null");
  bool v1 = number(argc, argv, "version", 1) == 1;
  pin(cpu_option(argc, argv));
  if (group) {
    if (v1) write_text(group, "memory.max_usage_in_bytes", "0");
    write_text(group, v1 ? "memory.limit_in_bytes" : "memory.max", required(argc, argv, "limit"));
  }
  int in = open_or_die(input, O_RDONLY), out, ends[2] = {-1, -1};
  if (output) {
    out = open_or_die(output, O_WRONLY);
  } else {
    if (pipe2(ends, O_CLOEXEC)) die("pipe2");
    out = ends[1];
  }

  pid_t reader = group ? keep_fresh(group) : 0;
  uint64_t begin = now_ns();
  pid_t child = fork();
  if (child < 0) die("fork");
  if (child == 0) {
    if (group) write_text(group, "cgroup.procs", "0");
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0) die("dup2");
    execvp(words[0], words);
    die("%s", words[0]);
  }
  close(out);
  char said[1 << 16] = "";
  size_t length = 0;
  for (ssize_t n; ends[0] >= 0 && length < sizeof said - 1; length += (size_t)n)
    if ((n = read(ends[0], said + length, sizeof said - 1 - length)) <= 0) break;
  int status = 0;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) != child) die("wait4");
  double seconds = (double)(now_ns() - begin) / 1e9;
  if (reader > 0 && kill(reader, SIGKILL)) die("kill");
  errno = 0;
  if (WIFSIGNALED(status)) die("%s ended by signal %d", words[0], WTERMSIG(status));
  if (WEXITSTATUS(status) != 0) die("%s ended with %d: %s", words[0], WEXITSTATUS(status), said);

  while (length > 0 && said[length - 1] == '\n') said[--length] = 0;
  const char *last = strrchr(said, '\n');
  last = last ? last + 1 : said;
  uint64_t peak = group == NULL ? 0 : read_number(group, v1 ? "memory.max_usage_in_bytes" : "memory.peak");
  double user = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
  double kernel = (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
  printf("{\"peer\":\"launch\",\"seconds\":%.6f,\"user\":%.3f,\"system\":%.3f,\"rssPeak\":%" PRIu64 ",\"majorFaults\":%ld,"
         "\"groupPeak\":%" PRIu64 ",\"wrong\":%" PRIu64 "%s%s}\n",
         seconds, user, kernel, (uint64_t)usage.ru_maxrss * 1024, usage.ru_majflt, peak,
         output && expected ? differs(output, expected) : 0, *last == '{' ? ",\"command\":" : "", *last == '{' ? last : "");
  return 0;
}
