// Runs the command behind `--` and says how long it took, from fork to wait, and when it began. It becomes the parent of what the
// command leaves behind, as a restored process, and ends when all of that has ended.
#include "common.h"

#include <sys/prctl.h>
#include <sys/wait.h>

int main(int argc, char **argv) {
  int first = 1;
  while (first < argc && strcmp(argv[first], "--") != 0) first++;
  errno = 0;
  if (first + 1 >= argc) die("-- and a command are needed");
  if (prctl(PR_SET_CHILD_SUBREAPER, 1)) die("prctl");
  struct timespec wall;
  clock_gettime(CLOCK_REALTIME, &wall);
  uint64_t begin = now_ns(), end = 0;
  pid_t child = fork(), ended;
  if (child < 0) die("fork");
  if (child == 0) {
    execvp(argv[first + 1], argv + first + 1);
    die("%s", argv[first + 1]);
  }
  int status = 0, code = 1;
  while ((ended = waitpid(-1, &status, 0)) > 0 || errno == EINTR) {
    if (ended != child) continue;
    end = now_ns();
    code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  }
  printf("{\"peer\":\"adopt\",\"begin\":%.6f,\"returned\":%.6f}\n", (double)wall.tv_sec + (double)wall.tv_nsec / 1e9, (double)(end - begin) / 1e9);
  return code;
}
