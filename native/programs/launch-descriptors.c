/* Descriptors of farpage-launch, and the pipe through which it forwards Node.js's messages. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "launch.h"

/* Milliseconds. */
#define MESSAGE_PATIENCE 1000

int relay = -1;
int messages = -1;

void closeOthers(const int *kept, size_t count) {
  DIR *folder = opendir("/proc/self/fd");
  if (folder == NULL) return;
  for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
    const int fd = atoi(entry->d_name);
    int keep = fd <= STDERR_FILENO || fd == dirfd(folder);
    for (size_t i = 0; i < count; i++) keep = keep || fd == kept[i];
    if (!keep) close(fd);
  }
  closedir(folder);
}

void putNull(int at) {
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0) return;
  if (null != at) dup2(null, at);
  else fcntl(null, F_SETFD, 0);
  if (null > STDERR_FILENO) close(null);
}

int movedUp(int fd) {
  const int moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (moved < 0) die("no descriptor");
  close(fd);
  return moved;
}

int openRelay(void) {
  struct stat stat;
  int ends[2];
  if (fstat(STDERR_FILENO, &stat) != 0 || (!S_ISFIFO(stat.st_mode) && !S_ISSOCK(stat.st_mode))) return -1;
  if (pipe2(ends, O_CLOEXEC) != 0) die("pipe");
  relay = movedUp(ends[0]);
  fcntl(relay, F_SETFL, O_NONBLOCK);
  messages = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  return movedUp(ends[1]);
}

void relayMessages(void) {
  char text[PIPE_BUF];
  for (ssize_t got; (got = read(relay, text, sizeof text)) > 0;) {
    struct pollfd room = {messages, POLLOUT, 0};
    if (poll(&room, 1, MESSAGE_PATIENCE) != 1) continue;
    ssize_t put = send(messages, text, (size_t)got, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (put < 0 && errno == ENOTSOCK) put = write(messages, text, (size_t)got);
    (void)put;
  }
}
