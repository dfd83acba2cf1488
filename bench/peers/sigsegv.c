// A missing fault answered by the thread itself: PROT_NONE, SIGSEGV, mprotect, memcpy. What one did before userfaultfd.
// --pages N --order FILE [--cpu C]. Random order splits the mapping: keep N under vm.max_map_count.
#include "common.h"

#include <signal.h>

static uint8_t *region, *source;
static size_t region_bytes;
static volatile uint64_t served;

static void on_fault(int signal_number, siginfo_t *info, void *context) {
  (void)context;
  uintptr_t at = (uintptr_t)info->si_addr & ~(uintptr_t)(PAGE_BYTES - 1);
  if (at < (uintptr_t)region || at >= (uintptr_t)region + region_bytes) {
    signal(signal_number, SIG_DFL);
    return;
  }
  if (mprotect((void *)at, PAGE_BYTES, PROT_READ | PROT_WRITE)) _exit(2);
  memcpy((void *)at, source + (at - (uintptr_t)region), PAGE_BYTES);
  served++;
}

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 32768);
  int cpu = cpu_option(argc, argv);
  region_bytes = (size_t)pages * PAGE_BYTES;
  access_list order = read_list(required(argc, argv, "order"));
  pin(cpu);

  warm_memory(2 * region_bytes);
  source = map_anonymous(region_bytes);
  for (uint32_t page = 0; page < pages; page++) fill_page((uint32_t *)(source + (size_t)page * PAGE_BYTES), page, false);
  region = mmap(NULL, region_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (region == MAP_FAILED) die("mmap");
  struct sigaction action = {.sa_flags = SA_SIGINFO};
  action.sa_sigaction = on_fault;
  if (sigaction(SIGSEGV, &action, NULL)) die("sigaction");

  samples touched = make_samples(order.count);
  double clock_us = clock_cost_us();
  volatile uint32_t *words = (volatile uint32_t *)region;
  uint64_t checksum = 0, begin = now_ns();
  for (size_t i = 0; i < order.count; i++) {
    volatile uint32_t *word = words + (size_t)order.entries[i] * PAGE_WORDS;
    uint64_t before = now_ns();
    uint32_t value = *word;
    add_sample(&touched, now_ns() - before);
    checksum += value;
  }
  double seconds = (double)(now_ns() - begin) / 1e9;
  uint64_t faults = served, wrong = 0;
  for (uint32_t page = 0; page < pages; page++)
    wrong += wrong_words((uint32_t *)(region + (size_t)page * PAGE_BYTES), page, false);

  printf("{\"peer\":\"sigsegv\",\"cpu\":%d,", cpu);
  print_samples(&touched, clock_us);
  printf(",\"seconds\":%.6f,\"faults\":%" PRIu64 ",\"checksum\":%" PRIu64 ",\"wrong\":%" PRIu64 "}\n", seconds, faults,
         checksum, wrong);
  return wrong == 0 && faults == order.count ? 0 : 1;
}
