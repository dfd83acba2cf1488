// What a program may do to its memory without the kernel telling a userfaultfd of it. BY=syscall: through syscall(2), not
// through libc's functions.
#include "check.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif
#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif
#define GUARD_INSTALL 102
#define GUARD_REMOVE 103
#define CALL_MSEAL 462
#define BOTH (PROT_READ | PROT_WRITE)

static int by_number(void) {
  const char *by = getenv("BY");
  return by != NULL && strcmp(by, "syscall") == 0;
}

static int advise(void *memory, size_t bytes, int advice) {
  if (!by_number()) return madvise(memory, bytes, advice);
  return (int)syscall(SYS_madvise, memory, bytes, advice);
}

static int lock_all(int flags) {
  if (!by_number()) return mlockall(flags);
  return (int)syscall(SYS_mlockall, flags);
}

static sigjmp_buf back;
static volatile sig_atomic_t got;
static void faulted(int signal) {
  got = signal;
  siglongjmp(back, 1);
}

static int signal_at(volatile char *at, int writes) {
  got = 0;
  if (sigsetjmp(back, 1) == 0) {
    if (writes) *at = 1;
    else (void)*at;
  }
  return got;
}

static void handle_faults(void) {
  struct sigaction action = {.sa_handler = faulted};
  MUST(sigaction(SIGSEGV, &action, NULL) == 0 && sigaction(SIGBUS, &action, NULL) == 0);
}

static void must_be_zero(const char *memory, size_t bytes) { MUST(pages_not_zero(memory, bytes) == 0); }

