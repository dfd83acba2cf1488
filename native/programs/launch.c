/*
 * Starts Node.js for farpage, and under `farpage run` the program, too. Node.js changes its process: it resets ignored
 * signals and the signal mask, raises the limit of open files, marks descriptors close-on-exec and decodes bytes as UTF-8.
 * So this process stays as it was started, and forks the program from itself.
 *
 *   farpage-launch environ PID            prints the environment of PID, as a shell's assignments to FARPAGE_ENVIRON_0, 1 …
 *   farpage-launch [run] [MASK] -- NODE SCRIPT ARGUMENT…
 *
 * A shell drops environment entries whose names it does not accept, and clears the signal mask. MASK is the mask in the
 * form of /proc/PID/status; the environment is restored from those variables, which unlike arguments other users cannot
 * read: entries end with a space, and bytes other than A-Z a-z 0-9 _ / = . , : + - are written as %XX.
 *
 * With `run` Node.js is a child. Agents write their last line to the original standard error (descriptor 4, FARPAGE_LINE),
 * so that the line does not depend on this process. Descriptor 3, FARPAGE_LAUNCH, is a socket, one message per packet:
 *   from Node.js   S PATH\0COUNT\0ENTRY\0…  start PATH with the last COUNT arguments and these environment entries; an
 *                                          ENTRY without '=' removes that variable
 *                  K SIGNAL                 send it to the program
 *                  H 1, H 0                 the pager itself stops the program; no longer does
 *   to Node.js     p PID, f ERRNO           it was started, or could not be
 *                  s SIGNAL, c SIGNAL       it has stopped, and this process stops too; this process continues
 *                  e CODE, k SIGNAL         how it ended
 *                  q SIGNAL                 a signal that asks to end arrived after the program's end
 * This process ends as the program did, once Node.js has ended with code 0; else with Node.js's code.
 * Without `run` it becomes Node.js, with the ignored signals in FARPAGE_IGNORED.
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
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launch.h"

#define SOCKET_IN_NODE 3
#define LINE_IN_NODE 4
#define ABOVE_THESE 10
#define MESSAGE_BYTES 65536
#define SIGNALS 65

extern char **environ;

/* The state in which this process was started. */
static sigset_t mask;
static int ignored[SIGNALS];
static char **arguments;

static int controlSocket = -1;
static pid_t node;
static int nodeStatus = -1;
/* 0: not started yet. */
static pid_t program;
static int programStatus = -1;
/* Signals that came before the program was started, to be passed on: an alarm set before this process began, say. */
static sigset_t early;
/* The program is stopped by the pager, for a snapshot. */
static int held;

/* ---- Node.js ---- */

/* Node.js's variables, which are meant for the program or for its starter, not for this Node.js. */
static char **forNode(void) {
  static const char *const NAMES[] = {"NODE_OPTIONS", "NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE",
                                      "NODE_UNIQUE_ID", "NODE_V8_COVERAGE", "LISTEN_PID"};
  char **list = environ;
  for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) list = without(list, NAMES[i]);
  return list;
}

static void startNode(int socket, int output) {
  const pid_t parent = getpid();
  node = fork();
  if (node < 0) die("fork");
  if (node > 0) return;
  /* The pager ends with this process, and its paged processes with the pager. */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(EXIT_FAILED);
  const int given[] = {fcntl(socket, F_DUPFD_CLOEXEC, ABOVE_THESE), fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, ABOVE_THESE)};
  if (output >= 0) dup2(output, STDERR_FILENO);
  closeOthers(given, 2);
  dup2(given[0], SOCKET_IN_NODE);
  const int line = output < 0 ? STDERR_FILENO : dup2(given[1], LINE_IN_NODE);
  putNull(STDIN_FILENO);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  environ = with(forNode(), format("%s=%lu", "FARPAGE_LAUNCH", SOCKET_IN_NODE));
  environ = with(environ, format("%s=%lu", "FARPAGE_LINE", (unsigned long)line));
  execvp(arguments[0], arguments);
  die(arguments[0]);
}

static void report(char what, long number) {
  char text[32];
  const int length = snprintf(text, sizeof text, "%c %ld", what, number);
  send(controlSocket, text, (size_t)length, MSG_NOSIGNAL);
}

/* ---- the program ---- */

static void becomeProgram(const char *path, char **words, char **list, pid_t before, int failed) {
  environ = forProgram(list, before);
  if (ignored[SIGCHLD]) signal(SIGCHLD, SIG_IGN);
  sigprocmask(SIG_SETMASK, &mask, NULL);
  execve(path, words, environ);
  if (errno == ENOEXEC) {
    /* A script without a first line: run by the shell, as execvp(3) does. */
    char **script = allocate((lengthOf(words) + 2) * sizeof *script);
    script[0] = "/bin/sh";
    script[1] = (char *)path;
    for (size_t i = 1; words[i] != NULL; i++) script[i + 1] = words[i];
    execve(script[0], script, environ);
  }
  const int error = errno;
  const ssize_t told = write(failed, &error, sizeof error);
  (void)told;
  _exit(127);
}

