/*
 * Plays a VM monitor for the tests of `farpage serve`: maps memory, registers it, hands it over, then does what
 * standard input says, a line at a time, and answers each with a line. Page p of the image holds words of word(p, i).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#define MAX_REGIONS 512
#define MAX_TEXT_BYTES (256 * 1024)

struct region {
  uint64_t offset;
  uint64_t size;
  uint8_t *address;
};

static struct region regions[MAX_REGIONS];
static int region_count;
static uint64_t page_size = 4096;
static uint64_t image_bytes;

static void die(const char *what) {
  fprintf(stderr, "vm: %s: %s\n", what, strerror(errno));
  exit(9);
}

static uint32_t word(uint64_t page, uint64_t i) { return (uint32_t)((page * 1024 + i + 1) * 2654435761u); }

/* What the word at `byte` of the image is. */
static uint32_t expected(uint64_t byte) { return byte < image_bytes ? word(byte / 4096, byte % 4096 / 4) : 0; }

static uint64_t bad_words(const struct region *region, uint64_t page, int zeros) {
  const uint32_t *words = (const uint32_t *)(region->address + page * page_size);
  uint64_t bad = 0;
  for (uint64_t i = 0; i < page_size / 4; i++) {
    const uint32_t wanted = zeros ? 0 : expected(region->offset + page * page_size + i * 4);
    if (words[i] != wanted) bad++;
  }
  return bad;
}

static const char *option(int argc, char **argv, const char *name, const char *fallback) {
  for (int i = 1; i + 1 < argc; i++) {
    if (strcmp(argv[i], name) == 0) return argv[i + 1];
  }
  return fallback;
}

static int has(int argc, char **argv, const char *name) {
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], name) == 0) return 1;
  }
  return 0;
}

static char *describe(const char *version, const char *extra) {
  char *text = malloc(MAX_TEXT_BYTES);
  size_t at = (size_t)sprintf(text, "[");
  for (int i = 0; i < region_count; i++) {
    const struct region *r = &regions[i];
    at += (size_t)sprintf(text + at, "%s{\"base_host_virt_addr\":%lu,\"size\":%lu,\"offset\":%lu", i == 0 ? "" : ",",
                          (unsigned long)r->address, (unsigned long)r->size, (unsigned long)r->offset);
    if (strcmp(version, "1.7") == 0) at += (size_t)sprintf(text + at, ",\"page_size_kib\":%lu", page_size);
    if (strcmp(version, "1.12") == 0) {
      at += (size_t)sprintf(text + at, ",\"page_size\":%lu,\"page_size_kib\":%lu", page_size, page_size);
    }
    at += (size_t)sprintf(text + at, "%s}", extra);
  }
  sprintf(text + at, "]");
  return text;
}

static void send_piece(int to, const char *text, size_t length, const int *fds, size_t count) {
  struct iovec piece = {(void *)text, length};
  char control[CMSG_SPACE(sizeof(int) * 8)];
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
  memset(control, 0, sizeof control);
  if (count > 0) {
    message.msg_control = control;
    message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * count);
    memcpy(CMSG_DATA(header), fds, sizeof(int) * count);
  }
  if (sendmsg(to, &message, MSG_NOSIGNAL) != (ssize_t)length) die("sendmsg");
}

static void through_pipe(const struct region *region, uint64_t page) {
  int ends[2];
  uint8_t copy[4096];
  if (pipe(ends) != 0) die("pipe");
  const ssize_t put = write(ends[1], region->address + page * page_size, sizeof copy);
  if (put != (ssize_t)sizeof copy || read(ends[0], copy, sizeof copy) != put) die("write of an absent page");
  const uint64_t start = region->offset + page * page_size;
  int bad = 0;
  for (uint64_t i = 0; i < sizeof copy; i += 4) {
    uint32_t found;
    memcpy(&found, copy + i, 4);
    if (found != expected(start + i)) bad++;
  }
  /* And the kernel writes into the next page. */
  if (write(ends[1], copy, 8) != 8 || read(ends[0], region->address + (page + 1) * page_size, 8) != 8) die("read");
  if (memcmp(region->address + (page + 1) * page_size, copy, 8) != 0) bad++;
  const uint32_t *after = (const uint32_t *)(region->address + (page + 1) * page_size);
  for (uint64_t i = 2; i < 1024; i++) {
    if (after[i] != expected(start + page_size + i * 4)) bad++;
  }
  close(ends[0]);
  close(ends[1]);
  printf("pipe bad=%d\n", bad);
}

