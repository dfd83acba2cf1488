/*
 * For a criu that is its own page server, where it may not make pipes of more than fs.pipe-max-size (no CAP_SYS_RESOURCE): it asks for
 * pipes of some 3 MiB, gives up preparing when it is refused, and serves with what is not there. With this before it, it gets 1 MiB.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>

#define MOST (1 << 20)
#define FRESH (1 << 16)

static int call(const char *name, int fd, int command, va_list given) {
  int (*real)(int, int, ...) = (int (*)(int, int, ...))dlsym(RTLD_NEXT, name);
  if (command != F_SETPIPE_SZ) return real(fd, command, va_arg(given, void *));
  const int size = va_arg(given, int);
  const int result = real(fd, command, size);
  /* A refused pipe that has grown already is what criu expects: it takes another one. */
  return result < 0 && real(fd, F_GETPIPE_SZ, 0) == FRESH ? real(fd, command, MOST) : result;
}

int fcntl(int fd, int command, ...) {
  va_list given;
  va_start(given, command);
  const int result = call("fcntl", fd, command, given);
  va_end(given);
  return result;
}

int fcntl64(int fd, int command, ...) {
  va_list given;
  va_start(given, command);
  const int result = call("fcntl64", fd, command, given);
  va_end(given);
  return result;
}
