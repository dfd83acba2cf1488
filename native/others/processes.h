// Memory of other processes: for each, a userfaultfd that it has handed over. Its messages are read here, its pages are
// filled from here; what only the process itself may do, moving victims out, its agent does on request (preload/agent.h).
#pragma once
#include <linux/userfaultfd.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "layout.h"
#include "others/touches.h"
#include "record.h"

struct farpage_control;

namespace farpage {

class Remotes {
 public:
  explicit Remotes(uint8_t* core) : core_(core) {}
  ~Remotes();
  Remotes(const Remotes&) = delete;
  Remotes& operator=(const Remotes&) = delete;

  /** 0 or an errno. To be called once, before anything else. */
  int open();
  /** Readable while a remote has messages; stays the same. */
  int descriptor() const { return epoll_; }
  /** As `descriptor`, but the remote's own where there is but one: one system call less for a fault. */
  int waitDescriptor() const;
  bool any() const { return count_ != 0; }

  // A remote has the number of its region in the core. Descriptors given are duplicated. 0 or an errno.
  /** `spaced`: messages carry the region, as their space. */
  int add(uint32_t region, int userfaultfd, bool spaced);
  /**
   * `control` and `window`: the memfiles that this agent and the pager share, and nobody else; `program`: a pidfd of the
   * process, or -1.
   */
  int setAgent(uint32_t region, int socket, int control, int window, int program);
  void setMailbox(uint32_t region, uint64_t mailbox);
  /** While it is paused the agent is asked for nothing: its process is stopped. */
  void pauseAgent(uint32_t region, bool paused);
  /** Of a guest: what its faults touch. */
  Touches& touches() { return touches_; }
  /** The userfaultfd's number here; -1: there is none. */
  int of(uint32_t region) const { return remotes_[region] ? remotes_[region]->fd : -1; }
  bool isSpace(uint32_t region) const { return remotes_[region] && remotes_[region]->spaced; }
  /** The space without an agent whose mailbox this thread has touched; 0: none; REGION_LIMIT: there was no number for it. */
  uint32_t findFork(uint32_t tid) const;
  void remove(uint32_t region);
  void removeAll();
  /** An ioctl said that the process is gone. */
  void died(uint32_t region);
  /** Remotes whose process is gone, each told once. */
  std::vector<uint32_t> takeDead();
  /** The thread of the last fault read. */
  uint32_t lastThread() const { return lastThread_; }

  /** Messages, without waiting; returns how many. A fork is a space of its own from then on. */
  uint32_t read(uffd_msg* into, uint32_t room);

  /**
   * Runs OP_TAKE records of one space: its agent moves the victims into the window, from where they are copied into their frames. Waits for it: the next event may
   * only be read when no move is under way (the process may map something else there once it is).
   */
  void take(uint32_t region, Record* const* records, uint32_t count);
  /** Messages were read beside that, and wait for the next `read`. */
  bool holds() const { return !held_.empty(); }

 private:
  struct Remote {
    int fd = -1;
    bool spaced = false;
    bool dead = false;
    uint64_t mailbox = 0;
    uint32_t mailboxTid = 0;
    int socket = -1;
    farpage_control* control = nullptr;
    uint8_t* window = nullptr;
    int program = -1;
    /** It has not taken a request up in time, and is not asked until it has been heard of. */
    bool silent = false;
    bool paused = false;
    /** Requests since the window was last looked at, and whether it holds memory. */
    bool windowUsed = false;
    bool windowFull = false;
    /** An ancestor has asked for memory that its forks do not inherit. */
    bool forkAdvice = false;
    bool asksForGaps() const;
    ~Remote();
  };

  int adopt(uint32_t region, int fd, bool spaced);
  uint32_t readOne(uint32_t region, uffd_msg* into, uint32_t room);
  void takeFork(const Remote& parent, uffd_msg& message, bool looked);
  // forks.cc
  ssize_t readAfterLook(const Remote& remote, uffd_msg* into);
  void findGaps(const Remote& parent);
  void reportGaps(const Remote& parent, uffd_msg& message, bool looked);
  bool refuse(int fd, uint64_t mailbox);
  void answerRefused(int fd);
  uint32_t freeNumber() const;
  enum class Answer { given, none, ended };
  static void settle(Record& record, int64_t bytes, int error);
  /** `isProtected`: the request's one run is in memory that the kernel does not move from. */
  Answer ask(uint32_t region, uint32_t runs, bool isProtected);
  // protected.cc
  void takeProtected(uint32_t region, Record** records, uint32_t count);
  uint32_t askProtected(uint32_t region, uint64_t from, uint32_t pages, int* error);
  bool readBeside(uint32_t region, bool* seen);
  void hold(const uffd_msg& message);
  void quieten();
  uint32_t readHeld(uffd_msg* into, uint32_t room);
  bool putBack(uint32_t region, uint64_t address, uint32_t pages);
  static void endProgram(const Remote& remote);
  void emptyWindows();

  uint8_t* core_;
  int epoll_ = -1;
  uint32_t count_ = 0;
  uint32_t only_ = 0;
  uint32_t lastThread_ = 0;
  /** Of the gaps in the core's memory: those in use, and those of the process whose fork may be read next. */
  uint32_t gapsUsed_ = 0;
  uint32_t gapsFirst_ = 0;
  uint32_t gapsCount_ = 0;
  std::unique_ptr<Remote> remotes_[layout::REGION_LIMIT];
  std::vector<uint32_t> dead_;
  Touches touches_;
  /** What was read while an agent worked, an eventfd that is readable while there is some, and what of it is an event. */
  std::vector<uffd_msg> held_;
  int heldReady_ = -1;
  bool heldEvent_ = false;
  /** The children of forks that were read so. */
  std::vector<uint32_t> heldForks_;
  /** A fork that there was no number for. Its descriptor is kept: with it closed the kernel would give the fork zeros. */
  struct Refused {
    int fd;
    uint64_t mailbox;
    uint32_t tid;
  };
  std::vector<Refused> refused_;
};

}  // namespace farpage
