// What PAGEMAP_SCAN of a gibibyte costs from C: WP_ASYNC, every --stride-th page written, found and protected again.
// --pages N, --stride S, --rounds R (the middle one is printed). [--cpu C]
#include "common.h"

#define REGIONS 4096
#define FP_UFFDIO_WRITEPROTECT _IOWR(0xAA, 0x06, struct fp_writeprotect)
#define FP_PAGEMAP_SCAN _IOWR('f', 16, struct fp_scan)
#define FP_FEATURE_WP (1u << 0)
#define FP_FEATURE_WP_ASYNC (1u << 15)
#define FP_REGISTER_WP 2
#define FP_SCAN_WP_MATCHING 1
#define FP_SCAN_CHECK_WPASYNC 2
#define FP_IS_WRITTEN 2

struct fp_writeprotect {
  uint64_t start, len, mode;
};
struct fp_scan {
  uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages, inverted, mask, anyof, returned;
};
struct fp_region {
  uint64_t start, end, categories;
};

static int open_async(void) {
  int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | FP_UFFD_USER_MODE_ONLY);
  if (fd < 0) die("userfaultfd");
  struct fp_api api = {.api = 0xAA, .features = FP_FEATURE_WP | FP_FEATURE_WP_ASYNC};
  if (ioctl(fd, FP_UFFDIO_API, &api)) die("UFFDIO_API");
  return fd;
}

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 262144);
  uint32_t stride = (uint32_t)number(argc, argv, "stride", 100);
  uint32_t rounds = (uint32_t)number(argc, argv, "rounds", 15);
  int cpu = cpu_option(argc, argv);
  size_t bytes = (size_t)pages * PAGE_BYTES;
  pin(cpu);

  int fd = open_async(), map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (map < 0) die("/proc/self/pagemap");
  uint8_t *region = map_anonymous(bytes);
  if (madvise(region, bytes, MADV_NOHUGEPAGE)) die("MADV_NOHUGEPAGE");
  for (size_t at = 0; at < bytes; at += PAGE_BYTES) region[at] = 1;
  struct fp_register request = {.start = (uintptr_t)region, .len = bytes, .mode = FP_REGISTER_WP};
  if (ioctl(fd, FP_UFFDIO_REGISTER, &request)) die("UFFDIO_REGISTER");
  struct fp_writeprotect protect = {.start = (uintptr_t)region, .len = bytes, .mode = 1};
  if (ioctl(fd, FP_UFFDIO_WRITEPROTECT, &protect)) die("UFFDIO_WRITEPROTECT");

  static struct fp_region regions[REGIONS];
  samples took = make_samples(rounds);
  uint64_t wrong = 0;
  for (uint32_t round = 0; round < rounds; round++) {
    uint64_t written = 0, found = 0;
    for (uint32_t page = round % stride; page < pages; page += stride, written++) region[(size_t)page * PAGE_BYTES]++;
    uint64_t begin = now_ns();
    struct fp_scan scan = {.size = sizeof scan, .flags = FP_SCAN_WP_MATCHING | FP_SCAN_CHECK_WPASYNC,
                           .start = (uintptr_t)region, .end = (uintptr_t)region + bytes, .vec = (uintptr_t)regions,
                           .vec_len = REGIONS, .mask = FP_IS_WRITTEN, .returned = FP_IS_WRITTEN};
    for (;;) {
      int n = ioctl(map, FP_PAGEMAP_SCAN, &scan);
      if (n < 0) die("PAGEMAP_SCAN");
      for (int i = 0; i < n; i++) found += (regions[i].end - regions[i].start) / PAGE_BYTES;
      if (n < REGIONS) break;
      scan.start = scan.walk_end;
    }
    add_sample(&took, now_ns() - begin);
    wrong += found != written;
  }
  qsort(took.ns, took.count, sizeof *took.ns, by_value);
  printf("{\"peer\":\"pagemap-scan\",\"cpu\":%d,\"count\":%u,\"usPerScan\":%.2f,\"wrong\":%" PRIu64 "}\n", cpu, rounds,
         percentile_us(&took, 0.5), wrong);
  return wrong == 0 ? 0 : 1;
}
