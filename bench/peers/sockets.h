// Two processes and their connections, over a unix socket or TCP on loopback.
#ifndef FARPAGE_BENCH_SOCKETS_H
#define FARPAGE_BENCH_SOCKETS_H

#include "common.h"
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/** The two ends of a connection. */
static inline void connect_both(bool tcp, int ends[2]) {
  if (!tcp) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends)) die("socketpair");
    return;
  }
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof at;
  if (listener < 0 || bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 1) ||
      getsockname(listener, (struct sockaddr *)&at, &length))
    die("listen");
  ends[0] = socket(AF_INET, SOCK_STREAM, 0);
  if (ends[0] < 0 || connect(ends[0], (struct sockaddr *)&at, sizeof at)) die("connect");
  ends[1] = accept(listener, NULL, NULL);
  if (ends[1] < 0) die("accept");
  for (int i = 0; i < 2; i++)
    if (setsockopt(ends[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on)) die("TCP_NODELAY");
  close(listener);
}

/** False at the end of the connection. */
static inline bool receive_all(int fd, void *into, size_t bytes) {
  for (size_t done = 0; done < bytes;) {
    ssize_t n = recv(fd, (uint8_t *)into + done, bytes - done, 0);
    if (n <= 0) return false;
    done += (size_t)n;
  }
  return true;
}

/** False if nobody reads any more. */
static inline bool send_all(int fd, const void *from, size_t bytes) {
  for (size_t done = 0; done < bytes;) {
    ssize_t n = send(fd, (const uint8_t *)from + done, bytes - done, MSG_NOSIGNAL);
    if (n <= 0) return false;
    done += (size_t)n;
  }
  return true;
}

static inline bool is_tcp(int argc, char **argv) {
  const char *kind = required(argc, argv, "kind");
  errno = 0;
  if (strcmp(kind, "tcp") && strcmp(kind, "unix")) die("--kind %s", kind);
  return strcmp(kind, "tcp") == 0;
}

#endif
