/*
 * Threads that count: each writes the number of its round into every word of its pages, in order, round after round.
 * At any one instant a thread's words are r, r, … r, r - 1, … r - 1: whatever else is seen is of two instants.
 *
 *   counters THREADS PAGES [fork]      each thread's pages; fork: a child is made, and waited for, again and again
 *
 * Says where its memory is; answers "count" with the sum of all rounds; "end", or no more input, ends it.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096
#define WORDS 8 /* of a page: one every 512 bytes */

static volatile char* memory;
static size_t pages;
static volatile int ending;
static volatile uint64_t rounds[64];

static volatile uint64_t* word(size_t thread, size_t page, size_t index) {
  return (volatile uint64_t*)(memory + ((thread * pages + page) * WORDS + index) * (PAGE / WORDS));
}

static void* count(void* argument) {
  const size_t thread = (size_t)argument;
  for (uint64_t round = 1; !ending; round++) {
    for (size_t page = 0; page < pages; page++) {
      for (size_t index = 0; index < WORDS; index++) *word(thread, page, index) = round;
    }
    rounds[thread] = round;
  }
  return NULL;
}

static void* fork_on(void* argument) {
  (void)argument;
  while (!ending) {
    const pid_t child = fork();
    if (child == 0) {
      for (size_t page = 0; page < pages; page += 16) *word(0, page, 0) = ~0ull;
      _exit(0);
    }
    if (child > 0) waitpid(child, NULL, 0);
    usleep(20000);
  }
  return NULL;
}

int main(int argc, char** argv) {
  const size_t threads = argc > 1 ? (size_t)atoi(argv[1]) : 1;
  pages = argc > 2 ? (size_t)atoi(argv[2]) : 256;
  const size_t bytes = threads * pages * PAGE;
  memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || threads > 64) return 1;
  printf("memory %p %zu %d\n", (void*)memory, bytes, (int)getpid());
  fflush(stdout);
  pthread_t ids[64], forker;
  for (size_t thread = 0; thread < threads; thread++) pthread_create(&ids[thread], NULL, count, (void*)thread);
  const int forks = argc > 3 && strcmp(argv[3], "fork") == 0;
  if (forks) pthread_create(&forker, NULL, fork_on, NULL);
  char line[64];
  while (fgets(line, sizeof line, stdin) != NULL && strcmp(line, "end\n") != 0) {
    uint64_t sum = 0;
    for (size_t thread = 0; thread < threads; thread++) sum += rounds[thread];
    printf("rounds %llu\n", (unsigned long long)sum);
    fflush(stdout);
  }
  ending = 1;
  for (size_t thread = 0; thread < threads; thread++) pthread_join(ids[thread], NULL);
  if (forks) pthread_join(forker, NULL);
  for (size_t thread = 0; thread < threads; thread++) {
    for (size_t page = 0; page < pages; page++) {
      for (size_t index = 0; index < WORDS; index++) {
        if (*word(thread, page, index) != rounds[thread]) return 2;
      }
    }
  }
  printf("fine\n");
  return 0;
}
