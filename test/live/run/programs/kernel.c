// The kernel's own accesses to paged memory, and memory that it holds.
#include "check.h"

#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>

static char *folder_file(int flags) {
  static char path[512];
  const char *folder = getenv("FOLDER");
  MUST(folder != NULL);
  snprintf(path, sizeof path, "%s/data-%d", folder, getpid());
  int fd = open(path, O_CREAT | O_RDWR | O_TRUNC | flags, 0600);
  MUST(fd >= 0 && close(fd) == 0);
  return path;
}

/* read(2), write(2) and pipes on pages that are elsewhere. */
static void calls(void) {
  size_t bytes = megabytes(32);
  char *memory = map(bytes);
  fill(memory, bytes, 1);
  int fd = open(folder_file(0), O_RDWR);
  MUST(fd >= 0);
  press();
  for (size_t done = 0; done < bytes;) {
    ssize_t wrote = write(fd, memory + done, bytes - done);
    MUST(wrote > 0);
    done += (size_t)wrote;
  }
  fill(memory, bytes, 2);
  press();
  MUST(lseek(fd, 0, SEEK_SET) == 0);
  for (size_t done = 0; done < bytes;) {
    ssize_t got = read(fd, memory + done, bytes - done);
    MUST(got > 0);
    done += (size_t)got;
  }
  MUST(bad_pages(memory, bytes, 1) == 0);
  press();
  int ends[2];
  MUST(pipe(ends) == 0);
  char *copy = map(bytes);
  for (size_t done = 0; done < bytes; done += PAGE) {
    MUST(write(ends[1], memory + done, PAGE) == (ssize_t)PAGE);
    MUST(read(ends[0], copy + done, PAGE) == (ssize_t)PAGE);
  }
  MUST(bad_pages(copy, bytes, 1) == 0);
  /* From another process's side, page tables are asked as well. */
  press();
  struct iovec here = {copy, MIB};
  struct iovec there = {memory, MIB};
  char *third = map(MIB);
  here.iov_base = third;
  MUST(syscall(SYS_process_vm_readv, getpid(), &here, 1, &there, 1, 0) == (long)MIB);
  MUST(bad_pages(third, MIB, 1) == 0);
}

static void locked(void) {
  char *held = map(2 * MIB);
  fill(held, 2 * MIB, 4);
  MUST(mlock(held, 2 * MIB) == 0);
  press();
  MUST(bad_pages(held, 2 * MIB, 4) == 0);
  unsigned char in[2 * MIB / PAGE];
  MUST(mincore(held, 2 * MIB, in) == 0);
  for (size_t i = 0; i < sizeof in; i++) MUST(in[i] & 1);
  MUST(munlock(held, 2 * MIB) == 0);
  press();
  MUST(bad_pages(held, 2 * MIB, 4) == 0);
}

static void *reader(void *into) {
  char *memory = into;
  const char *path = getenv("DIRECT");
  int fd = open(path, O_RDONLY | O_DIRECT);
  /* Not every file system has it. */
  if (fd < 0 && errno == EINVAL) fd = open(path, O_RDONLY);
  MUST(fd >= 0);
  for (int round = 0; round < 8; round++) {
    memset(memory, 0, 4 * MIB);
    MUST(pread(fd, memory, 4 * MIB, 0) == (ssize_t)(4 * MIB));
    MUST(bad_pages(memory, 4 * MIB, 6) == 0);
  }
  MUST(close(fd) == 0);
  return NULL;
}

/* A disk that writes into pages while others are driven out. */
static void direct(void) {
  char *path = folder_file(0);
  char *content = map(4 * MIB);
  fill(content, 4 * MIB, 6);
  int fd = open(path, O_WRONLY);
  MUST(fd >= 0 && write(fd, content, 4 * MIB) == (ssize_t)(4 * MIB) && fsync(fd) == 0 && close(fd) == 0);
  MUST(setenv("DIRECT", path, 1) == 0);
  pthread_t thread;
  MUST(pthread_create(&thread, NULL, reader, map(4 * MIB)) == 0);
  for (int i = 0; i < 4; i++) press();
  MUST(pthread_join(thread, NULL) == 0);
}

