/* A program that was started setuid: it becomes that user wholly, says so, and waits for a minute at most. */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
  const uid_t user = geteuid();
  if (setresuid(user, user, user) != 0) return 1;
  printf("waits %d\n", getpid());
  fflush(stdout);
  alarm(60);
  pause();
  return 0;
}
