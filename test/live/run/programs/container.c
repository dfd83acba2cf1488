/*
 * A program of which several run at once: container SEED [scan]
 * Its memory is filled by its seed. Says where that is, and its number; answers "fork" with the pages that are wrong in a
 * child; "end", or no more input, ends it. With "scan" it changes more memory than fits, again and again, until it is killed.
 */
#include "check.h"

int main(int argc, char **argv) {
  MUST(argc == 2 || argc == 3);
  const uint64_t seed = strtoul(argv[1], NULL, 10);
  const size_t bytes = 4 * MIB;
  char *memory = map(bytes);
  fill(memory, bytes, seed);
  printf("memory %p %d\n", (void *)memory, getpid());
  fflush(stdout);
  if (argc == 3) {
    const size_t more = 24 * MIB;
    char *changing = map(more);
    for (uint64_t round = 0;; round++) {
      fill(changing, more, seed + round);
      MUST(bad_pages(changing, more, seed + round) == 0);
      if (round == 1) puts("scans");
      fflush(stdout);
    }
  }
  char line[80];
  while (fgets(line, sizeof line, stdin) != NULL && strncmp(line, "end", 3) != 0) {
    const pid_t child = fork();
    if (child == 0) _exit(bad_pages(memory, bytes, seed) == 0 ? 0 : 1);
    printf("child %d\n", code_of(child));
    fflush(stdout);
  }
  MUST(bad_pages(memory, bytes, seed) == 0);
  puts("fine");
  return 0;
}
