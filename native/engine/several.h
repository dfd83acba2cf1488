// Whether several threads serve their own faults, in turn: then other CPUs run threads of this process, and a page that is moved
// interrupts them.
#pragma once
#include <algorithm>
#include <cstdint>

namespace farpage {

class Several {
 public:
  /** `thread` takes a turn; the lock's holder notes that. */
  bool note(uint64_t thread) {
    score_ = thread == last_ ? std::max(score_ - 1, 0) : std::min(score_ + CHANGE, MOST);
    last_ = thread;
    if (score_ == 0) several_ = false;
    else if (score_ >= ENOUGH) several_ = true;
    return several_;
  }

 private:
  // Threads that take turns on one CPU change a few hundred times a second, and count as one.
  static constexpr int CHANGE = 8;
  static constexpr int ENOUGH = 32;
  static constexpr int MOST = 64;

  uint64_t last_ = 0;
  int score_ = 0;
  bool several_ = false;
};

}  // namespace farpage
