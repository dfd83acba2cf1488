// A missing fault answered in the faulting thread: UFFD_FEATURE_SIGBUS, and UFFDIO_COPY in the handler. No other thread runs.
// --pages N --order FILE [--cpu C]: the order is a permutation of the pages; the bytes wait in a prefilled source.
#include "common.h"

#include <signal.h>

#define FEATURE_SIGBUS (1u << 7)

static struct {
  int fd;
  uint8_t *region, *source;
  volatile uint64_t served; // changed in the handler
} state;

static void handle(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  uint64_t page_at = (uintptr_t)info->si_addr & ~(uint64_t)(PAGE_BYTES - 1);
  state.served++;
  uffd_copy(state.fd, page_at, state.source + (page_at - (uintptr_t)state.region), PAGE_BYTES);
}

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 32768);
  int cpu = cpu_option(argc, argv);
  size_t bytes = (size_t)pages * PAGE_BYTES;
  access_list order = read_list(required(argc, argv, "order"));
  pin(cpu);

  state.fd = open_userfaultfd_with(FEATURE_SIGBUS);
  warm_memory(2 * bytes);
  state.source = map_anonymous(bytes);
  for (uint32_t page = 0; page < pages; page++) fill_page((uint32_t *)(state.source + (size_t)page * PAGE_BYTES), page, false);
  state.region = map_anonymous(bytes);
  register_missing(state.fd, state.region, bytes);
  struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO};
  if (sigaction(SIGBUS, &action, NULL)) die("sigaction");

  samples touched = make_samples(order.count);
  double clock_us = clock_cost_us();
  volatile uint32_t *words = (volatile uint32_t *)state.region;
  uint64_t sum = 0;
  // An unmeasured quarter first, as on the other side.
  for (size_t i = 0; i < order.count / 4; i++) sum += words[(size_t)order.entries[i] * PAGE_WORDS];
  if (madvise(state.region, bytes, MADV_DONTNEED)) die("MADV_DONTNEED");

  uint64_t checksum = 0, served_before = state.served, begin = now_ns();
  for (size_t i = 0; i < order.count; i++) {
    volatile uint32_t *word = words + (size_t)order.entries[i] * PAGE_WORDS;
    uint64_t before = now_ns();
    uint32_t value = *word;
    add_sample(&touched, now_ns() - before);
    checksum += value;
  }
  double seconds = (double)(now_ns() - begin) / 1e9;
  uint64_t faults = state.served - served_before, wrong = 0;
  for (uint32_t page = 0; page < pages; page++)
    wrong += wrong_words((uint32_t *)(state.region + (size_t)page * PAGE_BYTES), page, false);

  printf("{\"peer\":\"uffd-sigbus\",\"cpu\":%d,", cpu);
  print_samples(&touched, clock_us);
  printf(",\"seconds\":%.6f,\"faults\":%" PRIu64 ",\"checksum\":%" PRIu64 ",\"wrong\":%" PRIu64 ",\"warmSum\":%" PRIu64 "}\n",
         seconds, faults, checksum, wrong, sum);
  return wrong == 0 && faults == order.count ? 0 : 1;
}
