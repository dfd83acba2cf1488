// Annexes by the core memory that they belong to: V8 and the compiled core reach the same one.
#include "core/annex.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <mutex>
#include <unordered_map>

#include "endings/last-resort.h"
#include "layout.h"

namespace farpage {

namespace {

struct Annex {
  /** nullptr: it has no addresses yet. */
  uint8_t* start;
  uint64_t bytes;
};

std::mutex lock;

// Not destroyed at exit: a loop's thread may still step its core then.
std::unordered_map<const uint8_t*, Annex>& annexes() {
  static auto* all = new std::unordered_map<const uint8_t*, Annex>;
  return *all;
}

uint64_t offsetOf(uint32_t place) { return uint64_t{place} << layout::ANNEX_UNIT_SHIFT; }

[[noreturn]] void refuse() {
  const char line[] = "farpage: the core failed and the process ends: its annex does not have this place\n";
  endWith(line, sizeof line - 1);
}

/** The annex of a core; a place that is not in it is a bug of the core. */
Annex& annexOf(const uint8_t* core, uint32_t place, uint32_t bytes) {
  const auto found = annexes().find(core);
  if (found == annexes().end() || offsetOf(place) + bytes > found->second.bytes) refuse();
  return found->second;
}

/** A part of an annex that the core has written. */
uint8_t* placeOf(const uint8_t* core, uint32_t place, uint32_t bytes) {
  const std::lock_guard<std::mutex> held(lock);
  const Annex& annex = annexOf(core, place, bytes);
  if (annex.start == nullptr) refuse();
  return annex.start + offsetOf(place);
}

/** As `placeOf`, of an annex that may not have its addresses yet; nullptr if there are none. */
uint8_t* takePlace(const uint8_t* core, uint32_t place, uint32_t bytes) {
  const std::lock_guard<std::mutex> held(lock);
  Annex& annex = annexOf(core, place, bytes);
  if (annex.start == nullptr) {
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void* start = mmap(nullptr, annex.bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (start == MAP_FAILED) return nullptr;
    annex.start = static_cast<uint8_t*>(start);
  }
  return annex.start + offsetOf(place);
}

}  // namespace

void closeAnnex(const uint8_t* core) {
  const std::lock_guard<std::mutex> held(lock);
  const auto found = annexes().find(core);
  if (found == annexes().end()) return;
  if (found->second.start != nullptr) munmap(found->second.start, found->second.bytes);
  annexes().erase(found);
}

bool openAnnex(const uint8_t* core, uint64_t bytes) {
  closeAnnex(core);
  rlimit addresses;
  if (getrlimit(RLIMIT_AS, &addresses) != 0 || addresses.rlim_cur != RLIM_INFINITY) return false;
  const std::lock_guard<std::mutex> held(lock);
  annexes()[core] = {nullptr, bytes};
  return true;
}

}  // namespace farpage

uint32_t coreAnnexWrite(uint8_t* memory, uint32_t at, uint32_t place, uint32_t bytes) {
  uint8_t* to = farpage::takePlace(memory, place, bytes);
  if (to == nullptr) return 0;
  memcpy(to, memory + at, bytes);
  return 1;
}

void coreAnnexRead(uint8_t* memory, uint32_t place, uint32_t at, uint32_t bytes) {
  memcpy(memory + at, farpage::placeOf(memory, place, bytes), bytes);
}

void coreAnnexVacate(uint8_t* memory, uint32_t place, uint32_t bytes) {
  uint8_t* start = farpage::takePlace(memory, place, bytes);
  if (start != nullptr) madvise(start, bytes, MADV_DONTNEED);
}
