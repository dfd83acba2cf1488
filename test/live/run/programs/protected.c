// Memory that is not writable, not accessible or executable, four times what fits, and what a program does to it meanwhile.
#include "check.h"

#include <fcntl.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#define BOTH (PROT_READ | PROT_WRITE)
#define CHUNK (64 * PAGE)

static volatile int over;

/* Other memory, so that there is always a page that must leave. */
static void *keep_pressing(void *unused) {
  const size_t bytes = 12 * MIB;
  char *memory = map(bytes);
  for (uint64_t seed = 900; !over; seed++) {
    fill(memory, bytes, seed);
    MUST(bad_pages(memory, bytes, seed) == 0);
  }
  return unused;
}

static pthread_t start(void *(*body)(void *), void *argument) {
  pthread_t thread;
  MUST(pthread_create(&thread, NULL, body, argument) == 0);
  return thread;
}

static void end(pthread_t thread) {
  over = 1;
  MUST(pthread_join(thread, NULL) == 0);
}

static sigjmp_buf back;
static void faulted(int signal) {
  (void)signal;
  siglongjmp(back, 1);
}

static int is_refused(volatile char *at, int writes) {
  if (sigsetjmp(back, 1) != 0) return 1;
  if (writes) *at = 1;
  else (void)*at;
  return 0;
}

/* Each kind leaves, comes back where it may be read, and refuses what it refuses. */
static void kinds(void) {
  static const int protections[] = {PROT_READ, PROT_NONE, PROT_READ | PROT_EXEC, BOTH | PROT_EXEC, PROT_WRITE, PROT_EXEC};
  const struct sigaction action = {.sa_handler = faulted};
  MUST(sigaction(SIGSEGV, &action, NULL) == 0);
  const size_t bytes = 8 * MIB;
  char *memory[6];
  for (int i = 0; i < 6; i++) {
    memory[i] = map(bytes);
    fill(memory[i], bytes, (uint64_t)i);
    MUST(mprotect(memory[i], bytes, protections[i]) == 0);
  }
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < 6; i++) {
      if ((protections[i] & PROT_READ) != 0) MUST(bad_pages(memory[i], bytes, (uint64_t)i) == 0);
      char *at = memory[i] + (size_t)(round * 700 + i) * PAGE;
      MUST(is_refused(at, 1) == ((protections[i] & PROT_WRITE) == 0));
      if (protections[i] == PROT_NONE) MUST(is_refused(at, 0));
      if ((protections[i] & PROT_WRITE) != 0) *at = (char)mix((uint64_t)(round * 700 + i) * 512 + (uint64_t)i);
    }
  }
  for (int i = 0; i < 6; i++) {
    MUST(mprotect(memory[i], bytes, BOTH) == 0);
    MUST(bad_pages(memory[i], bytes, (uint64_t)i) == 0);
  }
}

/* mov eax, NUMBER; ret */
static void write_code(unsigned char *at, uint32_t number) {
  at[0] = 0xb8;
  memcpy(at + 1, &number, sizeof number);
  at[5] = 0xc3;
}

static uint32_t call_code(const unsigned char *at) {
  uint32_t (*function)(void);
  memcpy(&function, &at, sizeof function);
  return function();
}

#define CODE_BYTES (16 * MIB)
#define CODE_PAGES (CODE_BYTES / PAGE)
static unsigned char *code;

static void *run_code(void *argument) {
  const size_t first = *(size_t *)argument;
  for (size_t page = first; !over; page = (page * 5 + 7) % CODE_PAGES) {
    MUST(call_code(code + page * PAGE + 64) == (uint32_t)page);
  }
  return NULL;
}

/* One compiler writes where it executes, with threads that run its code; the other makes its pages the one or the other. */
static void compilers(void) {
  code = map(CODE_BYTES);
  MUST(mprotect(code, CODE_BYTES, BOTH | PROT_EXEC) == 0);
  for (size_t page = 0; page < CODE_PAGES; page++) write_code(code + page * PAGE + 64, (uint32_t)page);
  size_t firsts[2] = {1, 2};
  pthread_t runners[2] = {start(run_code, &firsts[0]), start(run_code, &firsts[1])};
  unsigned char *other = map(CODE_BYTES);
  MUST(mprotect(other, CODE_BYTES, PROT_READ | PROT_EXEC) == 0);
  for (uint32_t round = 1; round < 4; round++) {
    for (size_t at = 0; at < CODE_BYTES; at += CHUNK) {
      MUST(mprotect(other + at, CHUNK, BOTH) == 0);
      for (size_t page = 0; page < CHUNK; page += PAGE) write_code(other + at + page, (uint32_t)(at + page) + round);
      MUST(mprotect(other + at, CHUNK, PROT_READ | PROT_EXEC) == 0);
      const size_t looked = mix(at + round) % (at / PAGE + 1) * PAGE;
      MUST(call_code(other + looked) == (uint32_t)looked + round);
    }
    for (size_t at = 0; at < CODE_BYTES; at += PAGE) MUST(call_code(other + at) == (uint32_t)at + round);
  }
  over = 1;
  for (int i = 0; i < 2; i++) MUST(pthread_join(runners[i], NULL) == 0);
}

