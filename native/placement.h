// On which CPU the loop's thread runs. Waking a thread on another CPU costs several times the fault itself, so where one
// thread does all the touching, the loop goes where that thread is; where several do, the scheduler decides.
#pragma once
#include <sched.h>

#include <cstdint>

namespace farpage {

class Placement {
 public:
  /** The calling thread stays on this CPU. Returns 0 or an errno. */
  int pin(int cpu);
  /** Called on the loop's thread, for each turn, with the thread that faulted first in it. */
  void saw(uint32_t thread);

 private:
  void follow(uint32_t thread);
  void release();

  // One thread must have faulted alone for so many turns before it is followed, and is looked for again as often.
  static constexpr uint32_t TURNS = 128;
  cpu_set_t allowed_;
  bool pinned_ = false;
  bool known_ = false;
  int following_ = -1;
  uint32_t thread_ = 0;
  uint32_t turns_ = 0;
};

}  // namespace farpage
