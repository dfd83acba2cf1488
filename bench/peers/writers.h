// Threads that write to half of a memory at random, with the clock around every write: the longest stop of a writer. The
// same code writes to the memory that is forked (fork_snapshot.c) and to farpage's region (writers.c).
//   One page of every pair is written to, by all threads; a thread writes `burst` times and then sleeps for `pause` us, as
//   threads do that wait for requests: it has the processor when it wakes, also beside a process that uses all of it.
#ifndef FARPAGE_BENCH_WRITERS_H
#define FARPAGE_BENCH_WRITERS_H

#include "common.h"
#include <pthread.h>
#include <stdatomic.h>

#define MAX_WRITERS 16
/** Words of a page that writers write to: one each. The others stay as `fill_page` made them. */
#define WRITTEN_WORDS MAX_WRITERS
#define PHASES 4
/** Of one microsecond each; the last has what took longer. */
#define STOP_BUCKETS 65536

struct writers;

struct writer {
  struct writers *all;
  pthread_t thread;
  uint32_t number, random;
  uint64_t writes[PHASES], worst_ns[PHASES], worst_at_ns[PHASES];
  uint32_t *stops[PHASES];
};

struct writers {
  uint32_t *at;
  uint32_t pages, threads, burst, pause_us;
  int cpu;
  // The present phase: a write counts in the phase in which it began.
  atomic_uint phase;
  uint64_t since_ns[PHASES];
  atomic_bool over;
  struct writer each[MAX_WRITERS];
};

static inline void *writer_thread(void *given) {
  struct writer *self = given;
  struct writers *all = self->all;
  pin(all->cpu);
  struct timespec pause = {.tv_nsec = (long)all->pause_us * 1000};
  uint32_t value = 0;
  while (!atomic_load_explicit(&all->over, memory_order_relaxed)) {
    for (uint32_t i = 0; i < all->burst; i++) {
      self->random ^= self->random << 13, self->random ^= self->random >> 17, self->random ^= self->random << 5;
      uint32_t pair = self->random % (all->pages / 2);
      volatile uint32_t *word = all->at + (size_t)(2 * pair + (mix32(pair) & 1)) * PAGE_WORDS + self->number;
      unsigned phase = atomic_load_explicit(&all->phase, memory_order_relaxed);
      uint64_t before = now_ns();
      *word = ++value;
      uint64_t took = now_ns() - before;
      self->writes[phase]++;
      if (took > self->worst_ns[phase]) self->worst_ns[phase] = took, self->worst_at_ns[phase] = before;
      self->stops[phase][took / 1000 < STOP_BUCKETS ? took / 1000 : STOP_BUCKETS - 1]++;
    }
    if (all->pause_us) nanosleep(&pause, NULL);
  }
  return NULL;
}

static inline void set_phase(struct writers *all, unsigned phase) {
  all->since_ns[phase] = now_ns();
  atomic_store(&all->phase, phase);
}

static inline void start_writers(struct writers *all) {
  if (all->threads > MAX_WRITERS || all->pages < 2) die("writers: %u threads, %u pages", all->threads, all->pages);
  set_phase(all, 0);
  atomic_store(&all->over, false);
  for (uint32_t i = 0; i < all->threads; i++) {
    struct writer *one = &all->each[i];
    memset(one, 0, sizeof *one);
    one->all = all, one->number = i, one->random = 2463534242u + i * 7919u;
    for (int phase = 0; phase < PHASES; phase++) one->stops[phase] = map_populated(STOP_BUCKETS * 4);
    if (pthread_create(&one->thread, NULL, writer_thread, one)) die("pthread_create");
  }
}

static inline void stop_writers(struct writers *all) {
  atomic_store(&all->over, true);
  for (uint32_t i = 0; i < all->threads; i++) pthread_join(all->each[i].thread, NULL);
}

/** Microseconds; nearest rank. */
static inline double stop_percentile(const struct writers *all, int phase, double p) {
  uint64_t total = 0, seen = 0;
  for (uint32_t i = 0; i < all->threads; i++) total += all->each[i].writes[phase];
  for (uint32_t bucket = 0; bucket < STOP_BUCKETS; bucket++) {
    for (uint32_t i = 0; i < all->threads; i++) seen += all->each[i].stops[phase][bucket];
    if (total > 0 && (double)seen >= p * (double)total) return bucket;
  }
  return 0;
}

/** Members of a JSON object, those of one phase with `name` before them; microseconds, `WorstAt` since the phase began. */
static inline int print_phase(char *into, size_t room, const struct writers *all, int phase, const char *name) {
  uint64_t writes = 0, worst = 0, at = 0;
  for (uint32_t i = 0; i < all->threads; i++) {
    writes += all->each[i].writes[phase];
    if (all->each[i].worst_ns[phase] > worst) worst = all->each[i].worst_ns[phase], at = all->each[i].worst_at_ns[phase];
  }
  return snprintf(into, room,
                  "\"%sWrites\":%" PRIu64 ",\"%sWorst\":%.3f,\"%sWorstAt\":%.3f,\"%sP99\":%.0f,\"%sP999\":%.0f,\"%sP9999\":%.0f",
                  name, writes, name, (double)worst / 1000.0, name, at ? (double)(at - all->since_ns[phase]) / 1000.0 : 0.0,
                  name, stop_percentile(all, phase, 0.99), name, stop_percentile(all, phase, 0.999), name,
                  stop_percentile(all, phase, 0.9999));
}

static const char *const phase_names[PHASES] = {"calm", "fork", "save", "after"};

static inline void print_phases(char *into, size_t room, const struct writers *all) {
  size_t length = 0;
  for (int phase = 0; phase < PHASES; phase++) {
    if (phase > 0) into[length++] = ',';
    length += (size_t)print_phase(into + length, room - length, all, phase, phase_names[phase]);
  }
}

/** The words that nobody writes to, of pages at `offset` of a file. */
static inline uint64_t wrong_in_file(const char *path, uint64_t offset, uint32_t pages) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) die("%s", path);
  size_t bytes = (size_t)pages * PAGE_BYTES;
  struct stat info;
  if (fstat(fd, &info)) die("fstat");
  if ((uint64_t)info.st_size < offset + bytes) return pages;
  const uint32_t *at = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, (off_t)offset);
  if (at == MAP_FAILED) die("mmap %s", path);
  uint64_t wrong = 0;
  for (uint32_t page = 0; page < pages; page++)
    for (uint32_t i = WRITTEN_WORDS; i < PAGE_WORDS; i++)
      wrong += at[(size_t)page * PAGE_WORDS + i] != pattern_word(page, i, false);
  munmap((void *)at, bytes);
  close(fd);
  return wrong;
}

#endif
