// A pager as small as one can be that does farpage's work for a region over its limit: a victim in the order of arrival leaves
// by UFFDIO_MOVE, its digest says whether it was written to, LZ4 packs it into a pool; a page that is touched again is unpacked
// into the frame that the victim left, and goes in by UFFDIO_MOVE. One region, one toucher, nothing can fail: a floor.
// The faulting thread serves itself (SIGBUS), or another thread serves it.
#ifndef FARPAGE_BENCH_PAGER_H
#define FARPAGE_BENCH_PAGER_H

#include "common.h"

#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>

#define FP_UFFDIO_MOVE _IOWR(0xAA, 0x05, struct fp_copy)
#define FP_REGISTER_WP 2
#define FP_FEATURE_WP (1u << 0)
#define FP_FEATURE_SIGBUS (1u << 7)
#define FP_FEATURE_MOVE (1u << 16)
#define FP_MOVE_DONTWAKE 1u

#define DIGEST_WORDS 512
/** Slots are multiples of it. */
#define SLOT_UNIT 256u
#define SLOT_CLASSES (PAGE_BYTES / SLOT_UNIT)
#define POOL_CHUNK (64u << 20)

typedef struct {
  uint8_t *slot; // NULL: the page is zeros, or was never out
  uint32_t packed;
  uint64_t digest;
} paged;

static struct {
  int fd;
  uint8_t *region, *frame;
  paged *pages;
  uint32_t *queue; // a ring of the resident pages, oldest first
  uint32_t limit, head, resident;
  bool inlined;
  void *free_slots[SLOT_CLASSES + 1];
  uint8_t *chunk;
  size_t chunk_left;
  uint64_t key[DIGEST_WORDS], factors[3];
  int (*pack)(const char *, char *, int, int);
  int (*unpack)(const char *, char *, int, int);
  volatile uint64_t served;
  uint64_t written_back;
} pager;

#define DIGEST_PRIME ((UINT64_C(1) << 61) - 1)

static inline uint64_t reduce(unsigned __int128 value) {
  uint64_t folded = ((uint64_t)value & DIGEST_PRIME) + (uint64_t)(value >> 61);
  return folded >= DIGEST_PRIME ? folded - DIGEST_PRIME : folded;
}

/** farpage's: NH over words of 64 bits, then a product modulo 2^61 - 1. */
static inline uint64_t digest_of(const uint8_t *page) {
  unsigned __int128 even = 0, odd = 0;
  for (size_t i = 0; i < DIGEST_WORDS; i += 4) {
    uint64_t word[4];
    memcpy(word, page + i * 8, sizeof word);
    even += (unsigned __int128)(word[0] + pager.key[i]) * (word[1] + pager.key[i + 1]);
    odd += (unsigned __int128)(word[2] + pager.key[i + 2]) * (word[3] + pager.key[i + 3]);
  }
  unsigned __int128 sum = even + odd;
  uint64_t limbs[3] = {(uint64_t)sum & ((UINT64_C(1) << 43) - 1), (uint64_t)(sum >> 43) & ((UINT64_C(1) << 43) - 1),
                       (uint64_t)(sum >> 86)};
  uint64_t digest = 0;
  for (int i = 0; i < 3; i++) digest = reduce((unsigned __int128)limbs[i] * pager.factors[i] + digest);
  return digest;
}

static inline uint64_t next_key(uint64_t *state) {
  uint64_t word = *state += 0x9e3779b97f4a7c15u;
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
  word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
  return word ^ (word >> 31);
}

static inline size_t class_of(uint32_t bytes) { return (bytes + SLOT_UNIT - 1) / SLOT_UNIT; }

static inline uint8_t *take_slot(uint32_t bytes) {
  size_t class = class_of(bytes);
  void **free_slot = pager.free_slots[class];
  if (free_slot) {
    pager.free_slots[class] = *free_slot;
    return (uint8_t *)free_slot;
  }
  if (pager.chunk_left < class * SLOT_UNIT) {
    pager.chunk = map_anonymous(POOL_CHUNK);
    pager.chunk_left = POOL_CHUNK;
  }
  pager.chunk_left -= class * SLOT_UNIT;
  return pager.chunk + pager.chunk_left;
}

static inline void give_slot(paged *page) {
  if (!page->slot) return;
  *(void **)(void *)page->slot = pager.free_slots[class_of(page->packed)];
  pager.free_slots[class_of(page->packed)] = page->slot;
}

static inline void uffd_move(uint8_t *to, uint8_t *from) {
  struct fp_copy move = {.dst = (uintptr_t)to, .src = (uintptr_t)from, .len = PAGE_BYTES, .mode = pager.inlined ? FP_MOVE_DONTWAKE : 0};
  while (ioctl(pager.fd, FP_UFFDIO_MOVE, &move))
    if (errno != EAGAIN) die("UFFDIO_MOVE");
}