/* Closes the program's descriptors here, so that readers of a pipe see its end when the program closes it. */
static void closeGiven(int signals) {
  const int kept[] = {controlSocket, signals, relay, messages, witness};
  closeOthers(kept, sizeof kept / sizeof kept[0]);
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) putNull(fd);
}

static void start(char *message, size_t length, int signals) {
  char *const end = message + length;
  const char *path = message;
  char *at = message + strlen(message) + 1;
  const size_t count = at < end ? (size_t)atol(at) : 0;
  if (program != 0 || count == 0 || count > lengthOf(arguments)) return;
  char **list = environ;
  for (at += strlen(at) + 1; at < end; at += strlen(at) + 1) {
    list = strchr(at, '=') == NULL ? without(list, at) : with(list, at);
  }
  char **words = arguments + lengthOf(arguments) - count;
  int reportPipe[2];
  if (pipe2(reportPipe, O_CLOEXEC) != 0) return report('f', errno);
  for (int i = 0; i < 2; i++) reportPipe[i] = movedUp(reportPipe[i]);
  const pid_t before = getpid();
  const pid_t child = fork();
  if (child < 0) return report('f', errno);
  if (child == 0) becomeProgram(path, words, list, before, reportPipe[1]);
  close(reportPipe[1]);
  int error = 0;
  ssize_t got;
  do got = read(reportPipe[0], &error, sizeof error);
  while (got < 0 && errno == EINTR);
  close(reportPipe[0]);
  if (got == sizeof error) {
    waitpid(child, NULL, 0);
    return report('f', error);
  }
  program = child;
  closeGiven(signals);
  for (int number = 1; number < SIGNALS; number++) {
    if (sigismember(&early, number) == 1) kill(program, number);
  }
  report('p', child);
}

static int lives(void) { return program != 0 && programStatus < 0; }

static int isStopped(pid_t pid) {
  char path[32];
  char text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  const ssize_t got = read(fd, text, sizeof text - 1);
  close(fd);
  if (got <= 0) return 0;
  text[got] = '\0';
  const char *at = strrchr(text, ')');
  return at != NULL && at[1] == ' ' && at[2] == 'T';
}

/* ---- signals ---- */

/* Restores the signal's default action, then raises it. */
static void takeSignal(int number) {
  sigset_t one;
  signal(number, SIG_DFL);
  sigemptyset(&one);
  sigaddset(&one, number);
  raise(number);
  sigprocmask(SIG_UNBLOCK, &one, NULL);
  sigprocmask(SIG_BLOCK, &one, NULL);
}

/* A terminal sends these to its whole foreground group: the program gets its own. */
static int isFromTerminal(const struct signalfd_siginfo *info) {
  const int number = (int)info->ssi_signo;
  if (info->ssi_code != SI_KERNEL) return 0;
  if (number == SIGHUP || number == SIGCONT) return getsid(0) != getpid();
  return number == SIGINT || number == SIGQUIT || number == SIGTSTP || number == SIGTTIN || number == SIGTTOU ||
         number == SIGWINCH;
}

static void passOn(const struct signalfd_siginfo *info, int group) {
  const int number = (int)info->ssi_signo;
  if (group || isFromTerminal(info) || (pid_t)info->ssi_pid == program || (pid_t)info->ssi_pid == node) return;
  if (number == SIGCONT && !isStopped(program) && getpgid(program) == getpgrp()) return;
  const union sigval value = {.sival_ptr = (void *)(uintptr_t)info->ssi_ptr};
  if (info->ssi_code == SI_QUEUE) sigqueue(program, number, value);
  else kill(program, number);
}

static int asksToEnd(int number) {
  return number == SIGINT || number == SIGQUIT || number == SIGTERM || number == SIGHUP;
}

static void take(const struct signalfd_siginfo *info) {
  const int number = (int)info->ssi_signo;
  /* SIGPIPE of its own: the reader of the messages is gone. */
  if (number == SIGCHLD || (pid_t)info->ssi_pid == getpid()) return;
  const int group = isForGroup(number);
  if (lives()) return passOn(info, group);
  if (!asksToEnd(number)) {
    sigaddset(&early, number);
    return;
  }
  if (ignored[number]) return;
  if (program != 0) return report('q', number);
  /* Nothing was started yet: end the pager, and this process by the same signal. */
  kill(node, number);
  takeSignal(number);
}

/* The sender of the last SIGCONT; 0: this process has not stopped. */
static pid_t continuedBy(void) {
  const struct timespec none = {0, 0};
  siginfo_t info;
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, SIGCONT);
  return sigtimedwait(&one, &info, &none) == SIGCONT ? info.si_pid : 0;
}

