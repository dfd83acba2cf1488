// Views: mappings of a shared region in attached processes. Each process mapped the region's memfile, registered the range
// with a userfaultfd of its own and sent a duplicate. Its faults are read here and passed to the core as faults of the
// region; changes to the region's pages are repeated in its page table. The core does not know of views.
#pragma once
#include <linux/userfaultfd.h>

#include <cstdint>
#include <vector>

namespace farpage {

class Views {
 public:
  explicit Views(uint8_t* core) : core_(core) {}
  ~Views();
  Views(const Views&) = delete;
  Views& operator=(const Views&) = delete;

  /** 0 or an errno. Call once, before anything else. */
  int open();
  /** Readable while a view has messages, or its process is gone. */
  int descriptor() const { return epoll_; }
  bool any() const { return !views_.empty(); }

  /**
   * A view of `length` bytes at `base` of its own process. The descriptors are duplicated; the socket's other end closes
   * when the process is gone. 0, or an errno: ENOENT: nothing is registered there, ESRCH: the process is gone.
   */
  int add(uint32_t region, int fd, int socket, uint64_t base, uint64_t length);

  /** Reads messages of views, as if the region's own memory had been touched. Does not block; returns how many. */
  uint32_t read(uffd_msg* into, uint32_t room);

  /** The offset in its region of an address of this process. */
  uint64_t offsetOf(uint32_t region, uint64_t address) const;

  // The following calls apply to every view of the region, at `offset` in it. A view that refuses has lost its process or its
  // mapping: it is dropped, and its process, if there is one, learns that from its socket.
  void protect(uint32_t region, uint64_t offset, uint64_t length);
  void unprotect(uint32_t region, uint64_t offset, uint64_t length);
  void wakeUp(uint32_t region, uint64_t offset, uint64_t length);
  void poison(uint32_t region, uint64_t offset, uint64_t length);

  /** The region is closed, its absent pages poisoned: views are ordinary memory from now on; their processes are notified. */
  void dismiss(uint32_t region);
  /** Stops serving the views: their processes learn that from the end of their sockets. */
  void abandon();

 private:
  struct View {
    uint64_t id;
    uint32_t region;
    int fd;
    int socket;
    uint64_t base;
    uint64_t length;
    bool dropped;
  };

  template <typename Act>
  void each(uint32_t region, Act act);
  uint32_t readOne(View& view, uffd_msg* into, uint32_t room);
  bool translate(View& view, uffd_msg& message);
  uint64_t addressOf(uint32_t region, uint64_t offset) const;
  void drop(View& view);
  void sweep();

  uint8_t* core_;
  int epoll_ = -1;
  uint64_t next_ = 1;
  std::vector<View> views_;
};

}  // namespace farpage
