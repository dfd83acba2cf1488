// See fake-kernel.h. It defines what native/engine/command.cc calls to change pages (native/engine/moves.h), and what is never
// reached here: memory of other processes, endings.
#include "fake-kernel.h"

#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>

#include "core/core.h"
#include "endings/gone.h"
#include "endings/last-resort.h"
#include "engine/moves.h"
#include "kernel/joined.h"
#include "kernel/move.h"
#include "kernel/watched.h"
#include "others/attachments.h"
#include "others/processes.h"
#include "trap/trap.h"

namespace stand {

namespace {

struct Page {
  std::mutex table;
  bool there = false;
  /** What the page must hold. */
  uint64_t expected = 0;
};

uint64_t memoryStart = 0;
uint64_t memoryPages = 0;
std::unique_ptr<Page[]> pages;

Page& pageAt(uint64_t address) {
  const uint64_t number = (address - memoryStart) / PAGE;
  if (address < memoryStart || number >= memoryPages) fail("a page beside all regions is changed");
  return pages[number];
}

// Three words of a page tell a whole page from parts of two.
constexpr uint64_t WORDS[] = {0, 200, 511};

uint64_t* wordsOf(uint64_t address) { return reinterpret_cast<uint64_t*>(address & ~(PAGE - 1)); }

}  // namespace

void fail(const char* why) {
  std::fprintf(stderr, "stand: %s\n", why);
  std::_Exit(4);
}

void beginMemory(uint64_t start, uint64_t count) {
  memoryStart = start;
  memoryPages = count;
  pages = std::make_unique<Page[]>(count);
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  if (mmap(wordsOf(start), count * PAGE, PROT_READ | PROT_WRITE, flags, -1, 0) == MAP_FAILED) fail("no memory for regions");
}

void sourcedFrom(uint64_t start, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) pageAt(start + i * PAGE).expected = start + i * PAGE;
}

void fillFromSource(uint8_t* page, uint64_t address) {
  std::memset(page, 0, PAGE);
  for (const uint64_t word : WORDS) reinterpret_cast<uint64_t*>(page)[word] = address;
}

Met touch(uint64_t address, bool write) {
  if (address < memoryStart || address >= memoryStart + memoryPages * PAGE) return Met::foreign;
  Page& page = pageAt(address);
  const std::lock_guard<std::mutex> guard(page.table);
  if (!page.there) return Met::missing;
  uint64_t* words = wordsOf(address);
  for (const uint64_t word : WORDS) {
    if (words[word] != page.expected) fail("a page does not hold what was written to it");
  }
  if (!write) return Met::there;
  page.expected++;
  for (const uint64_t word : WORDS) words[word] = page.expected;
  return Met::there;
}

}  // namespace stand

namespace farpage {

namespace {

using stand::PAGE;

uint8_t* bytes(uint64_t address) { return reinterpret_cast<uint8_t*>(address); }

// Each page of [target, target + length) becomes present, with what `write` puts there.
template <typename Write>
Progress install(uint64_t target, uint64_t length, Write write) {
  for (uint64_t done = 0; done < length; done += PAGE) {
    stand::Page& page = stand::pageAt(target + done);
    const std::lock_guard<std::mutex> guard(page.table);
    if (page.there) return {static_cast<int64_t>(done), EEXIST};
    write(done);
    page.there = true;
  }
  return {static_cast<int64_t>(length), 0};
}

}  // namespace

void closeMemory(Backing&) {}

Progress copyIn(const Means&, const Backing&, uint64_t target, uint64_t source, uint64_t length) {
  return install(target, length, [&](uint64_t at) { std::memcpy(bytes(target + at), bytes(source + at), PAGE); });
}

Progress zeroIn(const Means&, const Backing&, uint64_t target, uint64_t length) {
  return install(target, length, [&](uint64_t at) { std::memset(bytes(target + at), 0, PAGE); });
}

Progress zeroForWrite(const Means& means, const Backing& backing, uint64_t target, uint64_t length) {
  return zeroIn(means, backing, target, length);
}

Progress moveIn(const Means&, uint64_t target, uint64_t source, uint64_t length) {
  return install(target, length, [&](uint64_t at) {
    std::memcpy(bytes(target + at), bytes(source + at), PAGE);
    std::memset(bytes(source + at), 0, PAGE);
  });
}

Progress takeOut(const Means&, const Backing&, uint64_t target, uint64_t source, uint64_t, uint64_t length) {
  for (uint64_t done = 0; done < length; done += PAGE) {
    stand::Page& page = stand::pageAt(source + done);
    const std::lock_guard<std::mutex> guard(page.table);
    if (!page.there) return {static_cast<int64_t>(done), ENOENT};
    std::memcpy(bytes(target + done), bytes(source + done), PAGE);
    page.there = false;
  }
  return {static_cast<int64_t>(length), 0};
}

int wakeUp(const Means&, uint64_t, uint64_t) { return 0; }
int dropFrames(const Means&, uint64_t, uint64_t) { return 0; }
int unprotect(const Means&, uint64_t, uint64_t) { return 0; }

// ---- never reached: no pass, no memfile, no page that is given up, no other process ---------------------------------

namespace {

[[noreturn]] void never() { stand::fail("a call is made that this program has no use for"); }

}  // namespace

Progress continueIn(const Means&, uint64_t, uint64_t) { never(); }
Progress poisonIn(const Means&, const Backing&, uint64_t, uint64_t) { never(); }
int protect(const Means&, const Backing&, uint64_t, uint64_t) { never(); }
Progress savePages(const Backing&, uint64_t, uint64_t, uint64_t, uint64_t, bool) { never(); }
int sealUp(const Means&, uint64_t, uint64_t) { never(); }
int punch(const Means&, const Backing&, uint64_t, uint64_t, uint64_t) { never(); }
bool isUnchanged(int) { never(); }
Place placeIn(int, uint64_t) { never(); }

void Remotes::died(uint32_t) { never(); }
void Remotes::take(uint32_t, Record* const*, uint32_t) { never(); }
uint32_t Remotes::read(uffd_msg*, uint32_t) { never(); }
uint64_t Views::offsetOf(uint32_t, uint64_t) const { never(); }
void Views::protect(uint32_t, uint64_t, uint64_t) { never(); }
void Views::unprotect(uint32_t, uint64_t, uint64_t) { never(); }
void Views::wakeUp(uint32_t, uint64_t, uint64_t) { never(); }
void Views::poison(uint32_t, uint64_t, uint64_t) { never(); }
uint32_t Views::read(uffd_msg*, uint32_t) { never(); }

int installGone() { return 0; }
void endForAbandoned() { stand::fail("a thread touched a page of a loop that has ended"); }
void lastWords(const char* text, unsigned long length) {
  if (write(2, text, length) < 0) return;
}
void endWith(const char* text, unsigned long length) {
  lastWords(text, length);
  std::_Exit(70);
}

}  // namespace farpage

void coreAborted(uint8_t*, uint32_t, uint32_t, uint32_t line) {
  std::fprintf(stderr, "stand: an assertion of the core failed in line %u\n", line);
  std::_Exit(5);
}
