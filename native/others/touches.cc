// Notes a guest's first touches and stray faults as its messages are read. Allocates nothing on the fault path.
#include "others/touches.h"

#include <algorithm>
#include <utility>

namespace farpage {

void Touches::begin(std::vector<Part> parts, uint64_t pageBytes, bool noted) {
  parts_ = std::move(parts);
  last_ = 0;
  pageBytes_ = pageBytes;
  noted_ = noted;
  strayCount_ = 0;
  pages_.clear();
  uint64_t held = 0;
  uint64_t past = 0;
  for (const Part& part : parts_) {
    const uint64_t pages = (part.end - part.start) / pageBytes;
    held += pages;
    past = std::max(past, part.firstPage + pages);
  }
  if (!noted) return;
  seen_.assign(past / 8 + 1, 0);
  pages_.reserve(held);
}

void Touches::note(uint64_t address) {
  if (parts_.empty()) return;
  const auto holds = [address](const Part& part) { return address >= part.start && address < part.end; };
  if (!holds(parts_[last_])) {
    const auto found = std::find_if(parts_.begin(), parts_.end(), holds);
    if (found == parts_.end()) {
      if (strayCount_ < STRAY_LIMIT) strays_[strayCount_++] = address & ~(pageBytes_ - 1);
      return;
    }
    last_ = static_cast<size_t>(found - parts_.begin());
  }
  if (!noted_) return;
  const Part& part = parts_[last_];
  const uint64_t page = part.firstPage + (address - part.start) / pageBytes_;
  const auto bit = static_cast<uint8_t>(1 << (page & 7));
  if ((seen_[page / 8] & bit) != 0) return;
  seen_[page / 8] |= bit;
  pages_.push_back(static_cast<uint32_t>(page));
}

std::vector<uint64_t> Touches::takeStrays() {
  std::vector<uint64_t> strays(strays_, strays_ + strayCount_);
  strayCount_ = 0;
  return strays;
}

}  // namespace farpage