static void obey(const char *line) {
  char verb[16] = "";
  int index = 0;
  uint64_t first = 0, count = 0, extra = 1;
  if (sscanf(line, "%15s %d %lu %lu %lu", verb, &index, &first, &count, &extra) < 1) return;
  const struct region *region = &regions[index];
  uint64_t bad = 0;
  if (strcmp(verb, "exit") == 0) exit((int)index);
  if (strcmp(verb, "verify") == 0 || strcmp(verb, "zero") == 0) {
    for (uint64_t i = 0; i < count; i++) bad += bad_words(region, first + i * extra, verb[0] == 'z');
  } else if (strcmp(verb, "random") == 0) {
    uint64_t state = extra * 2862933555777941757u + 3037000493u;
    for (uint64_t i = 0; i < count; i++) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      bad += bad_words(region, first + (state >> 33) % (region->size / page_size - first), 0);
    }
  } else if (strcmp(verb, "write") == 0 || strcmp(verb, "written") == 0) {
    for (uint64_t page = first; page < first + count; page++) {
      uint32_t *words = (uint32_t *)(region->address + page * page_size);
      for (uint64_t i = 0; i < page_size / 4; i++) {
        const uint32_t value = word(page + extra * 1000003, i);
        if (verb[5] == '\0') words[i] = value;
        else if (words[i] != value) bad++;
      }
    }
  } else if (strcmp(verb, "remove") == 0) {
    const int advice = extra == 2 ? MADV_REMOVE : MADV_DONTNEED;
    if (madvise(region->address + first * page_size, count * page_size, advice) != 0) die("madvise");
  } else if (strcmp(verb, "pipe") == 0) {
    through_pipe(region, first);
    return;
  }
  printf("%s bad=%lu\n", verb, bad);
}

/* offset:size in pages, in the order they are sent in; each is a mapping of its own. */
static void map_regions(const char *list, const char *kind, int *file) {
  uint64_t end = 0;
  for (const char *at = list; at != NULL && region_count < MAX_REGIONS; at = strchr(at, ','), at += at != NULL) {
    unsigned long offset = 0, size = 0;
    if (sscanf(at, "%lu:%lu", &offset, &size) != 2) die("--regions");
    regions[region_count++] = (struct region){offset * page_size, size * page_size, NULL};
    if ((offset + size) * page_size > end) end = (offset + size) * page_size;
  }
  const int huge = strcmp(kind, "huge") == 0;
  if (strcmp(kind, "memfd") == 0) {
    *file = memfd_create("guest", MFD_CLOEXEC);
    if (*file < 0 || ftruncate(*file, (off_t)end) != 0) die("memfd");
  }
  for (int i = 0; i < region_count; i++) {
    const int flags = *file >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS | (huge ? MAP_HUGETLB : MAP_NORESERVE);
    const off_t offset = *file >= 0 ? (off_t)regions[i].offset : 0;
    regions[i].address = mmap(NULL, regions[i].size, PROT_READ | PROT_WRITE, flags, *file, offset);
    if (regions[i].address == MAP_FAILED) die("mmap");
  }
}

static int make_userfaultfd(uint64_t features, uint64_t mode) {
  const int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) die("userfaultfd");
  struct uffdio_api api = {.api = UFFD_API, .features = features};
  if (ioctl(fd, UFFDIO_API, &api) != 0) die("UFFDIO_API");
  for (int i = 0; i < region_count; i++) {
    struct uffdio_register reg = {{(uint64_t)regions[i].address, regions[i].size}, mode, 0};
    if (mode != 0 && ioctl(fd, UFFDIO_REGISTER, &reg) != 0) die("UFFDIO_REGISTER");
  }
  return fd;
}

int main(int argc, char **argv) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  const char *kind = option(argc, argv, "--memory", "anon");
  if (strcmp(kind, "huge") == 0) page_size = 2 << 20;
  image_bytes = strtoull(option(argc, argv, "--image-bytes", "0"), NULL, 0);
  int file = -1;
  map_regions(option(argc, argv, "--regions", "0:64"), kind, &file);
  const uint64_t mode = strtoull(option(argc, argv, "--mode", file >= 0 ? "3" : "1"), NULL, 0);
  uint64_t features = UFFD_FEATURE_EVENT_REMOVE;
  if (file >= 0) features |= UFFD_FEATURE_MISSING_SHMEM | UFFD_FEATURE_WP_HUGETLBFS_SHMEM;
  const int uffd = make_userfaultfd(features, mode);

  struct sockaddr_un name = {.sun_family = AF_UNIX};
  strncpy(name.sun_path, option(argc, argv, "--socket", ""), sizeof name.sun_path - 1);
  const int to = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(to, (struct sockaddr *)&name, sizeof name) != 0) die("connect");
  const char *text = option(argc, argv, "--text", NULL);
  if (text == NULL) text = describe(option(argc, argv, "--version", "1.12"), option(argc, argv, "--extra", ""));
  const char *what = option(argc, argv, "--descriptors", file >= 0 ? "both" : "uffd");
  int fds[2] = {uffd, file};
  size_t count = strcmp(what, "both") == 0 ? 2 : strcmp(what, "none") == 0 ? 0 : 1;
  if (strcmp(what, "file") == 0) fds[0] = open("/dev/null", O_RDONLY);
  if (strcmp(what, "swapped") == 0) count = 2, fds[0] = file, fds[1] = uffd;
  const size_t pieces = strtoul(option(argc, argv, "--pieces", "1"), NULL, 0);
  const size_t length = strlen(text);
  printf("pid %d bytes %zu\n", getpid(), length);
  if (!has(argc, argv, "--silent")) {
    for (size_t i = 0; i < pieces; i++) {
      const size_t from = length * i / pieces;
      send_piece(to, text + from, length * (i + 1) / pieces - from, fds, i == 0 ? count : 0);
      if (pieces > 1) usleep(20000);
    }
  }
  if (has(argc, argv, "--close")) close(to);
  char line[256];
  while (fgets(line, sizeof line, stdin) != NULL) obey(line);
  return 0;
}