/* What a fork does not inherit, or finds wiped; the rest of the same memory it has. */
static void fork_gaps(void) {
  const size_t part = megabytes(32) / 4;
  for (int round = 0; round < 3; round++) {
    char *memory = map(4 * part);
    fill(memory, 4 * part, 6);
    /* Evicted and resident ones. */
    if (round > 0) press();
    if (round == 2) MUST(bad_pages(memory, 2 * part, 6) == 0);
    MUST(advise(memory + part / 2, part, MADV_WIPEONFORK) == 0);
    MUST(advise(memory + 2 * part + PAGE, part, MADV_DONTFORK) == 0);
    const pid_t child = fork();
    if (child == 0) {
      MUST(bad_pages(memory, part / 2, 6) == 0);
      must_be_zero(memory + part / 2, part);
      for (size_t page = 3 * part / 2 / PAGE; page < 2 * part / PAGE + 1; page++) {
        MUST(((uint64_t *)(memory + page * PAGE))[0] == mix(page * 512 + 6));
      }
      char *place = memory + 2 * part + PAGE;
      MUST(mmap(place, part, BOTH, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == place);
      must_be_zero(place, part);
      fill(place, part, 8);
      press();
      MUST(bad_pages(place, part, 8) == 0);
      must_be_zero(memory + part / 2, part);
      fill(memory + part / 2, part, 9);
      /* A mark of WIPEONFORK is inherited. */
      const pid_t grandchild = fork();
      if (grandchild == 0) {
        must_be_zero(memory + part / 2, part);
        MUST(bad_pages(place, part, 8) == 0);
        _exit(0);
      }
      MUST(advise(memory + part / 2, part, MADV_KEEPONFORK) == 0);
      MUST(code_of(grandchild) == 0);
      press();
      const pid_t keeper = fork();
      if (keeper == 0) _exit(bad_pages(memory + part / 2, part, 9) == 0 ? 0 : 1);
      MUST(code_of(keeper) == 0);
      _exit(0);
    }
    /* What is asked for now is for the next fork. */
    MUST(advise(memory + part / 2, part, MADV_KEEPONFORK) == 0);
    MUST(advise(memory + 2 * part + PAGE, part, MADV_DOFORK) == 0);
    MUST(code_of(child) == 0);
    MUST(bad_pages(memory, 4 * part, 6) == 0);
    const pid_t heir = fork();
    if (heir == 0) _exit(bad_pages(memory, 4 * part, 6) == 0 ? 0 : 1);
    MUST(code_of(heir) == 0);
    MUST(munmap(memory, 4 * part) == 0);
  }
}

static void must_guard(char *memory, size_t bytes) {
  for (size_t at = 0; at < bytes; at += PAGE) MUST(signal_at(memory + at, at / PAGE & 1) == SIGSEGV);
}

/* Guards: what was there is gone for good, a touch is SIGSEGV, neighbours that are read in order do not remove them. */
static void guards(void) {
  handle_faults();
  const size_t part = megabytes(32) / 4;
  char *probe = map(PAGE);
  if (advise(probe, PAGE, GUARD_INSTALL) != 0) return;
  for (int round = 0; round < 3; round++) {
    char *memory = map(4 * part);
    if (round > 0) fill(memory, 4 * part, 2);
    if (round == 2) press();
    MUST(advise(memory + part, part, GUARD_INSTALL) == 0);
    /* Every other page of a stretch, as guards between stacks. */
    for (size_t at = 2 * part; at < 2 * part + 64 * PAGE; at += 2 * PAGE) MUST(advise(memory + at, PAGE, GUARD_INSTALL) == 0);
    must_guard(memory + part, part);
    press();
    if (round > 0) MUST(bad_pages(memory, part, 2) == 0);
    else must_be_zero(memory, part);
    for (size_t at = 2 * part; at < 2 * part + 64 * PAGE; at += 2 * PAGE) {
      MUST(signal_at(memory + at, 0) == SIGSEGV);
      MUST(signal_at(memory + at + PAGE, 1) == 0);
    }
    fill(memory + 3 * part, part, 3);
    must_guard(memory + part, part);
    const pid_t child = fork();
    if (child == 0) {
      must_guard(memory + part, part);
      MUST(advise(memory + part, part, GUARD_REMOVE) == 0);
      must_be_zero(memory + part, part);
      fill(memory + part, part, 12);
      press();
      MUST(bad_pages(memory + part, part, 12) == 0);
      _exit(0);
    }
    MUST(code_of(child) == 0);
    /* Giving the rest back leaves guards where they are. */
    MUST(advise(memory + part / 2, part, MADV_DONTNEED) == 0);
    must_be_zero(memory + part / 2, part / 2);
    must_guard(memory + part, part);
    MUST(advise(memory + part, part, GUARD_REMOVE) == 0);
    must_be_zero(memory + part, part);
    fill(memory + part, part, 4);
    press();
    MUST(bad_pages(memory + part, part, 4) == 0);
    MUST(bad_pages(memory + 3 * part, part, 3) == 0);
    MUST(munmap(memory, 4 * part) == 0);
  }
}

/* All memory, present and future, is locked, and unlocked again. */
static void lock(int flags) {
  const size_t bytes = megabytes(32) / 2;
  char *before = map(bytes);
  fill(before, bytes, 1);
  press();
  MUST(lock_all(flags) == 0);
  MUST(bad_pages(before, bytes, 1) == 0);
  char *locked = map(bytes);
  must_be_zero(locked, bytes);
  fill(locked, bytes, 2);
  for (int i = 0; i < 3; i++) {
    const pid_t child = fork();
    if (child == 0) {
      MUST(bad_pages(locked, bytes, 2) == 0 && bad_pages(before, bytes, 1) == 0);
      fill(locked, bytes, 3);
      press();
      MUST(bad_pages(locked, bytes, 3) == 0);
      _exit(0);
    }
    MUST(code_of(child) == 0);
  }
  MUST(munlockall() == 0);
  press();
  MUST(bad_pages(before, bytes, 1) == 0 && bad_pages(locked, bytes, 2) == 0);
  press();
  unsigned char resident[2][bytes / PAGE];
  size_t pages = 0;
  MUST(mincore(before, bytes, resident[0]) == 0 && mincore(locked, bytes, resident[1]) == 0);
  for (size_t i = 0; i < bytes / PAGE; i++) pages += (resident[0][i] & 1) + (resident[1][i] & 1);
  /* The limit of the run, and a little: what was locked leaves once it is not. */
  MUST(pages <= 9 * MIB / PAGE);
}
static void lock_everything(void) { lock(MCL_CURRENT | MCL_FUTURE); }
static void lock_touched(void) { lock(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT); }
static void lock_future(void) { lock(MCL_FUTURE); }
static void lock_current(void) { lock(MCL_CURRENT); }

/* Advice that changes nothing of what is there. */
static void hints(void) {
  const int advices[] = {MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED, MADV_MERGEABLE, MADV_UNMERGEABLE,
                         MADV_HUGEPAGE, MADV_NOHUGEPAGE, MADV_COLLAPSE, MADV_DONTDUMP, MADV_DODUMP, MADV_COLD, MADV_PAGEOUT,
                         MADV_POPULATE_READ, MADV_POPULATE_WRITE, MADV_DOFORK, MADV_KEEPONFORK, 14, 15, 101};
  const size_t bytes = megabytes(32);
  char *memory = map(bytes);
  fill(memory, bytes, 5);
  for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
    /* Of a part, so that the kernel may split the mapping; a kernel may not know it. */
    const size_t at = (i + 1) * 37 * PAGE;
    (void)!advise(memory + at, bytes / 2, advices[i]);
    MUST(((uint64_t *)memory)[0] == mix(5) && bad_pages(memory, bytes, 5) == 0);
    fill_page(memory, i, 5);
  }
  (void)!prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
  (void)!prctl(0x53564d41 /* PR_SET_VMA */, 0, memory + 5 * MIB, MIB, "a name");
  (void)!prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  (void)!prctl(67 /* PR_SET_MEMORY_MERGE */, 1, 0, 0, 0);
  MUST(bad_pages(memory, bytes, 5) == 0);
  /* Sealed memory cannot be given back, and leaves all the same. */
  (void)!syscall(CALL_MSEAL, memory, 8 * MIB, 0);
  press();
  MUST(bad_pages(memory, bytes, 5) == 0);
}