/* The shell sees the job stop. The pager runs on, and wakes this process if only the program is continued. */
static void stopToo(int number) {
  report('s', number);
  takeSignal(number);
  pid_t by = continuedBy();
  /* Repeated if it had no effect: in a process group without a shell, or if the pager was mistaken. */
  while ((by == 0 || by == node) && isStopped(program)) {
    takeSignal(SIGSTOP);
    by = continuedBy();
  }
  if (isStopped(program)) kill(program, SIGCONT);
  report('c', number);
}

static int hear(int signals) {
  static char message[MESSAGE_BYTES + 1];
  for (;;) {
    const ssize_t length = recv(controlSocket, message, MESSAGE_BYTES, MSG_DONTWAIT);
    if (length < 0) return errno == EAGAIN || errno == EINTR;
    if (length == 0) return 0;
    message[length] = '\0';
    if (message[0] == 'S') start(message + 2, (size_t)length - 2, signals);
    else if (message[0] == 'H') held = message[2] == '1';
    else if (message[0] == 'K' && lives()) kill(program, atoi(message + 2));
  }
}

/* Reap all: as process 1 of a container this process inherits orphans. */
static void reap(void) {
  int status = 0;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0;) {
    if (pid == program && WIFSTOPPED(status)) {
      /* Process 1 of a container cannot be stopped. */
      if (!held && getpid() != 1) stopToo(WSTOPSIG(status));
    } else if (pid == program) {
      programStatus = status;
      if (WIFSIGNALED(status)) report('k', WTERMSIG(status));
      else report('e', WEXITSTATUS(status));
    } else if (pid == node && !WIFSTOPPED(status)) {
      nodeStatus = status;
    }
  }
}

/* The parent of this process sees the status that it would have seen of the program. */
static int endAs(int status) {
  if (!WIFSIGNALED(status)) return WEXITSTATUS(status);
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
  takeSignal(WTERMSIG(status));
  /* Process 1 of a container cannot be ended by a signal that it sends itself. */
  return 128 + WTERMSIG(status);
}

static int supervise(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  signal(SIGCHLD, SIG_DFL);
  sigemptyset(&early);
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) die("socketpair");
  for (int i = 0; i < 2; i++) pair[i] = movedUp(pair[i]);
  controlSocket = pair[0];
  /* Node.js waits for messages in its event loop. */
  fcntl(pair[1], F_SETFL, O_NONBLOCK);
  startWitness(arguments);
  const int output = openRelay();
  startNode(pair[1], output);
  hideSecrets(arguments);
  close(pair[1]);
  if (output >= 0) close(output);
  const int signals = movedUp(signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK));
  struct pollfd polled[] = {{signals, POLLIN, 0}, {controlSocket, POLLIN, 0}, {relay, POLLIN, 0}};
  while (nodeStatus < 0 || lives()) {
    if (poll(polled, 3, -1) < 0 && errno != EINTR) die("poll");
    /* Before the signals: the pager announces a stop before it sends the signal. */
    if (!hear(signals)) polled[1].fd = -1;
    struct signalfd_siginfo info;
    while (read(signals, &info, sizeof info) == sizeof info) take(&info);
    if (polled[2].revents != 0) relayMessages();
    /* Node.js has ended: no more messages come. */
    if (nodeStatus >= 0 || (polled[2].revents & POLLHUP) != 0) polled[2].fd = -1;
    reap();
  }
  if (relay >= 0) relayMessages();
  if (WIFEXITED(nodeStatus) && WEXITSTATUS(nodeStatus) != 0) return WEXITSTATUS(nodeStatus);
  return endAs(programStatus >= 0 ? programStatus : nodeStatus);
}

static void noteSignals(void) {
  sigprocmask(SIG_SETMASK, NULL, &mask);
  for (int number = 1; number < SIGNALS; number++) {
    struct sigaction action;
    ignored[number] = sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
  }
}

static void setMask(const char *text) {
  const unsigned long long bits = strtoull(text, NULL, 16);
  for (int number = 1; number < SIGNALS; number++) {
    if ((bits >> (number - 1) & 1) != 0) sigaddset(&mask, number);
    else sigdelset(&mask, number);
  }
}

static int becomeNode(void) {
  unsigned long bits = 0;
  for (int number = 1; number < SIGNALS; number++) bits |= (unsigned long)(ignored[number] != 0) << (number - 1);
  if (bits != 0) environ = with(environ, format("%s=%lx", "FARPAGE_IGNORED", bits));
  sigprocmask(SIG_SETMASK, &mask, NULL);
  execvp(arguments[0], arguments);
  die(arguments[0]);
  return EXIT_FAILED;
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "environ") == 0) return printEnvironment(argv[2]);
  noteSignals();
  int runs = 0;
  int at = 1;
  for (; at < argc && strcmp(argv[at], "--") != 0; at++) {
    if (strcmp(argv[at], "run") == 0) runs = 1;
    else setMask(argv[at]);
  }
  if (argc - at < 3) {
    fputs("farpage-launch: this is started by farpage\n", stderr);
    return 2;
  }
  environ = environmentGiven(environ);
  arguments = argv + at + 1;
  return runs ? supervise() : becomeNode();
}
