// Records a guest's faults as they are read: the order of first touches, and addresses outside its memory.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace farpage {

class Touches {
 public:
  struct Part {
    uint64_t start;
    uint64_t end;
    uint64_t firstPage;
  };

  /** `noted`: whether first touches are recorded. Allocates everything here. */
  void begin(std::vector<Part> parts, uint64_t pageBytes, bool noted);
  /** Allocates nothing. */
  void note(uint64_t address);
  /** Pages in the order of their first faults. */
  const std::vector<uint32_t>& pages() const { return pages_; }
  bool anyStray() const { return strayCount_ != 0; }
  /** Pages of faults outside all parts: the first few since the last call. */
  std::vector<uint64_t> takeStrays();

 private:
  static constexpr size_t STRAY_LIMIT = 16;

  std::vector<Part> parts_;
  size_t last_ = 0;
  uint64_t pageBytes_ = 4096;
  bool noted_ = false;
  std::vector<uint8_t> seen_;
  std::vector<uint32_t> pages_;
  uint64_t strays_[STRAY_LIMIT] = {};
  size_t strayCount_ = 0;
};

}  // namespace farpage
