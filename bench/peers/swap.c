// The kernel's own pager: an anonymous area past a cgroup memory limit, swapped to whatever swap is on (zram, lz4).
// With --pager the small pager of pager.h has the area instead.
// --pages N --limit BYTES --ops FILE --warm K [--cgroup DIR --version 1|2] [--pager thread|sigbus] [--cpu C]
// An op is page << 1 | write. Every read is checked against a model of what was last written.
// DIR is an empty cgroup that the harness made; the peer joins it before it allocates anything that counts. Without it
// somebody else holds the limit: the very same program is what runs under `farpage run`.
#include "common.h"
#include "pager.h"

#include <sys/resource.h>

static void write_text(const char *directory, const char *name, const char *text) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) die("%s", path);
  close(fd);
}

static uint64_t read_number(const char *directory, const char *name) {
  char path[512], text[64] = "";
  snprintf(path, sizeof path, "%s/%s", directory, name);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0; // memory.peak is newer than cgroup v2
  if (read(fd, text, sizeof text - 1) < 0) die("read %s", path);
  close(fd);
  return strtoull(text, NULL, 10);
}

/** The value after `key` in a file of lines such as /proc/vmstat or /proc/self/status. */
static uint64_t field(const char *path, const char *key) {
  FILE *file = fopen(path, "re");
  if (!file) die("%s", path);
  char line[256];
  uint64_t value = 0;
  size_t length = strlen(key);
  while (fgets(line, sizeof line, file))
    if (strncmp(line, key, length) == 0) value = strtoull(line + length, NULL, 10);
  fclose(file);
  return value;
}

static uint64_t bad_reads;

static inline uint32_t operate(volatile uint32_t *words, uint32_t *model, uint32_t op, uint32_t index) {
  volatile uint32_t *word = words + (size_t)(op >> 1) * PAGE_WORDS + 1;
  if (op & 1) return model[op >> 1] = *word = index ^ 0x5bd1e995u;
  uint32_t value = *word;
  bad_reads += value != model[op >> 1];
  return value;
}

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 131072);
  uint64_t limit = number(argc, argv, "limit", 128u << 20), warm = number(argc, argv, "warm", 0);
  int cpu = cpu_option(argc, argv);
  bool v1 = number(argc, argv, "version", 1) == 1;
  const char *group = option(argc, argv, "cgroup", NULL), *by = option(argc, argv, "pager", NULL);
  size_t bytes = (size_t)pages * PAGE_BYTES;
  char text[64];
  pin(cpu);
  if (group) {
    warm_memory(bytes + bytes / 2); // outside the group: room for zram's slots and the resident part
    write_text("/proc/self", "clear_refs", "5"); // VmHWM is reset: the warming is not part of the peak
    snprintf(text, sizeof text, "%d", getpid());
    write_text(group, "cgroup.procs", text);
    if (v1) write_text(group, "memory.max_usage_in_bytes", "0"); // an earlier run's peak; v2 counts all of a question's
  }
  if (by) warm_memory(bytes);

  access_list ops = read_list(required(argc, argv, "ops"));
  uint32_t *model = map_populated((size_t)pages * 4);
  samples timed = make_samples(ops.count);
  double clock_us = clock_cost_us();
  uint8_t *region = map_anonymous(bytes);
  // The limit is for the region's pages, as farpage's is: what the process already holds, and the area's page tables
  // (which v1 charges), come on top.
  uint64_t own = 0, in_force = limit;
  if (group) {
    own = read_number(group, v1 ? "memory.usage_in_bytes" : "memory.current") + bytes / 512 + (256u << 10);
    snprintf(text, sizeof text, "%" PRIu64, limit + own);
    write_text(group, v1 ? "memory.limit_in_bytes" : "memory.max", text);
    in_force = read_number(group, v1 ? "memory.limit_in_bytes" : "memory.max");
  }

  if (by) open_pager(region, pages, (uint32_t)(limit / PAGE_BYTES), by);
  uint64_t own_rss = field("/proc/self/status", "VmRSS:") * 1024; // nothing of the area is there yet
  volatile uint32_t *words = (volatile uint32_t *)region;
  for (uint32_t page = 0; page < pages; page++) {
    fill_page((uint32_t *)(region + (size_t)page * PAGE_BYTES), page, true);
    model[page] = pattern_word(page, 1, true);
  }
  uint64_t checksum = 0;
  for (size_t i = 0; i < warm && i < ops.count; i++) operate(words, model, ops.entries[i], (uint32_t)i);

  struct rusage usage_before, usage_after;
  uint64_t in_before = field("/proc/vmstat", "pswpin "), out_before = field("/proc/vmstat", "pswpout ");
  getrusage(RUSAGE_SELF, &usage_before);
  uint64_t begin = now_ns();
  for (size_t i = warm; i < ops.count; i++) {
    uint64_t before = now_ns();
    checksum += operate(words, model, ops.entries[i], (uint32_t)i);
    add_sample(&timed, now_ns() - before);
  }
  double seconds = (double)(now_ns() - begin) / 1e9;
  getrusage(RUSAGE_SELF, &usage_after);
  uint64_t in_after = field("/proc/vmstat", "pswpin "), out_after = field("/proc/vmstat", "pswpout ");
  uint64_t peak = group == NULL ? 0 : read_number(group, v1 ? "memory.max_usage_in_bytes" : "memory.peak");
  uint64_t rss_peak = field("/proc/self/status", "VmHWM:") * 1024, swapped = field("/proc/self/status", "VmSwap:") * 1024;

  uint64_t wrong = bad_reads;
  for (uint32_t page = 0; page < pages; page++) {
    uint32_t *at = (uint32_t *)(region + (size_t)page * PAGE_BYTES);
    wrong += at[1] != model[page];
    at[1] = pattern_word(page, 1, true);
    wrong += wrong_words(at, page, true);
  }

  printf("{\"peer\":\"swap\",\"cpu\":%d,", cpu);
  print_samples(&timed, clock_us);
  printf(",\"seconds\":%.6f,\"usPerOp\":%.4f,\"majorFaults\":%ld,\"minorFaults\":%ld,\"swapIns\":%" PRIu64
         ",\"swapOuts\":%" PRIu64 ",\"limit\":%" PRIu64 ",\"limitInForce\":%" PRIu64 ",\"ownBytes\":%" PRIu64
         ",\"groupPeak\":%" PRIu64 ",\"ownRss\":%" PRIu64 ",\"rssPeak\":%" PRIu64 ",\"swapped\":%" PRIu64 ",\"served\":%" PRIu64 ",\"writtenBack\":%" PRIu64
         ",\"checksum\":%" PRIu64 ",\"wrong\":%" PRIu64 "}\n",
         seconds, seconds * 1e6 / (double)(ops.count - warm), usage_after.ru_majflt - usage_before.ru_majflt,
         usage_after.ru_minflt - usage_before.ru_minflt, in_after - in_before, out_after - out_before, limit, in_force, own,
         peak, own_rss, rss_peak, swapped, pager.served, pager.written_back, checksum, wrong);
  return wrong == 0 ? 0 : 1;
}
