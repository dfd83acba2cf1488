// Runs the loop's thread on the CPU of the thread that faults, as SCHED_IDLE, so that a fault needs no remote wake-up.
#pragma once
#include <pthread.h>
#include <sched.h>

#include <atomic>
#include <cstdint>

namespace farpage {

/**
 * A wake-up on another CPU costs several times the work of a fault, in both directions. So while faults come one after
 * another, the loop's thread is SCHED_IDLE and pinned to the CPU of the thread that faults. The scheduler treats a CPU that
 * runs only SCHED_IDLE threads as idle: the woken thread stays there and preempts the loop's.
 *
 *   begin ──▶ riding ──end, or no fault for a while──▶ not riding
 *               │ the guard: work waits, and no turn began or ended in a millisecond
 *               └──▶ raised: an ordinary thread on all CPUs again, and no riding for a pause
 *
 * Other threads of the CPU can starve a SCHED_IDLE thread, so another thread, the guard, checks each millisecond while it
 * rides. Raising needs CAP_SYS_NICE or an RLIMIT_NICE of 20; without either it never rides. The guard runs on the other CPUs:
 * a CPU on which it has just run does not count as idle for a moment, and the woken thread would move away.
 *
 * Only the loop's thread may call these.
 */
class Ride {
 public:
  ~Ride() { close(); }

  /** Whether this thread may ride: another thread tries once whether it can leave SCHED_IDLE. Call at most once. */
  bool open();

  /** Whether this thread had only one CPU when it was opened: then polling without blocking would keep others from it. */
  bool isOnOneCpu() const { return onOneCpu_; }

  /** Ends the ride and the guard. Idempotent. */
  void close();

  /**
   * Rides from now on with `thread`, which has just faulted. False if it does not: it may not, the CPU is unknown or outside
   * this thread's affinity, a pause is not over, or the faulting threads change their CPU too often. Faults arrive on the
   * descriptor `faults`, everything else on `others`.
   */
  bool begin(uint32_t thread, int faults, int others);

  /** Ends the ride: an ordinary thread on all its CPUs again. */
  void end();

  /** Brackets a turn. */
  void turnBegins() { advance(); }
  void turnEnds() { advance(); }

  struct Figures {
    uint64_t rides;
    uint64_t moves;
    uint64_t raised;
  };
  /** Since it was opened. */
  Figures figures() const { return {rides_, moves_, raisedCount_.load(std::memory_order_relaxed)}; }

 private:
  /**
   *            begin                 begin: SCHED_IDLE, pinned
   *   QUIET, ASLEEP ──▶ STARTING ─────────────────────────────▶ RIDING ──the guard──▶ RAISING ──▶ QUIET
   *      ▲                 │ end                                  │ end
   *      └─────────────────┴──────────────────────────────────────┘
   *
   * The guard alone makes ASLEEP and RAISING, and leaves STARTING as it is: it only makes the thread ordinary again, as often as
   * needed. So whenever the thread is SCHED_IDLE a guard is awake that will raise it. It reads `allowed_`, which changes only while it is ASLEEP.
   */
  enum State : uint32_t { QUIET, ASLEEP, STARTING, RIDING, RAISING, CLOSING };

  static void* guard(void* self);
  void keepWatch();
  bool isStuck(uint64_t* last) const;
  void makeOrdinary();
  void raise();
  void rest();
  bool follow(uint32_t thread);
  void keepGuardOff(int cpu);
  void forgetThread();
  int cpuOf(uint32_t thread);
  void advance() { progress_.store(progress_.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

  /** Turns begun and ended: odd while one is under way. */
  std::atomic<uint64_t> progress_{0};
  /** A futex: the guard sleeps on ASLEEP. */
  std::atomic<uint32_t> state_{QUIET};
  std::atomic<uint64_t> raisedCount_{0};
  std::atomic<int> faults_{-1};
  std::atomic<int> others_{-1};
  pthread_t guard_ = {};
  bool able_ = false;
  bool onOneCpu_ = false;
  bool riding_ = false;
  int loop_ = 0;
  cpu_set_t allowed_ = {};
  int cpu_ = -1;
  uint32_t thread_ = 0;
  /** /proc/…/stat of `thread_`, open while riding. */
  int stat_ = -1;
  uint32_t sinceLook_ = 0;
  uint32_t unrest_ = 0;
  uint64_t restsUntil_ = 0;
  uint64_t pause_ = 0;
  uint64_t rides_ = 0;
  uint64_t moves_ = 0;
};

}  // namespace farpage
