// Preloaded: on request of a shared file's words it registers memory as a buffer of an io_uring, has the kernel read a file into it
// there, and lets it go. Words: the request's number, what is asked (1 register, 2 read, 3 unregister), address low, high,
// bytes; then, the library's, the number that was answered and a negative errno or 0.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static volatile uint32_t* words;
static int ring = -1;
static struct io_uring_params parameters;
static uint8_t* submissions;
static uint8_t* completions;
static struct io_uring_sqe* entries;

static int begin(void) {
  if (ring >= 0) return 0;
  ring = (int)syscall(SYS_io_uring_setup, 1, &parameters);
  if (ring < 0) return -errno;
  const int flags = MAP_SHARED | MAP_POPULATE;
  const size_t sq = parameters.sq_off.array + parameters.sq_entries * sizeof(uint32_t);
  const size_t cq = parameters.cq_off.cqes + parameters.cq_entries * sizeof(struct io_uring_cqe);
  submissions = mmap(NULL, sq, PROT_READ | PROT_WRITE, flags, ring, IORING_OFF_SQ_RING);
  completions = mmap(NULL, cq, PROT_READ | PROT_WRITE, flags, ring, IORING_OFF_CQ_RING);
  entries = mmap(NULL, parameters.sq_entries * sizeof(*entries), PROT_READ | PROT_WRITE, flags, ring, IORING_OFF_SQES);
  return submissions == MAP_FAILED || completions == MAP_FAILED || (void*)entries == MAP_FAILED ? -errno : 0;
}

static uint32_t* at(uint8_t* base, uint32_t offset) { return (uint32_t*)(base + offset); }

// The kernel writes by way of the pin: no page of the process is touched.
static int readFixed(uint64_t address, uint32_t bytes) {
  const char* path = getenv("FARPAGE_TEST_PINNED_FILE");
  const int file = open(path == NULL ? "" : path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -errno;
  const uint32_t tail = *at(submissions, parameters.sq_off.tail);
  const uint32_t index = tail & *at(submissions, parameters.sq_off.ring_mask);
  memset(&entries[index], 0, sizeof entries[index]);
  entries[index].opcode = IORING_OP_READ_FIXED;
  entries[index].fd = file;
  entries[index].addr = address;
  entries[index].len = bytes;
  at(submissions, parameters.sq_off.array)[index] = index;
  __atomic_store_n(at(submissions, parameters.sq_off.tail), tail + 1, __ATOMIC_RELEASE);
  const long entered = syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0);
  const int failed = entered < 0 ? -errno : 0;
  close(file);
  if (failed != 0) return failed;
  const uint32_t head = *at(completions, parameters.cq_off.head);
  const struct io_uring_cqe* events = (const struct io_uring_cqe*)(completions + parameters.cq_off.cqes);
  const int result = events[head & *at(completions, parameters.cq_off.ring_mask)].res;
  __atomic_store_n(at(completions, parameters.cq_off.head), head + 1, __ATOMIC_RELEASE);
  return result == (int)bytes ? 0 : result < 0 ? result : -EIO;
}

static int answer(uint32_t asked, uint64_t address, uint32_t bytes) {
  const int failed = begin();
  if (failed != 0) return failed;
  if (asked == 2) return readFixed(address, bytes);
  const struct iovec buffer = {(void*)address, bytes};
  const long done = asked == 1 ? syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, &buffer, 1)
                               : syscall(SYS_io_uring_register, ring, IORING_UNREGISTER_BUFFERS, NULL, 0);
  return done < 0 ? -errno : 0;
}

static void* serve(void* unused) {
  for (uint32_t last = 0;; usleep(1000)) {
    const uint32_t number = __atomic_load_n(&words[0], __ATOMIC_ACQUIRE);
    if (number == last) continue;
    last = number;
    words[6] = (uint32_t)answer(words[1], (uint64_t)words[3] << 32 | words[2], words[4]);
    __atomic_store_n(&words[5], number, __ATOMIC_RELEASE);
  }
  return unused;
}

__attribute__((constructor)) static void start(void) {
  const char* path = getenv("FARPAGE_TEST_PINNED");
  const int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  words = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  pthread_t thread;
  if ((void*)words != MAP_FAILED) pthread_create(&thread, NULL, serve, NULL);
}
