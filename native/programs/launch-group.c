/*
 * Distinguishes a signal to the whole process group from one to farpage-launch only, by a witness: a process of the group
 * that only has signals pending. The program itself gets a signal to the group, as from timeout(1) or `kill 0`, and must
 * not get two.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "launch.h"

/* Nanoseconds within which the kernel sends a signal to all members of a group. */
#define SENT 1000000
/* Milliseconds: a witness that is stopped does not answer. */
#define PATIENCE 100

int witness = -1;

static void answer(int socket) {
  const struct timespec none = {0, 0};
  int number = 0;
  while (recv(socket, &number, sizeof number, 0) == sizeof number) {
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    int had = 0;
    while (sigtimedwait(&one, NULL, &none) == number) had = 1;
    send(socket, &had, sizeof had, MSG_NOSIGNAL);
  }
}

void startWitness(char **shown) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) die("socketpair");
  for (int i = 0; i < 2; i++) pair[i] = movedUp(pair[i]);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) die("fork");
  if (child == 0) {
    /* Forked with the words of the command line, which the process list would show. */
    hideSecrets(shown);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    closeOthers(&pair[1], 1);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) putNull(fd);
    if (chdir("/") == 0 && getppid() == parent) answer(pair[1]);
    _exit(0);
  }
  close(pair[1]);
  witness = pair[0];
}

int isForGroup(int number) {
  const struct timespec pause = {0, SENT};
  struct pollfd polled = {witness, POLLIN, 0};
  int had = 0;
  /* Discards an answer that came too late. */
  while (recv(witness, &had, sizeof had, MSG_DONTWAIT) > 0);
  nanosleep(&pause, NULL);
  if (send(witness, &number, sizeof number, MSG_NOSIGNAL) != sizeof number) return 0;
  if (poll(&polled, 1, PATIENCE) != 1) return 0;
  return recv(witness, &had, sizeof had, 0) == sizeof had && had;
}
