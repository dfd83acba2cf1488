// The limit of a first sequential scan: UFFDIO_COPY of --chunk pages at a time ahead of the reader, from the file's
// own pages in the page cache, then one read a page. No faults, no messages, no policy.
// --file FILE --pages N [--chunk 512] [--cpu C]
#include "common.h"

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 131072);
  uint32_t chunk = (uint32_t)number(argc, argv, "chunk", 512);
  int cpu = cpu_option(argc, argv);
  const char *path = required(argc, argv, "file");
  size_t bytes = (size_t)pages * PAGE_BYTES;
  pin(cpu);

  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) die("%s", path);
  const uint8_t *source = mmap(NULL, bytes, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
  if (source == MAP_FAILED) die("mmap %s", path);
  warm_memory(bytes + bytes / 4);
  int fd = open_userfaultfd();
  uint8_t *region = map_anonymous(bytes);
  register_missing(fd, region, bytes);

  volatile uint32_t *words = (volatile uint32_t *)region;
  uint64_t checksum = 0, copying = 0, begin = now_ns();
  for (uint32_t page = 0; page < pages; page += chunk) {
    uint32_t run = pages - page < chunk ? pages - page : chunk;
    uint64_t before = now_ns();
    uffd_copy(fd, (uintptr_t)region + (uint64_t)page * PAGE_BYTES, source + (size_t)page * PAGE_BYTES, (size_t)run * PAGE_BYTES);
    copying += now_ns() - before;
    for (uint32_t i = 0; i < run; i++) checksum += words[(size_t)(page + i) * PAGE_WORDS];
  }
  double seconds = (double)(now_ns() - begin) / 1e9;
  uint64_t wrong = 0;
  for (uint32_t page = 0; page < pages; page++)
    wrong += wrong_words((uint32_t *)(region + (size_t)page * PAGE_BYTES), page, false);

  printf("{\"peer\":\"uffd-bulk\",\"cpu\":%d,\"count\":%u,\"chunk\":%u,\"seconds\":%.6f,\"mibPerSecond\":%.1f,"
         "\"usPerPage\":%.4f,\"copySeconds\":%.6f,\"checksum\":%" PRIu64 ",\"wrong\":%" PRIu64 "}\n",
         cpu, pages, chunk, seconds, (double)bytes / 1048576.0 / seconds, seconds * 1e6 / pages, (double)copying / 1e9,
         checksum, wrong);
  return wrong == 0 ? 0 : 1;
}
