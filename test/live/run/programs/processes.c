// More than one process.
#include "check.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>

extern char **environ;

static size_t bytes;
static char *memory;

static void prepare(void) {
  bytes = megabytes(32);
  memory = map(bytes);
  fill(memory, bytes, 1);
}

/* The child and its parent change their own, and see nothing of each other's. */
static void modify_both(void) {
  prepare();
  pid_t child = fork();
  MUST(child >= 0);
  uint64_t seed = child == 0 ? 2 : 3;
  MUST(bad_pages(memory, bytes, 1) == 0);
  for (size_t page = 0; page < bytes / PAGE; page += 2) fill_page(memory, page, seed);
  for (size_t page = 0; page < bytes / PAGE; page++) {
    MUST(*(uint64_t *)(memory + page * PAGE) == mix(page * 512 + (page % 2 == 0 ? seed : 1)));
  }
  if (child == 0) {
    char *more = map(bytes);
    fill(more, bytes, 4);
    MUST(bad_pages(more, bytes, 4) == 0);
    _exit(7);
  }
  MUST(code_of(child) == 7);
  for (size_t page = 1; page < bytes / PAGE; page += 2) fill_page(memory, page, 3);
  MUST(bad_pages(memory, bytes, 3) == 0);
}

static void generations(void) {
  prepare();
  pid_t child = fork();
  MUST(child >= 0);
  if (child == 0) {
    fill(memory, bytes / 2, 2);
    pid_t grandchild = fork();
    MUST(grandchild >= 0);
    if (grandchild == 0) {
      MUST(bad_pages(memory, bytes / 2, 2) == 0);
      for (size_t page = bytes / 2 / PAGE; page < bytes / PAGE; page++) {
        MUST(*(uint64_t *)(memory + page * PAGE) == mix(page * 512 + 1));
      }
      fill(memory, bytes, 5);
      MUST(bad_pages(memory, bytes, 5) == 0);
      _exit(3);
    }
    MUST(code_of(grandchild) == 3);
    MUST(bad_pages(memory, bytes / 2, 2) == 0);
    _exit(4);
  }
  MUST(code_of(child) == 4);
  MUST(bad_pages(memory, bytes, 1) == 0);
  for (int i = 0; i < 20; i++) {
    child = fork();
    MUST(child >= 0);
    if (child == 0) {
      size_t page = i * 97 % (bytes / PAGE);
      MUST(*(uint64_t *)(memory + page * PAGE) == mix(page * 512 + 1));
      fill_page(memory, page, 8);
      _exit(i);
    }
    MUST(code_of(child) == i);
  }
  MUST(bad_pages(memory, bytes, 1) == 0);
}

static volatile int faulting = 1;
static void *faulter(void *part) {
  for (uint64_t round = 1; faulting; round++) {
    fill(part, 4 * MIB, round);
    MUST(bad_pages(part, 4 * MIB, round) == 0);
  }
  return NULL;
}

/* Forks in the middle of faults and evictions. */
static void fork_under_load(void) {
  prepare();
  pthread_t thread[2];
  for (int i = 0; i < 2; i++) MUST(pthread_create(&thread[i], NULL, faulter, map(4 * MIB)) == 0);
  for (int i = 0; i < 10; i++) {
    pid_t child = fork();
    MUST(child >= 0);
    if (child == 0) {
      MUST(bad_pages(memory, bytes / 4, 1) == 0);
      fill(memory, bytes / 8, 6);
      MUST(bad_pages(memory, bytes / 8, 6) == 0);
      _exit(i);
    }
    fill(memory + bytes / 2, MIB, 9);
    MUST(code_of(child) == i);
    for (size_t page = bytes / 2 / PAGE; page < bytes / 2 / PAGE + MIB / PAGE; page++) fill_page(memory, page, 1);
  }
  faulting = 0;
  for (int i = 0; i < 2; i++) MUST(pthread_join(thread[i], NULL) == 0);
  MUST(bad_pages(memory, bytes, 1) == 0);
}

/* Pages that were shared with a child that has ended. */
static void after_fork(void) {
  prepare();
  pid_t child = fork();
  MUST(child >= 0);
  if (child == 0) _exit(0);
  MUST(code_of(child) == 0);
  press();
  MUST(bad_pages(memory, bytes, 1) == 0);
}

static void spawns(void) {
  prepare();
  char *argv[] = {"sh", "-c", "exit 5", NULL};
  for (int i = 0; i < 5; i++) {
    pid_t child = 0;
    MUST(posix_spawn(&child, "/bin/sh", NULL, NULL, argv, environ) == 0);
    MUST(code_of(child) == 5);
    int status = system("exit 6");
    MUST(WIFEXITED(status) && WEXITSTATUS(status) == 6);
    child = vfork();
    if (child == 0) {
      execv("/bin/sh", argv);
      _exit(97);
    }
    MUST(code_of(child) == 5);
    FILE *pipe = popen("echo said", "r");
    char line[16] = {0};
    MUST(pipe != NULL && fgets(line, sizeof line, pipe) != NULL && strcmp(line, "said\n") == 0);
    MUST(pclose(pipe) == 0);
    child = fork();
    if (child == 0) {
      execv("/bin/sh", argv);
      _exit(97);
    }
    MUST(code_of(child) == 5);
  }
  MUST(bad_pages(memory, bytes, 1) == 0);
}

/* A fork that libc knows nothing of. */
static void raw_clone(void) {
  prepare();
  pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
  MUST(child >= 0);
  if (child == 0) {
    /* Its next large mapping is where the library notices. */
    char *own = map(2 * MIB);
    fill(own, 2 * MIB, 4);
    MUST(bad_pages(memory, bytes, 1) == 0 && bad_pages(own, 2 * MIB, 4) == 0);
    _exit(0);
  }
  MUST(code_of(child) == 0);
  MUST(bad_pages(memory, bytes, 1) == 0);
}

/* The parent ends first, and nothing is left open. */
static void daemonise(void) {
  prepare();
  const char *file = getenv("RESULT");
  MUST(file != NULL);
  if (fork() != 0) _exit(0);
  MUST(setsid() >= 0);
  if (fork() != 0) _exit(0);
  MUST(syscall(SYS_close_range, 3u, ~0u, 0u) == 0);
  usleep(300000);
  MUST(bad_pages(memory, bytes, 1) == 0);
  fill(memory, bytes, 2);
  int good = bad_pages(memory, bytes, 2) == 0;
  char *later = map(bytes);
  fill(later, bytes, 3);
  good = good && bad_pages(later, bytes, 3) == 0;
  FILE *result = fopen(file, "w");
  MUST(result != NULL && fputs(good ? "fine" : "bad", result) >= 0 && fclose(result) == 0);
}

int main(int argc, char **argv) {
  const struct scene scenes[] = {
      {"modify both", modify_both}, {"generations", generations}, {"fork under load", fork_under_load},
      {"after fork", after_fork},   {"spawns", spawns},           {"raw clone", raw_clone},
      {"daemonise", daemonise},
  };
  return play(argc, argv, scenes, sizeof scenes / sizeof *scenes);
}
