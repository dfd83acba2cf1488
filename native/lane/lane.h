// One connection to a Redis server over which pages are read without JavaScript: GET and MGET go out, bytes come into frames.
#pragma once
#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace farpage {

/** A page that the core has asked a store for. */
struct LaneRead {
  uint32_t region;
  uint32_t page;
  uint32_t frame;
  uint32_t generation;
  /** When it was asked for: nanoseconds of the monotonic clock. */
  uint64_t begun;
};

/** What a lane calls for a page that is whole in its frame. */
struct LaneSink {
  /** `ends`: it is the last page of its command. */
  void (*arrived)(void* to, const LaneRead& read, bool ends);
  void* to;
};

/**
 * Reads pages in the order in which they were asked for. It parses nothing: the reply is known except for the pages' bytes, so
 * each byte is either a page's, and goes into its frame, or is compared with the expected one.
 *
 *   GET    $4096 ␍␊ ‹frame› ␍␊
 *   MGET   *2 ␍␊ $4096 ␍␊ ‹frame› ␍␊ $4096 ␍␊ ‹frame› ␍␊
 *
 * Anything else breaks the lane: an error, a missing key, another length, a byte too many, the end of the connection. Then its
 * pages are for the JavaScript client, which finds out what is wrong; a frame that was begun is filled again from its start.
 *
 * No call blocks, allocates or throws.
 */
class Lane {
 public:
  /** Frames are `pageBytes` each, from `frames` on. Takes the descriptor, a connected socket that does not block. */
  Lane(int fd, const std::string& prefix, uint8_t* frames, size_t pageBytes);
  ~Lane();
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  static constexpr size_t WINDOW = 1024;
  static constexpr size_t MAX_PREFIX = 256;

  int descriptor() const { return fd_; }
  /** Pages that were asked for and have not come. */
  uint32_t outstanding() const { return end_ - first_; }
  /** Whether commands wait for room in the socket. */
  bool isUnsent() const { return outAt_ < outEnd_ || composed_ != end_; }
  /** Pages that came since it was opened. */
  uint64_t pages() const { return pages_; }

  /** Asks for a page at the next `send`. False: too many are outstanding. */
  bool add(const LaneRead& read);
  /** Sends what the socket takes. False: the lane is broken. */
  bool send();
  /** Reads what has come. False: the lane is broken. */
  bool receive(const LaneSink& sink);
  /** The oldest outstanding page, which will not come. Only of a broken lane. */
  bool takeBack(LaneRead* read);

  /**
   * Called at even intervals, after `receive`. False: it is broken, since no byte came in some intervals, or the oldest page
   * was asked for more than `maxAge` intervals ago.
   */
  bool tick(uint32_t maxAge);
  /** Intervals since the oldest outstanding page was asked for. */
  uint32_t age() const { return first_ == end_ ? 0 : ticks_ - slotOf(first_).tick; }

 private:
  struct Slot {
    LaneRead read;
    uint32_t tick;
    /** Pages of the command that begins with it; 0: it is inside one. */
    uint32_t begins;
    bool ends;
  };
  struct Literals;

  Slot& slotOf(uint32_t number) { return slots_[number % WINDOW]; }
  const Slot& slotOf(uint32_t number) const { return slots_[number % WINDOW]; }
  void compose();
  size_t plan(iovec* pieces, bool* whole);
  bool take(size_t bytes, const LaneSink& sink);
  size_t headOf(const Slot& slot, char* into) const;

  const int fd_;
  const std::string prefix_;
  uint8_t* const frames_;
  const size_t pageBytes_;
  const uint32_t pagesPerCommand_;
  /** "$4096\r\n" */
  std::string length_;
  std::vector<Slot> slots_;
  /** Numbers of pages; they only grow, mod 2^32. Commands are written for those before `composed_`. */
  uint32_t first_ = 0;
  uint32_t composed_ = 0;
  uint32_t end_ = 0;
  /** Bytes of the oldest page's reply that have come. */
  size_t at_ = 0;
  std::vector<char> out_;
  size_t outAt_ = 0;
  size_t outEnd_ = 0;
  std::vector<Literals> literals_;
  uint64_t pages_ = 0;
  uint32_t ticks_ = 0;
  uint32_t silent_ = 0;
  bool heard_ = false;
};

}  // namespace farpage