/** The oldest page leaves; its bytes are in the frame. */
static inline void evict(void) {
  uint32_t victim = pager.queue[pager.head];
  paged *page = &pager.pages[victim];
  uffd_move(pager.frame, pager.region + (size_t)victim * PAGE_BYTES);
  uint64_t digest = digest_of(pager.frame);
  if (page->slot && digest == page->digest) return; // it was only read
  uint8_t packed[PAGE_BYTES];
  int bytes = pager.pack((char *)pager.frame, (char *)packed, PAGE_BYTES, PAGE_BYTES - 1);
  give_slot(page);
  page->packed = bytes > 0 ? (uint32_t)bytes : PAGE_BYTES;
  page->slot = take_slot(page->packed);
  memcpy(page->slot, bytes > 0 ? packed : pager.frame, page->packed);
  page->digest = digest;
  pager.written_back++;
}

static inline void serve(uint64_t address) {
  uint32_t number = (uint32_t)((address - (uintptr_t)pager.region) / PAGE_BYTES);
  paged *page = &pager.pages[number];
  uint8_t *to = pager.region + (size_t)number * PAGE_BYTES;
  if (pager.resident == pager.limit) {
    evict();
  } else {
    pager.resident++;
  }
  pager.queue[pager.head] = number;
  if (++pager.head == pager.limit) pager.head = 0;
  if (!page->slot) {
    memset(pager.frame, 0, PAGE_BYTES);
  } else if (page->packed == PAGE_BYTES) {
    memcpy(pager.frame, page->slot, PAGE_BYTES);
  } else if (pager.unpack((char *)page->slot, (char *)pager.frame, (int)page->packed, PAGE_BYTES) != (int)PAGE_BYTES) {
    die("LZ4_decompress_safe");
  }
  uffd_move(to, pager.frame);
  pager.served++;
}

static inline void on_sigbus(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  int saved = errno;
  serve((uintptr_t)info->si_addr);
  errno = saved;
}

static inline void *serve_all(void *unused) {
  (void)unused;
  struct pollfd ready = {.fd = pager.fd, .events = POLLIN};
  struct fp_message messages[16];
  for (;;) {
    if (poll(&ready, 1, -1) < 0) die("poll");
    ssize_t n = read(pager.fd, messages, sizeof messages);
    if (n < 0 && errno == EAGAIN) continue;
    if (n < 0) die("read(userfaultfd)");
    for (size_t i = 0; i < (size_t)n / sizeof *messages; i++)
      if (messages[i].event == FP_EVENT_PAGEFAULT) serve(messages[i].address);
  }
  return NULL;
}

/** Pages `pages` pages from `region` on, `limit` of them resident at most with the frame; by: "thread" or "sigbus". */
static inline void open_pager(uint8_t *region, uint32_t pages, uint32_t limit, const char *by) {
  void *library = dlopen("liblz4.so.1", RTLD_NOW);
  if (!library) die("%s", dlerror());
  *(void **)&pager.pack = dlsym(library, "LZ4_compress_default");
  *(void **)&pager.unpack = dlsym(library, "LZ4_decompress_safe");
  if (!pager.pack || !pager.unpack) die("liblz4.so.1 lacks a call");
  uint64_t state = 0;
  for (size_t i = 0; i < DIGEST_WORDS; i++) pager.key[i] = next_key(&state);
  for (size_t i = 0; i < 3; i++) pager.factors[i] = reduce(next_key(&state));
  pager.inlined = strcmp(by, "sigbus") == 0;
  pager.region = region;
  pager.limit = limit - 1;
  pager.pages = map_populated((size_t)pages * sizeof *pager.pages);
  pager.queue = map_populated((size_t)limit * sizeof *pager.queue);
  pager.frame = map_anonymous(PAGE_BYTES);
  pager.fd = open_userfaultfd_with(FP_FEATURE_WP | FP_FEATURE_MOVE | (pager.inlined ? FP_FEATURE_SIGBUS : 0));
  register_missing(pager.fd, region, (size_t)pages * PAGE_BYTES);
  struct fp_register frame = {.start = (uintptr_t)pager.frame, .len = PAGE_BYTES, .mode = FP_REGISTER_WP};
  if (ioctl(pager.fd, FP_UFFDIO_REGISTER, &frame)) die("UFFDIO_REGISTER");
  if (pager.inlined) {
    struct sigaction action = {.sa_sigaction = on_sigbus, .sa_flags = SA_SIGINFO};
    if (sigaction(SIGBUS, &action, NULL)) die("sigaction");
    return;
  }
  pthread_t thread;
  if (pthread_create(&thread, NULL, serve_all, NULL)) die("pthread_create");
}

#endif