/* Small mappings in the place of paged memory: they and what is around them move as one, as they do without a pager. */
static void replaced(void) {
  const size_t bytes = megabytes(16) / 2;
  const size_t length = 16 * PAGE;
  const size_t places[] = {0, MIB, bytes - length};
  char *memory = map(bytes);
  char *expected = map(bytes);
  fill(memory, bytes, 5);
  fill(expected, bytes, 5);
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    char *at = memory + places[i];
    MUST(mmap(at, length, BOTH, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == at);
    must_be_zero(at, length);
    memset(expected + places[i], 0, length);
  }
  press();
  char *moved = mremap(memory, bytes, 2 * bytes, MREMAP_MAYMOVE);
  MUST(moved != MAP_FAILED);
  press();
  MUST(memcmp(moved, expected, bytes) == 0);
  must_be_zero(moved + bytes, bytes);
}

/* Memory that is moved and stays mapped; that is moved over other memory; that something else is mapped over. */
static void moves(void) {
  const size_t bytes = megabytes(32) / 2;
  char *memory = map(bytes);
  fill(memory, bytes, 7);
  char *other = map(bytes);
  fill(other, bytes, 8);
  char *moved = mremap(memory, bytes, bytes, MREMAP_MAYMOVE | MREMAP_DONTUNMAP | MREMAP_FIXED, other);
  MUST(moved == other && bad_pages(moved, bytes, 7) == 0);
  must_be_zero(memory, bytes);
  fill(memory, bytes, 9);
  press();
  MUST(bad_pages(memory, bytes, 9) == 0 && bad_pages(moved, bytes, 7) == 0);
  char *over = mmap(moved + 2 * MIB, 2 * MIB, BOTH, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  MUST(over == moved + 2 * MIB);
  must_be_zero(over, 2 * MIB);
  char *shared = mmap(moved + 5 * MIB, PAGE, BOTH, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  MUST(shared == moved + 5 * MIB);
  must_be_zero(shared, PAGE);
  fill(shared, PAGE, 3);
  press();
  MUST(bad_pages(moved, 2 * MIB, 7) == 0 && bad_pages(shared, PAGE, 3) == 0);
  must_be_zero(over, 2 * MIB);
  void *heap = sbrk(0);
  MUST(brk((char *)heap + 3 * MIB) == 0);
  fill(heap, 3 * MIB & ~(PAGE - 1), 4);
  press();
  MUST(bad_pages(heap, 3 * MIB & ~(PAGE - 1), 4) == 0);
  MUST(brk(heap) == 0);
}

int main(int argc, char **argv) {
  const struct scene scenes[] = {
      {"fork gaps", fork_gaps},       {"guards", guards},       {"lock everything", lock_everything},
      {"lock touched", lock_touched}, {"lock future", lock_future}, {"lock current", lock_current},
      {"hints", hints},               {"moves", moves},             {"replaced", replaced},
  };
  return play(argc, argv, scenes, sizeof scenes / sizeof *scenes);
}