#define ARENA_BYTES (16 * MIB)
#define ARENA_CHUNKS (ARENA_BYTES / CHUNK)

static void check_chunk(char *chunk, uint64_t seed) {
  MUST(mprotect(chunk, CHUNK, PROT_READ) == 0);
  MUST(bad_pages(chunk, CHUNK, seed) == 0);
}

/* A part of the arena: its thread makes its chunks this and that, writes and looks. */
struct part {
  char *arena;
  size_t first;
  uint64_t seeds[ARENA_CHUNKS / 2];
};

static void flip(struct part *part, size_t steps) {
  static const int protections[] = {PROT_NONE, PROT_READ, PROT_READ | PROT_EXEC, BOTH, BOTH | PROT_EXEC};
  for (size_t step = 0; step < steps; step++) {
    const size_t i = mix(step + part->first) % (ARENA_CHUNKS / 2);
    char *chunk = part->arena + (part->first + i) * CHUNK;
    check_chunk(chunk, part->seeds[i]);
    MUST(mprotect(chunk, CHUNK, BOTH) == 0);
    fill(chunk, CHUNK, ++part->seeds[i]);
    MUST(mprotect(chunk, CHUNK, protections[mix(step) % 5]) == 0);
  }
}

static void *flip_on(void *part) {
  while (!over) flip(part, 16);
  return NULL;
}

static long fork_past_libc(void) { return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }

/* Threads change protections while the process forks: each child has what there was when it was made. */
static void forks(void) {
  static struct part parts[2];
  char *arena = map(ARENA_BYTES);
  for (int i = 0; i < 2; i++) {
    parts[i].arena = arena;
    parts[i].first = (size_t)i * (ARENA_CHUNKS / 2);
    for (size_t chunk = 0; chunk < ARENA_CHUNKS / 2; chunk++) fill(arena + (parts[i].first + chunk) * CHUNK, CHUNK, 0);
  }
  MUST(mprotect(arena, ARENA_BYTES, PROT_READ) == 0);
  pthread_t presses = start(keep_pressing, NULL);
  pthread_t flips = start(flip_on, &parts[1]);
  for (int round = 0; round < 12; round++) {
    flip(&parts[0], 24);
    const long child = round % 4 == 0 ? fork() : fork_past_libc();
    MUST(child >= 0);
    if (child == 0) {
      /* It joins by the first call that the library sees. */
      MUST(madvise(arena, PAGE, MADV_NORMAL) == 0);
      for (size_t i = 0; i < ARENA_CHUNKS / 2; i++) check_chunk(arena + i * CHUNK, parts[0].seeds[i]);
      for (size_t i = 0; i < 8; i++) {
        MUST(mprotect(arena + i * CHUNK, CHUNK, BOTH) == 0);
        fill(arena + i * CHUNK, CHUNK, 55);
        check_chunk(arena + i * CHUNK, 55);
      }
      _exit(0);
    }
    int status;
    MUST(waitpid((pid_t)child, &status, 0) == child && status == 0);
  }
  over = 1;
  MUST(pthread_join(flips, NULL) == 0 && pthread_join(presses, NULL) == 0);
  for (int i = 0; i < 2; i++) {
    for (size_t chunk = 0; chunk < ARENA_CHUNKS / 2; chunk++) {
      check_chunk(arena + (parts[i].first + chunk) * CHUNK, parts[i].seeds[chunk]);
    }
  }
}

/* What the program drops is zeros, whatever is on its way out; the rest stays. */
static void drops(void) {
  const size_t bytes = 16 * MIB;
  char *memory = map(bytes);
  for (size_t at = 0; at < bytes; at += 8 * PAGE) fill(memory + at, 8 * PAGE, 1);
  MUST(mprotect(memory, bytes, PROT_READ) == 0);
  pthread_t presses = start(keep_pressing, NULL);
  for (uint64_t round = 1; round < 4; round++) {
    for (size_t at = 0; at < bytes; at += 16 * PAGE) {
      MUST(bad_pages(memory + at, 8 * PAGE, round) == 0);
      MUST(madvise(memory + at + 8 * PAGE, 8 * PAGE, MADV_DONTNEED) == 0);
      MUST(pages_not_zero(memory + at + 8 * PAGE, 8 * PAGE) == 0);
    }
    for (size_t at = 0; at < bytes; at += 16 * PAGE) {
      MUST(bad_pages(memory + at, 8 * PAGE, round) == 0);
      MUST(pages_not_zero(memory + at + 8 * PAGE, 8 * PAGE) == 0);
      MUST(mprotect(memory + at, 16 * PAGE, BOTH) == 0);
      fill(memory + at, 8 * PAGE, round + 1);
      fill(memory + at + 8 * PAGE, 8 * PAGE, round + 1);
      MUST(mprotect(memory + at, 16 * PAGE, round % 2 == 0 ? PROT_READ : PROT_READ | PROT_EXEC) == 0);
    }
  }
  end(presses);
}

