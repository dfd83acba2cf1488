// The lanes of one engine: takes their requests out of the core's request ring, and gives the core the pages that came.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lane/lane.h"
#include "layout.h"

namespace farpage {

/** A lane that is broken, or was closed, and the pages that it still owed. */
struct LostLane {
  /** 0: that of all spaces. */
  uint32_t region = 0;
  /** REQUEST_READ_SOURCE or REQUEST_READ_STORE. */
  uint32_t kind = 0;
  /** Milliseconds that its oldest page has been waited for. */
  uint32_t waited = 0;
  /** Pages that came over it. */
  uint64_t pages = 0;
  std::vector<LaneRead> owed;
};

/** A faulting thread's right to be the only one that waits for a lane's replies. */
struct LaneClaim {
  /** 0: none. */
  uint64_t number = 0;
  int descriptor = -1;
};

/**
 * The loop waits for replies, and watches the lane's descriptor; or under inline faults the thread that asked for a page
 * while the lane owed none. A lane that owes pages is watched or claimed.
 */
class Lanes {
 public:
  explicit Lanes(uint8_t* core) : core_(core) {}
  virtual ~Lanes();
  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;

  /** 0 or an errno. Call once, before anything else. `patience`: milliseconds for a page, at most. */
  int begin(uint32_t patience);

  /**
   * From now on a region's requests of this kind go over the connection `fd`, which is duplicated; region 0: those of all
   * spaces. There must be no such lane. 0 or an errno.
   */
  int open(uint32_t region, uint32_t kind, int fd, const std::string& prefix);
  /** False: there is no such lane. */
  bool close(uint32_t region, uint32_t kind, LostLane* lost);
  /** Closes all, for a process that ends or a loop that is over. */
  void closeAll();

  /** Readable while one has bytes for us, was closed at the other end, or has room for a command that waits for it. */
  int descriptor() const { return epoll_; }
  /** As `descriptor`; that of the only lane if there is but one. */
  int waitDescriptor() const { return lanes_.size() == 1 && !lanes_[0]->isBlocked ? lanes_[0]->lane.descriptor() : epoll_; }
  bool any() const { return !lanes_.empty(); }
  /** Pages that all lanes owe. */
  uint32_t outstanding() const { return outstanding_; }
  /** Milliseconds between two calls of `tick` while pages are outstanding. */
  uint32_t interval() const { return interval_; }

  /**
   * Takes the requests for lanes out of the request ring and sends their commands; the others stay, in order. What turns call is
   * virtual, so that they can be linked without lanes.
   */
  virtual void takeRequests(bool (*spaced)(void* to, uint32_t region), void* to);
  /** Gives the core what has come over lanes that are not claimed. True if it has pages to install. */
  bool receive();
  /** Where the times of calls are counted: see engine/meters.h. */
  void useMeters(uint8_t* meters) { meters_ = meters; }
  void tick();
  /** Pages are outstanding, and nobody would notice that they do not come: the loop does not call `tick`. */
  bool isUntimed() const { return !timed_ && outstanding_ != 0; }
  void setTimed(bool timed) { timed_ = timed; }

  /** The next `takeRequests` may be followed by `takeClaim`, under the same lock. */
  void offerClaim() { offered_ = true; }
  /** The claim to the lane that owed no page before the last `takeRequests`, if any. The loop does not watch it from now on. */
  virtual LaneClaim takeClaim();
  /** False: the lane is gone. */
  virtual bool holds(const LaneClaim& claim) const { return claimed(claim) != nullptr; }
  /** As `receive`, over the claimed lane. */
  virtual bool receiveFor(const LaneClaim& claim);
  /** The loop watches the lane again if it owes pages. */
  virtual void release(const LaneClaim& claim);

  /** Lanes that are broken and that `takeLost` has not returned. */
  bool anyLost() const { return !broken_.empty(); }
  std::vector<LostLane> takeLost();

 private:
  struct Entry {
    Entry(uint32_t region, uint32_t kind, int fd, const std::string& prefix, uint8_t* frames, size_t pageBytes)
        : region(region), kind(kind), lane(fd, prefix, frames, pageBytes) {}
    uint32_t region;
    uint32_t kind;
    Lane lane;
    /** Its descriptor is polled for room to write, too. */
    bool isBlocked = false;
    /** Its descriptor is polled at all. */
    bool isWatched = true;
    /** The number of its claim; 0: none. */
    uint64_t claim = 0;
  };

  uint64_t& counter(uint32_t region, uint32_t number);
  Entry* find(uint32_t region, uint32_t kind) const;
  void receiveFrom(Entry& entry);
  void send(Entry& entry);
  void lose(Entry& entry);
  std::unique_ptr<Entry> take(Entry& entry);
  LostLane owedBy(Entry& entry) const;
  void poll(Entry& entry, bool watched, bool room);
  Entry* claimed(const LaneClaim& claim) const;
  static void arrived(void* self, const LaneRead& read, bool ends);

  uint8_t* const core_;
  uint8_t* meters_ = nullptr;
  int epoll_ = -1;
  uint32_t interval_ = 0;
  uint32_t maxAge_ = 0;
  uint32_t outstanding_ = 0;
  bool timed_ = false;
  /** Pages that came in the present `receive`. */
  uint32_t came_ = 0;
  std::vector<std::unique_ptr<Entry>> lanes_;
  std::vector<std::unique_ptr<Entry>> broken_;
  bool offered_ = false;
  Entry* claimable_ = nullptr;
  uint64_t claims_ = 0;
};

}  // namespace farpage
