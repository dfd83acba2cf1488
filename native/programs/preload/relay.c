/*
 * The relay: a connection to the pager that a program has from its start, and its forks inherit. A fork that has given up the
 * user, or the root folder, that the pager's socket can be reached with, reaches it by this one.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "kernel.h"
#include "preload.h"

/* Programs take the lowest numbers for themselves, and shells those up to 255. */
#define LOWEST_NUMBER 700
#define NUMBERS_BELOW_LIMIT 16

static long raiseNumber(int descriptor) {
  const long high = call3(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, LOWEST_NUMBER);
  if (high != -EINVAL) return high;
  struct rlimit limit;
  if (call2(SYS_getrlimit, RLIMIT_NOFILE, (long)&limit) != 0) return high;
  const long lowest = (long)limit.rlim_cur - NUMBERS_BELOW_LIMIT;
  return call3(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, lowest > 3 ? lowest : 3);
}

int makeRelay(void) {
  int ends[2];
  struct stat status;
  farpage.relay = -1;
  if (call4(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, (long)ends) != 0) return -1;
  const long high = raiseNumber(ends[0]);
  call1(SYS_close, ends[0]);
  if (isError(high) || call2(SYS_fstat, high, (long)&status) != 0) {
    call1(SYS_close, ends[1]);
    return -1;
  }
  farpage.relay = (int)high;
  farpage.relayInode = status.st_ino;
  return ends[1];
}

long sendByRelay(const void *hello, size_t bytes, const int descriptors[2]) {
  struct stat status;
  /* The program may have closed it, and have something else there. */
  if (farpage.relay < 0 || call2(SYS_fstat, farpage.relay, (long)&status) != 0 || !S_ISSOCK(status.st_mode) ||
      status.st_ino != farpage.relayInode) {
    return -EBADF;
  }
  struct iovec part = {(void *)hello, bytes};
  _Alignas(struct cmsghdr) char extra[CMSG_SPACE(2 * sizeof(int))] = {0};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = extra, .msg_controllen = sizeof extra};
  struct cmsghdr *header = (struct cmsghdr *)extra;
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(2 * sizeof(int));
  int *sent = (int *)CMSG_DATA(header);
  sent[0] = descriptors[0];
  sent[1] = descriptors[1];
  long result;
  while ((result = call3(SYS_sendmsg, farpage.relay, (long)&message, MSG_NOSIGNAL)) == -EAGAIN) call0(SYS_sched_yield);
  return result < 0 ? result : 0;
}
