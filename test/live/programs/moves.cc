// Moves pages away while a thread writes to them for the first time, and checks what moveToEmpty reports of each move.
// argv: rounds, and 1 to use the kernel's own word instead, which Linux 6.18 gets wrong now and then. Prints the number of
// moves whose report was false, and ends with 0.
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "kernel/move.h"

using namespace farpage;

namespace {

constexpr uint64_t PAGE = 4096;
constexpr uint64_t PAGES = 64;

char* source;
char* target;
// The writer writes one round's pages, then waits for the next.
std::atomic<long> begun{0};
std::atomic<long> written{0};

void require(bool condition, const char* what) {
  if (condition) return;
  std::perror(what);
  std::_Exit(1);
}

char* map() {
  void* at = mmap(nullptr, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  require(at != MAP_FAILED, "mmap");
  // Huge pages would be split at each move.
  require(madvise(at, PAGES * PAGE, MADV_NOHUGEPAGE) == 0, "MADV_NOHUGEPAGE");
  return static_cast<char*>(at);
}

uint64_t addressOf(const char* at) { return reinterpret_cast<uint64_t>(at); }

void* write(void*) {
  for (long round = 1;; round++) {
    while (begun.load() < round) sched_yield();
    for (uint64_t page = 0; page < PAGES; page++) *const_cast<volatile char*>(source + page * PAGE) = 1;
    written.store(round);
  }
}

bool isThere(const char* page) {
  unsigned char resident = 0;
  require(mincore(const_cast<char*>(page), PAGE, &resident) == 0, "mincore");
  return (resident & 1) != 0;
}

// The pages that the report counts are at the target, and at the source no more; of the others it is not true.
bool isTrue(uint64_t first, uint64_t pages, const Progress& progress) {
  const uint64_t moved = static_cast<uint64_t>(progress.bytes) / PAGE;
  for (uint64_t page = 0; page < pages; page++) {
    if (isThere(target + (first + page) * PAGE) != (page < moved)) return false;
  }
  return true;
}

void answer(int fd) {
  uffd_msg message;
  while (read(fd, &message, sizeof message) == sizeof message) {
    const uint64_t page = message.arg.pagefault.address & ~(PAGE - 1);
    if (zeroPages(fd, page, PAGE, 0).error != 0) require(wake(fd, page, PAGE) == 0, "WAKE");
  }
}

}  // namespace

int main(int count, char** arguments) {
  require(count == 3, "rounds and which report");
  const long rounds = std::atol(arguments[1]);
  const bool kernelsWord = arguments[2][0] == '1';
  const Opened opened = openUserfaultfd({Via::syscall, true, true});
  require(opened.fd >= 0, "userfaultfd");
  uint64_t features = FEATURE_MOVE;
  require(handshake(opened.fd, &features, nullptr) == 0, "UFFDIO_API");
  source = map();
  target = map();
  require(registerRange(opened.fd, addressOf(source), PAGES * PAGE, MODE_MISSING, nullptr) == 0, "REGISTER");
  require(registerRange(opened.fd, addressOf(target), PAGES * PAGE, MODE_MISSING, nullptr) == 0, "REGISTER");
  pthread_t thread;
  require(pthread_create(&thread, nullptr, write, nullptr) == 0, "pthread_create");
  long wrong = 0;
  for (long round = 1; round <= rounds; round++) {
    require(zeroPages(opened.fd, addressOf(source), PAGES * PAGE, 0).error == 0, "ZEROPAGE");
    begun.store(round);
    const uint64_t run = 1 + static_cast<uint64_t>(round) % 8;
    for (uint64_t page = 0; page + run <= PAGES; page += run) {
      const uint64_t from = addressOf(source + page * PAGE), to = addressOf(target + page * PAGE);
      const Progress progress = kernelsWord ? movePages(opened.fd, to, from, run * PAGE, 0)
                                            : moveToEmpty(opened.fd, to, from, run * PAGE);
      if (!isTrue(page, run, progress)) wrong++;
    }
    while (written.load() < round) {
      answer(opened.fd);
      sched_yield();
    }
    require(madvise(source, PAGES * PAGE, MADV_DONTNEED) == 0, "MADV_DONTNEED");
    require(madvise(target, PAGES * PAGE, MADV_DONTNEED) == 0, "MADV_DONTNEED");
  }
  std::printf("%ld\n", wrong);
  std::fflush(stdout);
  std::_Exit(0);
}
