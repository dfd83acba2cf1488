/*
 * Starts a program in a session of its own, prints its pid, and ends when it and all of its descendants have ended and were reaped:
 * a pid that nobody reaps cannot be restored.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 3 || prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) return 1;
  const pid_t child = fork();
  if (child == 0) {
    const int in = open("/dev/null", O_RDONLY), out = open(argv[1], O_WRONLY | O_CREAT | O_APPEND, 0600);
    setsid();
    dup2(in, 0);
    dup2(out, 1);
    dup2(out, 2);
    close(in);
    close(out);
    execv(argv[2], argv + 2);
    _exit(127);
  }
  printf("%d\n", child);
  fflush(stdout);
  while (waitpid(-1, NULL, 0) >= 0 || errno == EINTR) continue;
  return 0;
}
