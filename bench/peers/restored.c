// A process for CRIU to dump and to restore: fills --mib of memory and makes the file --ready. Once the file --go exists it touches
// each page once, in shuffled order, timed; then it compares all of them, adds a line to the file --result, and ends.
#include "common.h"

#define BITS 16
/** A touch that takes longer was a fault. */
#define FAULT_NS 2000

/** The restored process may have a monotonic clock of its own. */
static double wall_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/** A permutation of 0 … 2^BITS - 1 that takes no memory: a list would have to be restored itself. */
static uint32_t shuffled(uint32_t x) {
  x ^= x >> 8;
  x = x * 0x88b5u & 0xffffu;
  x ^= x >> 7;
  x = x * 0xdb2du & 0xffffu;
  return x ^ (x >> 9);
}

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)(number(argc, argv, "mib", 200) << 20 >> 12);
  const char *ready = required(argc, argv, "ready"), *go = required(argc, argv, "go");
  const char *result = required(argc, argv, "result");
  errno = 0;
  if (pages == 0 || pages > 1u << BITS) die("--mib must be 1 to %u", (1u << BITS) >> 8);
  uint32_t *region = map_anonymous((size_t)pages * PAGE_BYTES);
  for (uint32_t page = 0; page < pages; page++) fill_page(region + (size_t)page * PAGE_WORDS, page, true);
  int made = open(ready, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (made < 0) die("%s", ready);
  close(made);
  while (access(go, F_OK) != 0) usleep(500);

  // Made here: what was made before has to be restored, too.
  samples faults = make_samples(pages);
  double clock_us = clock_cost_us();
  volatile uint32_t *words = region;
  uint64_t checksum = 0, begin = now_ns();
  for (uint32_t i = 0; i < 1u << BITS; i++) {
    uint32_t page = shuffled(i);
    if (page >= pages) continue;
    uint64_t before = now_ns();
    checksum += words[(size_t)page * PAGE_WORDS];
    uint64_t took = now_ns() - before;
    if (took > FAULT_NS) add_sample(&faults, took);
  }
  uint64_t end = now_ns(), wrong = 0;
  double wall = wall_seconds();
  for (uint32_t page = 0; page < pages; page++) wrong += wrong_words(region + (size_t)page * PAGE_WORDS, page, true);
  char line[512];
  qsort(faults.ns, faults.count, sizeof *faults.ns, by_value);
  int length = snprintf(line, sizeof line,
                        "{\"faults\":%zu,\"p50\":%.3f,\"p99\":%.3f,\"clock\":%.3f,\"seconds\":%.6f,\"end\":%.6f,"
                        "\"checksum\":%" PRIu64 ",\"wrong\":%" PRIu64 "}\n",
                        faults.count, percentile_us(&faults, 0.5), percentile_us(&faults, 0.99), clock_us,
                        (double)(end - begin) / 1e9, wall, checksum, wrong);
  int file = open(result, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0 || write(file, line, (size_t)length) != length) die("%s", result);
  return wrong == 0 ? 0 : 1;
}
