// Many processes at once, and much address space: what the books of a run must hold.

#include "check.h"

static size_t number(const char *name, size_t otherwise) {
  const char *text = getenv(name);
  return text == NULL ? otherwise : strtoul(text, NULL, 10);
}

static uint64_t *reserve(size_t bytes) {
  void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  MUST(at != MAP_FAILED);
  return at;
}

enum { WORDS = 512, FILLED = 2048 };

// A child: its own page is its own, its parent's are as they were; all children live at once.
static int child(uint64_t *memory, uint64_t own, int came, int go) {
  memory[(own % FILLED) * WORDS] = own + 1000000;
  const uint64_t other = (own * 7 + 1) % FILLED;
  if (other != own % FILLED && memory[other * WORDS] != other + 1) return 1;
  char byte = 'x';
  if (write(came, &byte, 1) != 1) return 2;
  if (read(go, &byte, 1) != 0) return 3;
  return memory[(own % FILLED) * WORDS] == own + 1000000 ? 0 : 4;
}

static void crowd(void) {
  const size_t children = number("CHILDREN", 1000);
  uint64_t *memory = reserve(FILLED * 4096);
  for (uint64_t i = 0; i < FILLED; i++) memory[i * WORDS] = i + 1;
  int came[2], go[2];
  MUST(pipe(came) == 0 && pipe(go) == 0);
  for (size_t i = 0; i < children; i++) {
    const pid_t pid = fork();
    MUST(pid >= 0);
    if (pid == 0) {
      close(go[1]);
      _exit(child(memory, i, came[1], go[0]));
    }
  }
  char byte;
  for (size_t i = 0; i < children; i++) MUST(read(came[0], &byte, 1) == 1);
  close(go[1]);
  for (size_t i = 0; i < children; i++) {
    int status;
    MUST(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  for (uint64_t i = 0; i < FILLED; i++) MUST(memory[i * WORDS] == i + 1);
}

// One page in each 2 MiB, and then all of them once more.
static void sparse(void) {
  const size_t chunks = number("CHUNKS", 1024);
  uint64_t *memory = reserve(chunks << 21);
  for (uint64_t i = 0; i < chunks; i++) memory[i << 18] = i + 1;
  for (uint64_t i = 0; i < chunks; i++) MUST(memory[i << 18] == i + 1);
  const pid_t pid = number("FORK", 0) == 0 ? -1 : fork();
  if (pid == 0) {
    for (uint64_t i = 0; i < chunks; i += 37) MUST(memory[i << 18] == i + 1);
    for (uint64_t i = 0; i < chunks; i += 97) memory[i << 18] = 0;
    _exit(0);
  }
  if (pid < 0) return;
  int status;
  MUST(wait(&status) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  for (uint64_t i = 0; i < chunks; i += 97) MUST(memory[i << 18] == i + 1);
}

int main(int argc, char **argv) {
  MUST(argc == 2);
  if (strcmp(argv[1], "crowd") == 0) crowd();
  else if (strcmp(argv[1], "sparse") == 0) sparse();
  else return 2;
  puts("fine");
  return 0;
}
