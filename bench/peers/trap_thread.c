// A missing fault answered by a second thread, without userfaultfd: PROT_NONE, SIGSEGV, a pipe to the thread that
// serves, a futex back. What a pager with stores has to be, as a signal handler cannot fetch a page from anywhere.
// Pages live in a memfile and are filled through it, so that no thread sees one that is half there.
// --pages N --order FILE [--cpu C]. Random order splits the mapping: keep N under half of vm.max_map_count.
#include "common.h"

#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

static uint8_t *region, *source;
static size_t region_bytes;
static int file, pipe_read, pipe_write;
static _Atomic uint32_t answered; // what waiting threads wait on
static _Atomic uint64_t served;

static long futex(int operation, uint32_t value) {
  return syscall(SYS_futex, &answered, operation, value, NULL, NULL, 0);
}

static void on_fault(int signal_number, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  uint64_t at = (uintptr_t)info->si_addr & ~(uint64_t)(PAGE_BYTES - 1);
  if (at < (uintptr_t)region || at >= (uintptr_t)region + region_bytes) {
    signal(signal_number, SIG_DFL);
    return;
  }
  struct fp_message message = {.event = FP_EVENT_PAGEFAULT, .address = at};
  uint32_t seen = atomic_load(&answered);
  if (write(pipe_write, &message, sizeof message) != sizeof message) _exit(2);
  while (atomic_load(&answered) == seen) futex(FUTEX_WAIT_PRIVATE, seen);
  errno = saved;
}

static void *serve(void *nothing) {
  (void)nothing;
  struct pollfd ready = {.fd = pipe_read, .events = POLLIN};
  struct fp_message messages[16];
  for (;;) {
    if (poll(&ready, 1, -1) < 0) die("poll");
    ssize_t n = read(pipe_read, messages, sizeof messages);
    if (n < 0) die("read");
    for (size_t i = 0; i < (size_t)n / sizeof *messages; i++) {
      uint64_t offset = messages[i].address - (uintptr_t)region;
      if (pwrite(file, source + offset, PAGE_BYTES, (off_t)offset) != PAGE_BYTES) die("pwrite");
      if (mprotect(region + offset, PAGE_BYTES, PROT_READ | PROT_WRITE)) die("mprotect");
      served++;
      atomic_fetch_add(&answered, 1);
      futex(FUTEX_WAKE_PRIVATE, INT32_MAX);
    }
  }
  return NULL;
}

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 16384);
  int cpu = cpu_option(argc, argv);
  region_bytes = (size_t)pages * PAGE_BYTES;
  access_list order = read_list(required(argc, argv, "order"));
  pin(cpu); // before the server is made: it inherits the placement

  warm_memory(2 * region_bytes);
  source = map_anonymous(region_bytes);
  for (uint32_t page = 0; page < pages; page++) fill_page((uint32_t *)(source + (size_t)page * PAGE_BYTES), page, false);
  file = memfd_create("region", MFD_CLOEXEC);
  if (file < 0 || ftruncate(file, (off_t)region_bytes)) die("memfd_create");
  region = mmap(NULL, region_bytes, PROT_NONE, MAP_SHARED | MAP_NORESERVE, file, 0);
  if (region == MAP_FAILED) die("mmap");
  int ends[2];
  if (pipe2(ends, O_CLOEXEC)) die("pipe2");
  pipe_read = ends[0], pipe_write = ends[1];
  struct sigaction action = {.sa_flags = SA_SIGINFO};
  action.sa_sigaction = on_fault;
  if (sigaction(SIGSEGV, &action, NULL)) die("sigaction");
  pthread_t thread;
  if (pthread_create(&thread, NULL, serve, NULL)) die("pthread_create");

  samples touched = make_samples(order.count);
  double clock_us = clock_cost_us();
  volatile uint32_t *words = (volatile uint32_t *)region;
  uint64_t sum = 0;
  // An unmeasured quarter first, as on the other side.
  for (size_t i = 0; i < order.count / 4; i++) sum += words[(size_t)order.entries[i] * PAGE_WORDS];
  if (mprotect(region, region_bytes, PROT_NONE)) die("mprotect");
  if (fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, (off_t)region_bytes)) die("fallocate");

  uint64_t checksum = 0, served_before = served, begin = now_ns();
  for (size_t i = 0; i < order.count; i++) {
    volatile uint32_t *word = words + (size_t)order.entries[i] * PAGE_WORDS;
    uint64_t before = now_ns();
    uint32_t value = *word;
    add_sample(&touched, now_ns() - before);
    checksum += value;
  }
  double seconds = (double)(now_ns() - begin) / 1e9;
  uint64_t faults = served - served_before, wrong = 0;
  for (uint32_t page = 0; page < pages; page++)
    wrong += wrong_words((uint32_t *)(region + (size_t)page * PAGE_BYTES), page, false);

  printf("{\"peer\":\"trap-thread\",\"cpu\":%d,", cpu);
  print_samples(&touched, clock_us);
  printf(",\"seconds\":%.6f,\"faults\":%" PRIu64 ",\"checksum\":%" PRIu64 ",\"wrong\":%" PRIu64 ",\"warmSum\":%" PRIu64 "}\n",
         seconds, faults, checksum, wrong, sum);
  return wrong == 0 && faults == order.count ? 0 : 1;
}
