/* Children of every kind, and processes that run on without their parent. */
#include "scenes.h"

#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>

extern char **environ;

pid_t rawFork(void) { return (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }

void forks(pid_t (*forker)(void), int depth) {
  const size_t bytes = 8 * MIB;
  char *at = map(bytes);
  fill(at, bytes, (uint64_t)depth);
  const pid_t pid = forker();
  if (pid == 0) {
    check(at, bytes, (uint64_t)depth);
    fill(at, bytes, 77);
    if (depth > 0) forks(forker, depth - 1);
    char *more = map(bytes);
    fill(more, bytes, 78);
    check(at, bytes, 77);
    check(more, bytes, 78);
    _exit(0);
  }
  REQUIRE(pid > 0);
  fill(at + bytes / 2, bytes / 2, 55);
  char *more = map(bytes);
  fill(more, bytes, 56);
  check(at, bytes / 2, (uint64_t)depth);
  await(pid);
  check(at + bytes / 2, bytes / 2, 55);
  check(more, bytes, 56);
  munmap(at, bytes);
  munmap(more, bytes);
}

void spawns(void) {
  char *at = map(8 * MIB);
  fill(at, 8 * MIB, 5);
  char *arguments[] = {(char *)self, "patterns", "8", NULL};
  pid_t pid = vfork();
  if (pid == 0) {
    /* A vfork'ed child's mappings are the parent's. */
    char *shared = mmap(NULL, 2 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    shared[0] = 1;
    munmap(shared, 2 * MIB);
    execv(self, arguments);
    _exit(127);
  }
  await(pid);
  REQUIRE(posix_spawn(&pid, self, NULL, NULL, arguments, environ) == 0);
  await(pid);
  char command[4200];
  snprintf(command, sizeof command, "'%s' patterns 8", self);
  REQUIRE(system(command) == 0);
  FILE *pipe = popen(command, "r");
  char line[64] = "";
  REQUIRE(fgets(line, sizeof line, pipe) != NULL && strcmp(line, "good patterns\n") == 0);
  REQUIRE(pclose(pipe) == 0);
  pid = fork();
  if (pid == 0) {
    execv(self, arguments);
    _exit(127);
  }
  await(pid);
  check(at, 8 * MIB, 5);
  fill(at, 8 * MIB, 6);
  patterns(16);
  check(at, 8 * MIB, 6);
}

void daemonize(const char *file) {
  char *at = map(8 * MIB);
  fill(at, 8 * MIB, 3);
  if (fork() > 0) _exit(0);
  setsid();
  if (fork() > 0) _exit(0);
  usleep(50000);
  for (int number = 0; number < 3; number++) close(number);
  patterns(16);
  check(at, 8 * MIB, 3);
  FILE *out = fopen(file, "w");
  fputs("daemon good\n", out);
  fclose(out);
}

/* Until it is killed. */
void endless(int closes) {
  const size_t bytes = 16 * MIB;
  char *at = map(bytes);
  fill(at, bytes, 3);
  printf("ready\n");
  fflush(stdout);
  if (closes) syscall(436, 3, ~0u, 0);
  for (;;) check(at, bytes, 3);
}
