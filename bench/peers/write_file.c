// Memory that is there already, written to a new file by write(2), fdatasync included. --pages N --file PATH [--cpu C]
#include "common.h"

#define CHUNK (1u << 20)

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 65536);
  const char *path = required(argc, argv, "file");
  pin(cpu_option(argc, argv));
  size_t bytes = (size_t)pages * PAGE_BYTES;
  warm_memory(2 * bytes);
  uint8_t *from = map_populated(bytes);
  for (uint32_t page = 0; page < pages; page++) fill_page((uint32_t *)(from + (size_t)page * PAGE_BYTES), page, false);

  uint64_t begin = now_ns();
  int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) die("%s", path);
  for (size_t at = 0; at < bytes;) {
    ssize_t n = write(fd, from + at, bytes - at < CHUNK ? bytes - at : CHUNK);
    if (n <= 0) die("write %s", path);
    at += (size_t)n;
  }
  uint64_t written = now_ns();
  if (fdatasync(fd)) die("fdatasync");
  uint64_t end = now_ns();

  const uint8_t *file = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
  if (file == MAP_FAILED) die("mmap");
  uint64_t wrong = memcmp(file, from, bytes) != 0;
  printf("{\"peer\":\"write_file\",\"pages\":%u,\"seconds\":%.6f,\"writeSeconds\":%.6f,\"wrong\":%" PRIu64 "}\n", pages,
         (double)(end - begin) / 1e9, (double)(written - begin) / 1e9, wrong);
  unlink(path);
  return wrong == 0 ? 0 : 1;
}
