// What one UFFDIO_COPY of a page costs from C: --pages N a pass, --passes P of them after an unmeasured one. [--cpu C]
// Timed 256 calls at a time, as on the other side: the clock is not part of a call.
#include "common.h"

#define CHUNK 256u

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 16384);
  uint32_t passes = (uint32_t)number(argc, argv, "passes", 4);
  int cpu = cpu_option(argc, argv);
  size_t bytes = (size_t)pages * PAGE_BYTES;
  pin(cpu);

  int fd = open_userfaultfd();
  warm_memory(bytes + bytes / 4);
  uint32_t *source = map_populated(PAGE_BYTES);
  fill_page(source, 7, false);
  uint8_t *region = map_anonymous(bytes);
  register_missing(fd, region, bytes);
  samples chunks = make_samples((size_t)passes * pages / CHUNK);
  uint64_t failed = 0, wrong = 0;
  for (uint32_t pass = 0; pass <= passes; pass++) {
    for (uint32_t page = 0; page + CHUNK <= pages; page += CHUNK) {
      uint64_t begin = now_ns();
      for (uint32_t i = 0; i < CHUNK; i++) {
        struct fp_copy copy = {
            .dst = (uintptr_t)region + (uint64_t)(page + i) * PAGE_BYTES, .src = (uintptr_t)source, .len = PAGE_BYTES};
        failed += ioctl(fd, FP_UFFDIO_COPY, &copy) != 0;
      }
      if (pass > 0) add_sample(&chunks, now_ns() - begin);
    }
    for (uint32_t page = 0; page < pages; page += CHUNK)
      wrong += wrong_words((uint32_t *)(region + (size_t)page * PAGE_BYTES), 7, false);
    if (madvise(region, bytes, MADV_DONTNEED)) die("MADV_DONTNEED");
  }
  qsort(chunks.ns, chunks.count, sizeof *chunks.ns, by_value);
  printf("{\"peer\":\"uffd-copy\",\"cpu\":%d,\"count\":%zu,\"usPerCall\":%.4f,\"usPerCallP90\":%.4f,\"wrong\":%" PRIu64 "}\n", cpu,
         chunks.count * CHUNK, percentile_us(&chunks, 0.5) / CHUNK, percentile_us(&chunks, 0.9) / CHUNK, wrong + failed);
  return wrong + failed == 0 ? 0 : 1;
}
