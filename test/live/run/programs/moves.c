// Memory that a program moves or gives back on request: `moves move` or `moves unmap`, MB megabytes of it.
#include "check.h"

int main(int argc, char **argv) {
  const size_t bytes = megabytes(48);
  char *memory = map(bytes);
  char *target = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  MUST(target != MAP_FAILED && argc == 2);
  fill(memory, bytes, 4);
  printf("ready %d\n", getpid());
  fflush(stdout);
  char line[16];
  while (fgets(line, sizeof line, stdin) != NULL && strcmp(line, "end\n") != 0) {
    if (strcmp(argv[1], "unmap") == 0) {
      MUST(munmap(memory, bytes) == 0);
      memory = map(bytes);
      MUST(pages_not_zero(memory, bytes) == 0);
      fill(memory, bytes, 4);
    } else {
      char *from = memory;
      memory = mremap(from, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, target);
      MUST(memory == target);
      target = from;
      MUST(bad_pages(memory, bytes, 4) == 0);
      /* Where a pass had made it unwritable. */
      for (size_t page = 0; page < bytes / PAGE; page += 3) fill_page(memory, page, 4);
      MUST(bad_pages(memory, bytes, 4) == 0);
    }
    puts("done");
    fflush(stdout);
  }
  puts("fine");
  return 0;
}
