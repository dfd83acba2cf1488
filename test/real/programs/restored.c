/*
 * A tree of processes to be dumped and restored: a parent with four threads, a child, a zombie. After SIGUSR1 each checks its
 * memory; the parent forks, moves, drops and unmaps some of it. Prints "bad N" for each look, and "end".
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define BYTES (48ul << 20)
#define MOVED (8ul << 20)
#define MEBIBYTE (1ul << 20)
#define THREADS 4

static unsigned char *memory;
static volatile sig_atomic_t restored;
static size_t wrong[THREADS];

static void note(int signal) { restored = signal; }

static void until_restored(void) {
  while (!restored) usleep(1000);
}

static unsigned char content(size_t at) { return (unsigned char)(at * 31 + (at >> 12) * 7); }

static void fill(unsigned char *bytes, size_t length) {
  for (size_t at = 0; at < length; at++) bytes[at] = content(at);
}

static size_t check(const unsigned char *bytes, size_t from, size_t to) {
  size_t bad = 0;
  for (size_t at = from; at < to; at += 509) bad += bytes[at] != content(at);
  return bad;
}

static void *look(void *which) {
  const size_t thread = (size_t)which;
  until_restored();
  wrong[thread] = check(memory, thread * 4 * MEBIBYTE, (thread + 2) * 4 * MEBIBYTE);
  return NULL;
}

static void *map(size_t length) {
  void *bytes = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (bytes == MAP_FAILED) exit(2);
  fill(bytes, length);
  return bytes;
}

int main(void) {
  setvbuf(stdout, NULL, _IONBF, 0);
  signal(SIGUSR1, note);
  memory = map(BYTES);
  unsigned char *other = map(MOVED);
  const pid_t child = fork();
  if (child == 0) {
    until_restored();
    _exit(check(memory, 0, BYTES) == 0 ? 0 : 1);
  }
  const pid_t zombie = fork();
  if (zombie == 0) _exit(3);
  pthread_t threads[THREADS];
  for (size_t i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, look, (void *)i);
  printf("ready\n");
  until_restored();
  kill(child, SIGUSR1);
  const pid_t later = fork();
  if (later == 0) _exit(check(memory, 0, BYTES) == 0 ? 0 : 1);
  unsigned char *moved = mremap(other, MOVED, 2 * MOVED, MREMAP_MAYMOVE);
  printf("bad %zu\n", check(moved, 0, MOVED));
  madvise(memory + 20 * MEBIBYTE, MEBIBYTE, MADV_DONTNEED);
  size_t kept = 0;
  for (size_t at = 0; at < MEBIBYTE; at++) kept += memory[20 * MEBIBYTE + at] != 0;
  printf("bad %zu\n", kept);
  munmap(memory + 30 * MEBIBYTE, MEBIBYTE);
  for (int i = 0; i < THREADS; i++) {
    pthread_join(threads[i], NULL);
    printf("bad %zu\n", wrong[i]);
  }
  printf("bad %zu\n", check(memory, 21 * MEBIBYTE, 30 * MEBIBYTE) + check(memory, 31 * MEBIBYTE, BYTES));
  int status = 0;
  waitpid(later, &status, 0);
  printf("bad %d\n", status);
  waitpid(child, &status, 0);
  printf("bad %d\n", status);
  waitpid(zombie, &status, 0);
  printf("bad %d\n", WEXITSTATUS(status) - 3);
  printf("end\n");
  return 0;
}
