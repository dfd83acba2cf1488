// A snapshot by fork(), as Redis makes one for BGSAVE: the child writes all of the memory to a file, and meanwhile a thread that
// writes to a page pays for a copy of it.
//   The longest stop of a writer: the fork, which stops every thread that writes, and the worst write after it.
//   Extra memory: what both processes hold of their own, page tables included, less what the one held before, when the
//   child has written all: copies only become more until then.
// --pages N --file PATH [--threads N] [--burst N] [--pause US] [--cpu C: the child's] [--writer-cpu C]
#include "writers.h"
#include <signal.h>
#include <sys/wait.h>

#define CHUNK (1u << 20)

/** KiB of a line of a file in /proc, in bytes. */
static uint64_t proc_bytes(pid_t pid, const char *file, const char *field) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
  FILE *from = fopen(path, "r");
  if (!from) die("%s", path);
  uint64_t kib = 0;
  bool found = false;
  while (!found && fgets(line, sizeof line, from))
    if (strncmp(line, field, strlen(field)) == 0 && line[strlen(field)] == ':')
      kib = strtoull(line + strlen(field) + 1, NULL, 10), found = true;
  fclose(from);
  errno = 0;
  if (!found) die("%s has no %s", path, field);
  return kib * 1024;
}

static uint64_t own_bytes(pid_t pid) { return proc_bytes(pid, "smaps_rollup", "Pss_Anon") + proc_bytes(pid, "status", "VmPTE"); }

static void write_all(const char *path, const uint8_t *from, size_t bytes) {
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) die("%s", path);
  for (size_t at = 0; at < bytes;) {
    ssize_t n = write(fd, from + at, bytes - at < CHUNK ? bytes - at : CHUNK);
    if (n <= 0) die("write %s", path);
    at += (size_t)n;
  }
  if (fdatasync(fd)) die("fdatasync");
  close(fd);
}

int main(int argc, char **argv) {
  static struct writers all;
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 65536);
  const char *path = required(argc, argv, "file");
  int child_cpu = cpu_option(argc, argv);
  all.pages = pages;
  all.threads = (uint32_t)number(argc, argv, "threads", 3);
  all.burst = (uint32_t)number(argc, argv, "burst", 64);
  all.pause_us = (uint32_t)number(argc, argv, "pause", 1000);
  all.cpu = atoi(option(argc, argv, "writer-cpu", "-1"));
  size_t bytes = (size_t)pages * PAGE_BYTES;
  warm_memory(2 * bytes);
  all.at = map_populated(bytes);
  for (uint32_t page = 0; page < pages; page++) fill_page(all.at + (size_t)page * PAGE_WORDS, page, false);
  int told[2], asked[2];
  if (pipe(told) || pipe(asked)) die("pipe");
  start_writers(&all);
  usleep(500000);
  uint64_t before = own_bytes(getpid());
  usleep(100000);

  set_phase(&all, 1);
  uint64_t begin = now_ns();
  pid_t child = fork();
  if (child < 0) die("fork");
  if (child == 0) {
    char byte = 0;
    pin(child_cpu);
    write_all(path, (const uint8_t *)all.at, bytes);
    if (write(told[1], &byte, 1) != 1 || read(asked[0], &byte, 1) < 0) _exit(1);
    _exit(0);
  }
  uint64_t fork_ns = now_ns() - begin;
  set_phase(&all, 2);
  char byte;
  close(told[1]);
  if (read(told[0], &byte, 1) != 1) die("the child has not written it");
  double seconds = (double)(now_ns() - begin) / 1e9;
  set_phase(&all, 3);
  uint64_t after = own_bytes(getpid()) + own_bytes(child);
  if (write(asked[1], &byte, 1) != 1) die("the child has gone");
  waitpid(child, NULL, 0);
  stop_writers(&all);

  uint64_t wrong = wrong_in_file(path, 0, pages);
  char text[2048];
  print_phases(text, sizeof text, &all);
  uint64_t worst = 0;
  for (uint32_t i = 0; i < all.threads; i++)
    if (all.each[i].worst_ns[2] > worst) worst = all.each[i].worst_ns[2];
  printf("{\"peer\":\"fork_snapshot\",\"pages\":%u,\"fork\":%.3f,\"stop\":%.3f,\"seconds\":%.6f,\"extraBytes\":%" PRIu64
         ",%s,\"wrong\":%" PRIu64 "}\n",
         pages, (double)fork_ns / 1000.0, (double)(fork_ns + worst) / 1000.0, seconds, after > before ? after - before : 0,
         text, wrong);
  unlink(path);
  return wrong == 0 ? 0 : 1;
}