/* Buffers that io_uring has pinned: what it writes later must be seen. */
static void registered(void) {
  struct io_uring_params params = {0};
  int ring = (int)syscall(SYS_io_uring_setup, 4, &params);
  if (ring < 0) {
    puts("no io_uring");
    return;
  }
  char *buffer = map(2 * MIB);
  fill(buffer, 2 * MIB, 1);
  struct iovec piece = {buffer, MIB};
  MUST(syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, &piece, 1) == 0);
  press();
  size_t sq_bytes = params.sq_off.array + params.sq_entries * sizeof(unsigned);
  char *sq = mmap(NULL, sq_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);
  struct io_uring_sqe *entry = mmap(NULL, params.sq_entries * sizeof *entry, PROT_READ | PROT_WRITE,
                                    MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQES);
  MUST(sq != MAP_FAILED && entry != MAP_FAILED);
  char *content = map(MIB);
  fill(content, MIB, 6);
  char *path = folder_file(0);
  int fd = open(path, O_RDWR);
  MUST(fd >= 0 && write(fd, content, MIB) == (ssize_t)MIB);
  memset(entry, 0, sizeof *entry);
  entry->opcode = IORING_OP_READ_FIXED;
  entry->fd = fd;
  entry->addr = (uint64_t)(uintptr_t)buffer;
  entry->len = MIB;
  ((unsigned *)(sq + params.sq_off.array))[0] = 0;
  __atomic_store_n((unsigned *)(sq + params.sq_off.tail), 1, __ATOMIC_RELEASE);
  MUST(syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) == 1);
  MUST(bad_pages(buffer, MIB, 6) == 0);
  press();
  MUST(bad_pages(buffer, MIB, 6) == 0);
  MUST(close(ring) == 0);
}

/* A program with a userfaultfd of its own. */
static void *own_pager(void *given) {
  int fd = *(int *)given;
  struct uffd_msg message;
  char *page = map(2 * MIB);
  for (int left = 256; left > 0; left--) {
    MUST(read(fd, &message, sizeof message) == (ssize_t)sizeof message && message.event == UFFD_EVENT_PAGEFAULT);
    memset(page, 0x5a, PAGE);
    struct uffdio_copy copy = {message.arg.pagefault.address & ~(PAGE - 1), (uintptr_t)page, PAGE, 0, 0};
    MUST(ioctl(fd, UFFDIO_COPY, &copy) == 0);
  }
  return NULL;
}

static void own_userfaultfd(void) {
  int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
  MUST(fd >= 0);
  struct uffdio_api api = {UFFD_API, 0, 0};
  MUST(ioctl(fd, UFFDIO_API, &api) == 0);
  /* As programs do it: memory that farpage has taken already is refused, what is too small for it is not. */
  char *memory = map(256 * PAGE - PAGE);
  struct uffdio_register mine = {{(uintptr_t)memory, 255 * PAGE}, UFFDIO_REGISTER_MODE_MISSING, 0};
  int refused = ioctl(fd, UFFDIO_REGISTER, &mine) != 0;
  if (refused) {
    /* The kernel puts mappings beside each other into one: then it is farpage's. */
    MUST(errno == EBUSY);
    puts("refused");
    return;
  }
  pthread_t thread;
  MUST(pthread_create(&thread, NULL, own_pager, &fd) == 0);
  for (int i = 0; i < 255; i++) MUST(memory[i * PAGE] == 0x5a);
  press();
  for (int i = 0; i < 255; i++) MUST(memory[i * PAGE + 1] == 0x5a);
}

/* A handler of its own for a stray access works as ever. */
static void handler(int signal) {
  (void)signal;
  static const char text[] = "fine\n";
  (void)!write(1, text, sizeof text - 1);
  _exit(0);
}
static void own_handler(void) {
  signal(SIGSEGV, handler);
  press();
  char *memory = map(2 * MIB);
  MUST(mprotect(memory, 2 * MIB, PROT_NONE) == 0);
  memory[5] = 1;
  _exit(96);
}

/* Holds its memory, says so, and waits to be killed. */
static void hold(void) {
  size_t bytes = megabytes(32);
  char *memory = map(bytes);
  fill(memory, bytes, 1);
  printf("holding %d\n", getpid());
  fflush(stdout);
  for (uint64_t round = 1;; round++) {
    MUST(bad_pages(memory, bytes, round) == 0);
    fill(memory, bytes, round + 1);
  }
}

int main(int argc, char **argv) {
  const struct scene scenes[] = {
      {"calls", calls},
      {"locked", locked},
      {"direct", direct},
      {"registered", registered},
      {"own userfaultfd", own_userfaultfd},
      {"own handler", own_handler},
      {"hold", hold},
  };
  return play(argc, argv, scenes, sizeof scenes / sizeof *scenes);
}