/* An address that is free is used at once again, by mappings too small to be paged: what they hold is not taken for the old. */
static void *map_small(void *unused) {
  for (uint64_t seed = 1; !over; seed++) {
    char *memory[16];
    for (int i = 0; i < 16; i++) {
      memory[i] = map(CHUNK);
      fill(memory[i], CHUNK, seed + (uint64_t)i);
    }
    for (int i = 0; i < 16; i++) {
      MUST(bad_pages(memory[i], CHUNK, seed + (uint64_t)i) == 0);
      MUST(munmap(memory[i], CHUNK) == 0);
    }
  }
  return unused;
}

static void unmaps(void) {
  pthread_t presses = start(keep_pressing, NULL);
  pthread_t small = start(map_small, NULL);
  for (uint64_t round = 0; round < 30; round++) {
    char *memory = map(4 * MIB);
    fill(memory, 4 * MIB, round);
    MUST(mprotect(memory, 4 * MIB, round % 2 == 0 ? PROT_READ : BOTH | PROT_EXEC) == 0);
    MUST(bad_pages(memory, 4 * MIB, round) == 0);
    char *moved = mremap(memory + 2 * MIB, MIB, MIB, MREMAP_MAYMOVE | MREMAP_FIXED, mmap(NULL, MIB, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    MUST(moved != MAP_FAILED);
    MUST(mmap(memory, MIB, BOTH, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == memory);
    MUST(pages_not_zero(memory, MIB) == 0);
    MUST(munmap(memory, 2 * MIB) == 0 && munmap(memory + 3 * MIB, MIB) == 0 && munmap(moved, MIB) == 0);
  }
  over = 1;
  MUST(pthread_join(small, NULL) == 0 && pthread_join(presses, NULL) == 0);
}

/* Buffers that the kernel has pinned, and their program made unwritable: what comes into them later is seen. */
static void pinned(void) {
  struct io_uring_params params = {0};
  int ring = (int)syscall(SYS_io_uring_setup, 4, &params);
  if (ring < 0) {
    puts("no io_uring");
    return;
  }
  char *buffer = map(2 * MIB);
  fill(buffer, 2 * MIB, 1);
  struct iovec piece = {buffer + 256 * PAGE, 16 * PAGE};
  MUST(syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, &piece, 1) == 0);
  MUST(mprotect(buffer, 2 * MIB, PROT_READ) == 0);
  press();
  MUST(bad_pages(buffer, 2 * MIB, 1) == 0);
  press();
  size_t sq_bytes = params.sq_off.array + params.sq_entries * sizeof(unsigned);
  char *sq = mmap(NULL, sq_bytes, BOTH, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);
  struct io_uring_sqe *entry =
      mmap(NULL, params.sq_entries * sizeof *entry, BOTH, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQES);
  MUST(sq != MAP_FAILED && entry != MAP_FAILED);
  int zeros = open("/dev/zero", O_RDONLY);
  *entry = (struct io_uring_sqe){.opcode = IORING_OP_READ_FIXED, .fd = zeros, .addr = (uint64_t)piece.iov_base, .len = 8 * PAGE};
  ((unsigned *)(sq + params.sq_off.array))[0] = 0;
  __atomic_store_n((unsigned *)(sq + params.sq_off.tail), 1, __ATOMIC_RELEASE);
  MUST(syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) == 1);
  MUST(pages_not_zero(piece.iov_base, 8 * PAGE) == 0);
  MUST(is_refused(piece.iov_base, 1));
  MUST(mprotect(buffer, 2 * MIB, BOTH) == 0);
  memset(piece.iov_base, 3, 4 * PAGE);
  press();
  MUST(bad_pages(buffer, 256 * PAGE, 1) == 0 && ((char *)piece.iov_base)[4 * PAGE - 1] == 3);
  MUST(pages_not_zero((char *)piece.iov_base + 4 * PAGE, 4 * PAGE) == 0);
}

/* Reads protected memory until it is ended. */
static void rests(void) {
  const size_t bytes = 16 * MIB;
  char *memory = map(bytes);
  fill(memory, bytes, 1);
  MUST(mprotect(memory, bytes, PROT_READ) == 0);
  printf("resting %d\n", (int)getpid());
  MUST(fflush(stdout) == 0);
  for (;;) MUST(bad_pages(memory, bytes, 1) == 0);
}

static void pins(void) {
  const struct sigaction action = {.sa_handler = faulted};
  MUST(sigaction(SIGSEGV, &action, NULL) == 0);
  pinned();
}

int main(int argc, char **argv) {
  static const struct scene scenes[] = {
      {"kinds", kinds}, {"compilers", compilers}, {"forks", forks},
      {"drops", drops}, {"unmaps", unmaps},       {"pins", pins}, {"rests", rests},
  };
  return play(argc, argv, scenes, sizeof scenes / sizeof *scenes);
}
