// The ways into and out of a memfile whose mapping a userfaultfd watches, in microseconds a page, by pages a call.
//   in:  UFFDIO_COPY; memcpy through a second mapping of the file, then CONTINUE; pwrite, then CONTINUE
//   out: write-protected first, so that nobody changes it meanwhile; pread, or memcpy from the second mapping; a hole
// --pages N [--cpu C]. No thread waits for a page: what is measured is what the calls cost.
#include "common.h"

#define FP_UFFDIO_WRITEPROTECT _IOWR(0xAA, 0x06, struct fp_writeprotect)
#define FP_UFFDIO_CONTINUE _IOWR(0xAA, 0x07, struct fp_continue)
#define FP_REGISTER_ALL 7 // missing, write-protect, minor
#define FP_WRITEPROTECT_WP 1

struct fp_writeprotect {
  uint64_t start, len, mode;
};
struct fp_continue {
  uint64_t start, len, mode;
  int64_t mapped;
};
_Static_assert(sizeof(struct fp_writeprotect) == 24 && sizeof(struct fp_continue) == 32, "as the kernel has them");

static int uffd, file;
static uint8_t *region, *alias, *source, *target;
static size_t region_bytes;

static void continue_run(size_t at, size_t bytes) {
  struct fp_continue request = {.start = (uintptr_t)region + at, .len = bytes};
  if (ioctl(uffd, FP_UFFDIO_CONTINUE, &request)) die("UFFDIO_CONTINUE");
}

static void in_copy(size_t at, size_t bytes) { uffd_copy(uffd, (uintptr_t)region + at, source + at, bytes); }

static void in_alias(size_t at, size_t bytes) {
  memcpy(alias + at, source + at, bytes);
  continue_run(at, bytes);
}

static void in_pwrite(size_t at, size_t bytes) {
  if (pwrite(file, source + at, bytes, (off_t)at) != (ssize_t)bytes) die("pwrite");
  continue_run(at, bytes);
}

static void protect(size_t at, size_t bytes) {
  struct fp_writeprotect request = {.start = (uintptr_t)region + at, .len = bytes, .mode = FP_WRITEPROTECT_WP};
  if (ioctl(uffd, FP_UFFDIO_WRITEPROTECT, &request)) die("UFFDIO_WRITEPROTECT");
}

static void punch(size_t at, size_t bytes) {
  if (fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)at, (off_t)bytes)) die("fallocate");
}

static void out_pread(size_t at, size_t bytes) {
  protect(at, bytes);
  if (pread(file, target + at, bytes, (off_t)at) != (ssize_t)bytes) die("pread");
  punch(at, bytes);
}

static void out_alias(size_t at, size_t bytes) {
  protect(at, bytes);
  memcpy(target + at, alias + at, bytes);
  punch(at, bytes);
}

typedef void (*way)(size_t at, size_t bytes);

static double us_per_page(way go, size_t run_pages) {
  size_t step = run_pages * PAGE_BYTES;
  uint64_t begin = now_ns();
  for (size_t at = 0; at < region_bytes; at += step) go(at, at + step <= region_bytes ? step : region_bytes - at);
  return (double)(now_ns() - begin) / 1000.0 / (double)(region_bytes / PAGE_BYTES);
}

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 16384);
  int cpu = cpu_option(argc, argv);
  region_bytes = (size_t)pages * PAGE_BYTES;
  pin(cpu);
  warm_memory(3 * region_bytes);
  source = map_populated(region_bytes);
  target = map_populated(region_bytes);
  for (uint32_t page = 0; page < pages; page++) fill_page((uint32_t *)(source + (size_t)page * PAGE_BYTES), page, false);
  file = memfd_create("region", MFD_CLOEXEC);
  if (file < 0 || ftruncate(file, (off_t)region_bytes)) die("memfd_create");
  region = mmap(NULL, region_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  alias = mmap(NULL, region_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (region == MAP_FAILED || alias == MAP_FAILED) die("mmap");
  uffd = open_userfaultfd();
  struct fp_register request = {.start = (uintptr_t)region, .len = region_bytes, .mode = FP_REGISTER_ALL};
  if (ioctl(uffd, FP_UFFDIO_REGISTER, &request)) die("UFFDIO_REGISTER");

  // Each way in is followed by a way out, which is a way out of pages that came in so.
  const struct {
    const char *in_name, *out_name;
    way in, out;
  } rounds[] = {{"inCopy", "outPread", in_copy, out_pread},
                {"inAlias", "outAlias", in_alias, out_alias},
                {"inPwrite", "outPreadMapped", in_pwrite, out_pread}};
  const size_t runs[] = {1, 16, 64};
  uint64_t wrong = 0;
  printf("{\"peer\":\"shmem\",\"cpu\":%d,\"pages\":%u", cpu, pages);
  for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++) {
    // The first time pays for page tables and the file's tree.
    us_per_page(rounds[i].in, 64), us_per_page(rounds[i].out, 64);
    for (size_t k = 0; k < sizeof runs / sizeof *runs; k++) {
      double in = us_per_page(rounds[i].in, runs[k]);
      memset(target, 0, region_bytes);
      double out = us_per_page(rounds[i].out, runs[k]);
      for (uint32_t page = 0; page < pages; page++)
        wrong += wrong_words((uint32_t *)(target + (size_t)page * PAGE_BYTES), page, false);
      struct stat info;
      if (fstat(file, &info)) die("fstat");
      wrong += (uint64_t)info.st_blocks; // what is out holds no memory
      printf(",\"%s%zu\":%.4f,\"%s%zu\":%.4f", rounds[i].in_name, runs[k], in, rounds[i].out_name, runs[k], out);
    }
  }
  printf(",\"wrong\":%" PRIu64 "}\n", wrong);
  return wrong == 0 ? 0 : 1;
}
