// What the peers share: clock, pinning, percentiles, the data pattern, the access list, userfaultfd by hand.
// bench/data.ts holds the same pattern and writes the access lists, so both sides do the same work on the same bytes.
#ifndef FARPAGE_BENCH_COMMON_H
#define FARPAGE_BENCH_COMMON_H

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PAGE_BYTES 4096u
#define PAGE_WORDS 1024u

__attribute__((noreturn, format(printf, 1, 2))) static inline void die(const char *format, ...) {
  int saved = errno;
  va_list list;
  va_start(list, format);
  vfprintf(stderr, format, list);
  va_end(list);
  fprintf(stderr, saved ? ": %s\n" : "\n", strerror(saved));
  exit(1);
}

static inline uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

// ---------------------------------------------------------------- options: --name value

static inline const char *option(int argc, char **argv, const char *name, const char *fallback) {
  for (int i = 1; i + 1 < argc; i++)
    if (strncmp(argv[i], "--", 2) == 0 && strcmp(argv[i] + 2, name) == 0) return argv[i + 1];
  return fallback;
}

static inline const char *required(int argc, char **argv, const char *name) {
  const char *text = option(argc, argv, name, NULL);
  errno = 0;
  if (!text) die("--%s is needed", name);
  return text;
}

static inline uint64_t number(int argc, char **argv, const char *name, uint64_t fallback) {
  const char *text = option(argc, argv, name, NULL);
  return text ? strtoull(text, NULL, 10) : fallback;
}

/** Pins the calling thread, and every thread it makes from then on; -1 leaves placement to the scheduler. */
static inline void pin(int cpu) {
  if (cpu < 0) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET((size_t)cpu, &set);
  if (sched_setaffinity(0, sizeof set, &set)) die("sched_setaffinity(%d)", cpu);
}

static inline int cpu_option(int argc, char **argv) { return atoi(option(argc, argv, "cpu", "-1")); }

// ---------------------------------------------------------------- memory

static inline void *map_anonymous(size_t bytes) {
  void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at == MAP_FAILED) die("mmap(%zu)", bytes);
  return at;
}

/** The first touch of fresh guest memory costs the host ~10 us a page, in any process: pay it before measuring. */
static inline void warm_memory(size_t bytes) {
  uint8_t *at = map_anonymous(bytes);
  for (size_t i = 0; i < bytes; i += PAGE_BYTES) at[i] = 1;
  munmap(at, bytes);
}

/** Bytes that are really there before the clock starts: no fault of ours is counted as the peer's. */
static inline void *map_populated(size_t bytes) {
  void *at = map_anonymous(bytes);
  memset(at, 0, bytes);
  return at;
}

// ---------------------------------------------------------------- the data pattern

/** murmur3's finaliser: the same in JavaScript with Math.imul. */
static inline uint32_t mix32(uint32_t x) {
  x ^= x >> 16;
  x *= 0x85ebca6bu;
  x ^= x >> 13;
  x *= 0xc2b2ae35u;
  return x ^ (x >> 16);
}

/** Word `i` of `page`; compressible pages have their second half constant, so LZ4 makes about 2:1 of them. */
static inline uint32_t pattern_word(uint32_t page, uint32_t i, bool compressible) {
  if (compressible && i >= PAGE_WORDS / 2) return page;
  return mix32(page * PAGE_WORDS + i + 0x9e3779b9u);
}

static inline void fill_page(uint32_t *into, uint32_t page, bool compressible) {
  for (uint32_t i = 0; i < PAGE_WORDS; i++) into[i] = pattern_word(page, i, compressible);
}

static inline uint64_t wrong_words(const uint32_t *at, uint32_t page, bool compressible) {
  uint64_t wrong = 0;
  for (uint32_t i = 0; i < PAGE_WORDS; i++) wrong += at[i] != pattern_word(page, i, compressible);
  return wrong;
}

// ---------------------------------------------------------------- the access list: u32 little-endian

typedef struct {
  uint32_t *entries;
  size_t count;
} access_list;

static inline access_list read_list(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  struct stat info;
  if (fd < 0 || fstat(fd, &info)) die("%s", path);
  access_list list = {.count = (size_t)info.st_size / 4};
  list.entries = map_populated(list.count * 4 + PAGE_BYTES);
  for (size_t done = 0; done < list.count * 4;) {
    ssize_t n = read(fd, (char *)list.entries + done, list.count * 4 - done);
    if (n <= 0) die("read %s", path);
    done += (size_t)n;
  }
  close(fd);
  return list;
}

// ---------------------------------------------------------------- samples and percentiles

typedef struct {
  uint32_t *ns;
  size_t count, capacity;
  uint64_t total_ns;
} samples;

