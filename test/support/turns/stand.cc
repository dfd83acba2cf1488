// Turns of several threads over the compiled core, in a program of their own, for a thread sanitizer: threads that fault and serve
// themselves, and a loop's thread that takes turns, fetches pages, and gives the lock away while it waits.
//
//   stand IMAGE CORE-ADDRESS CORE-BYTES REGIONS-ADDRESS PAGES ARENA-ADDRESS ARENA-BYTES THREADS TOUCHES PATIENCE
//
// It fails if no page is touched for PATIENCE seconds. IMAGE is the beginning of a core memory with regions 1 (zeros) and 2 (a source in the loop), of PAGES pages each.
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "core/core.h"
#include "engine/fault-turns.h"
#include "engine/turn.h"
#include "fake-kernel.h"

extern "C" {
// Exports of the core that only this program needs of the compiled one: see turns.ts.
uint32_t standBeginOperation(uint8_t* memory, uint32_t kind, uint32_t region, uint32_t first, uint32_t end, uint32_t flags);
uint32_t standOperationStatus(uint8_t* memory, uint32_t operation);
void standEndOperation(uint8_t* memory, uint32_t operation);
}

using namespace farpage;
using namespace farpage::layout;

namespace {

/** In place of an operation's number: none is under way. */
constexpr uint32_t NO_OPERATION = 0xffffffff;

struct Words {
  const char* image;
  uint64_t core, coreBytes, regions, pages, arena, arenaBytes, threads, touches, patience;
};

struct Request {
  uint32_t page, frame, generation;
};

Words words;
Context context;
FaultTurns turns{context};
InlineServer* server = nullptr;
Digest digest;
std::atomic<bool> open{false};
std::atomic<bool> stop{false};
std::atomic<uint64_t> touched{0};

uint8_t* pointer(uint64_t address) { return reinterpret_cast<uint8_t*>(address); }

uint8_t* mapAt(uint64_t address, uint64_t length) {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  if (mmap(pointer(address), length, PROT_READ | PROT_WRITE, flags, -1, 0) == MAP_FAILED) stand::fail("no memory");
  return pointer(address);
}

struct Random {
  uint64_t state;
  uint64_t next() {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
  }
};

// ---- the loop's thread ----------------------------------------------------------------------------------------------

class Loop {
 public:
  void run() {
    if (turns.openBell() != 0 || turns.open() != 0) stand::fail("the turns do not open");
    server = turns.server();
    open.store(true);
    while (!stop.load()) {
      // With pages to fetch it waits a little, as a store would have it wait.
      turns.waitUnlocked(turns.bell(), fetched_.empty() ? 20 : static_cast<int>(random_.next() % 2));
      if (turns.answerBell()) {
        turn();
        operate();
      }
      answer();
    }
    // Its regions are closed: a thread that touches them from now on is not served.
    for (Backing& backing : context.backings) backing.length = 0;
    turns.close();
  }

  uint64_t turnsTaken = 0;
  uint64_t pagesFetched = 0;

 private:
  void turn() {
    turnsTaken++;
    while (turnOver(context, Until::idle).unfinished) continue;
    takeRequests();
  }

  void takeRequests() {
    auto& tail = at<uint32_t>(context.core, REQUEST_TAIL_AT);
    for (; tail != at<uint32_t>(context.core, REQUEST_HEAD_AT); tail++) {
      uint8_t* request = context.core + REQUESTS_AT + (tail & REQUEST_MASK) * REQUEST_BYTES;
      if (at<uint32_t>(request, REQUEST_KIND_AT) != REQUEST_READ_SOURCE) stand::fail("a request that nobody expects");
      fetched_.push_back({at<uint32_t>(request, REQUEST_PAGE_AT), at<uint32_t>(request, REQUEST_FRAME_AT),
                          at<uint32_t>(request, REQUEST_GENERATION_AT)});
    }
  }

  // Some replies, in any order.
  void answer() {
    for (uint64_t left = random_.next() % 8; left > 0 && !fetched_.empty(); left--) {
      std::swap(fetched_[random_.next() % fetched_.size()], fetched_.back());
      const Request request = fetched_.back();
      fetched_.pop_back();
      uint8_t* frame = context.core + at<uint32_t>(context.core, FRAME_DATA_AT) + request.frame * stand::PAGE;
      stand::fillFromSource(frame, words.regions + (words.pages + request.page) * stand::PAGE);
      coreArrive(context.core, request.frame, request.generation);
      pagesFetched++;
      drain(context);
      turn();
    }
  }

  // Now and then a range is evicted, so that turns of the loop are long ones, too.
  void operate() {
    if (operation_ == NO_OPERATION && random_.next() % 8 == 0) {
      const auto first = static_cast<uint32_t>(random_.next() % words.pages);
      const uint32_t region = 1 + random_.next() % 2;
      const auto end = static_cast<uint32_t>(words.pages);
      operation_ = standBeginOperation(context.core, OPERATION_EVICT, region, first, end, 0);
      turn();
    }
    if (operation_ == NO_OPERATION || standOperationStatus(context.core, operation_) == 0) return;
    standEndOperation(context.core, operation_);
    operation_ = NO_OPERATION;
  }

  Random random_{77};
  std::vector<Request> fetched_;
  uint32_t operation_ = NO_OPERATION;
};

// ---- threads that fault ---------------------------------------------------------------------------------------------

// As the signal handler of native/inline/handler.cc: false if the page is nobody's.
bool serve(uint64_t address, bool write, const ucontext_t* context) {
  const InlineFault fault = {address, {write, false, true}, thisThread(), true};
  const Served served = askInline(*server, fault, context);
  if (served == Served::ended) stand::fail("the loop has ended with its regions open");
  return served != Served::foreign;
}

// True if the page was touched.
bool touch(uint64_t address, bool write, const ucontext_t* context) {
  for (;;) {
    const stand::Met met = stand::touch(address, write);
    if (met == stand::Met::there) return true;
    if (met == stand::Met::foreign || !serve(address, write, context)) return false;
  }
}

void work(uint64_t number) {
  ucontext_t own = {};
  pthread_sigmask(SIG_SETMASK, nullptr, &own.uc_sigmask);
  Random random{number * 0x9e3779b97f4a7c15 + 1};
  for (uint64_t left = words.touches; left > 0; left--) {
    // Half of them in a few pages that all threads want.
    const uint64_t all = 2 * words.pages;
    const uint64_t page = random.next() % 2 == 0 ? random.next() % all : words.pages - 8 + random.next() % 16;
    if (!touch(words.regions + page * stand::PAGE, random.next() % 4 == 0, &own)) stand::fail("a page is nobody's");
    touched.fetch_add(1, std::memory_order_relaxed);
  }
}

// While the loop closes its regions a thread still touches them.
void workToTheEnd() {
  ucontext_t own = {};
  pthread_sigmask(SIG_SETMASK, nullptr, &own.uc_sigmask);
  Random random{4711};
  while (touch(words.regions + random.next() % (2 * words.pages) * stand::PAGE, false, &own)) continue;
}

// A thread that nothing wakes is no race: it is found by its silence.
void watch() {
  for (uint64_t before = UINT64_MAX; touched.load() != before;) {
    before = touched.load();
    std::this_thread::sleep_for(std::chrono::seconds(words.patience));
  }
  stand::fail("no thread gets on: a wake is lost");
}

void begin() {
  uint8_t* core = mapAt(words.core, words.coreBytes);
  std::FILE* image = std::fopen(words.image, "rb");
  if (image == nullptr) stand::fail("there is no image");
  if (std::fread(core, 1, words.coreBytes, image) == 0) stand::fail("the image is empty");
  std::fclose(image);
  mapAt(words.arena, words.arenaBytes);
  if (coreLayoutHash(core) != LAYOUT_HASH) stand::fail("the core has another layout");
  if (loadLz4() != nullptr) stand::fail("there is no liblz4");
  digest.beginPublic();
  const std::vector<uint8_t> zeros(stand::PAGE);
  at<uint64_t>(core, ZERO_DIGEST_AT) = digest.of(zeros.data(), zeros.size());
  stand::beginMemory(words.regions, 2 * words.pages);
  stand::sourcedFrom(words.regions + words.pages * stand::PAGE, words.pages);
  context.core = core;
  context.digest = &digest;
  context.inlined = true;
  for (uint32_t region = 1; region <= 2; region++) {
    Backing& backing = context.backings[region];
    backing.region = region;
    backing.start = words.regions + (region - 1) * words.pages * stand::PAGE;
    backing.length = words.pages * stand::PAGE;
  }
}

}  // namespace

int main(int count, char** given) {
  if (count != 11) stand::fail("ten words are needed");
  const auto number = [&](int at) { return std::strtoull(given[at], nullptr, 0); };
  words = {given[1], number(2), number(3), number(4), number(5), number(6), number(7), number(8), number(9), number(10)};
  begin();
  std::thread(watch).detach();
  Loop loop;
  std::thread looping([&] { loop.run(); });
  while (!open.load()) std::this_thread::yield();
  std::vector<std::thread> threads;
  for (uint64_t i = 0; i < words.threads; i++) threads.emplace_back(work, i + 1);
  for (std::thread& thread : threads) thread.join();
  std::thread last(workToTheEnd);
  stop.store(true);
  looping.join();
  last.join();
  std::printf("{\"touched\": %lu, \"turns\": %lu, \"fetched\": %lu}\n", touched.load(), loop.turnsTaken, loop.pagesFetched);
  return 0;
}