static inline samples make_samples(size_t capacity) {
  samples s = {.ns = map_populated(capacity * 4 + PAGE_BYTES), .capacity = capacity};
  return s;
}

static inline void add_sample(samples *s, uint64_t ns) {
  s->total_ns += ns;
  if (s->count < s->capacity) s->ns[s->count++] = ns > UINT32_MAX ? UINT32_MAX : (uint32_t)ns;
}

static inline int by_value(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/** Nearest rank, as in bench/data.ts. */
static inline double percentile_us(const samples *s, double p) {
  if (s->count == 0) return 0;
  double exact = p * (double)s->count;
  size_t rank = (size_t)exact;
  if ((double)rank < exact) rank++;
  return s->ns[rank == 0 ? 0 : rank - 1] / 1000.0;
}

/** What one empty measurement costs: two reads of the clock. */
static inline double clock_cost_us(void) {
  samples s = make_samples(10001);
  for (int i = 0; i < 10001; i++) {
    uint64_t before = now_ns();
    add_sample(&s, now_ns() - before);
  }
  qsort(s.ns, s.count, sizeof *s.ns, by_value);
  return percentile_us(&s, 0.5);
}

/** Sorts, and prints the fields every peer prints; the caller prints the braces. */
static inline void print_samples(samples *s, double clock_us) {
  qsort(s->ns, s->count, sizeof *s->ns, by_value);
  printf("\"count\":%zu,\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p999\":%.3f,\"max\":%.3f,\"mean\":%.3f,\"clock\":%.3f",
         s->count, percentile_us(s, 0.5), percentile_us(s, 0.9), percentile_us(s, 0.99), percentile_us(s, 0.999),
         percentile_us(s, 1), s->count ? (double)s->total_ns / (double)s->count / 1000.0 : 0.0, clock_us);
}

// ---------------------------------------------------------------- userfaultfd, by hand: distribution headers lag

#define FP_UFFDIO_API _IOWR(0xAA, 0x3F, struct fp_api)
#define FP_UFFDIO_REGISTER _IOWR(0xAA, 0x00, struct fp_register)
#define FP_UFFDIO_COPY _IOWR(0xAA, 0x03, struct fp_copy)
#define FP_USERFAULTFD_IOC_NEW _IO(0xAA, 0x00)
#define FP_UFFD_USER_MODE_ONLY 1
#define FP_REGISTER_MISSING 1
#define FP_EVENT_PAGEFAULT 0x12

struct fp_api {
  uint64_t api, features, ioctls;
};
struct fp_register {
  uint64_t start, len, mode, ioctls;
};
struct fp_copy {
  uint64_t dst, src, len, mode;
  int64_t copy;
};
struct fp_message {
  uint8_t event, pad[7];
  uint64_t flags, address, ptid;
};
_Static_assert(sizeof(struct fp_api) == 24 && sizeof(struct fp_register) == 32, "as the kernel has them");
_Static_assert(sizeof(struct fp_copy) == 40 && sizeof(struct fp_message) == 32, "as the kernel has them");

static inline int open_userfaultfd_with(uint64_t features) {
  int flags = O_CLOEXEC | O_NONBLOCK, fd = -1;
  int device = open("/dev/userfaultfd", O_RDWR | O_CLOEXEC);
  if (device >= 0) {
    fd = ioctl(device, FP_USERFAULTFD_IOC_NEW, flags);
    close(device);
  }
  if (fd < 0) fd = (int)syscall(SYS_userfaultfd, flags);
  if (fd < 0) fd = (int)syscall(SYS_userfaultfd, flags | FP_UFFD_USER_MODE_ONLY);
  if (fd < 0) die("userfaultfd");
  struct fp_api api = {.api = 0xAA, .features = features};
  if (ioctl(fd, FP_UFFDIO_API, &api)) die("UFFDIO_API");
  return fd;
}

static inline int open_userfaultfd(void) { return open_userfaultfd_with(0); }

static inline void register_missing(int fd, void *at, size_t bytes) {
  struct fp_register request = {.start = (uintptr_t)at, .len = bytes, .mode = FP_REGISTER_MISSING};
  if (ioctl(fd, FP_UFFDIO_REGISTER, &request)) die("UFFDIO_REGISTER");
}

/** Copies a run in and wakes the threads that wait for it; retries while the mapping changes. */
static inline void uffd_copy(int fd, uint64_t to, const void *from, size_t bytes) {
  struct fp_copy copy = {.dst = to, .src = (uintptr_t)from, .len = bytes};
  while (ioctl(fd, FP_UFFDIO_COPY, &copy)) {
    if (errno != EAGAIN) die("UFFDIO_COPY");
    uint64_t done = copy.copy > 0 ? (uint64_t)copy.copy : 0;
    copy.dst += done, copy.src += done, copy.len -= done, copy.copy = 0;
  }
}

#endif
