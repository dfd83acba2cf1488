// Remotes: memory of other processes, each with a userfaultfd that the process handed over. Its messages are read and its
// pages filled here; moving victims out, which only the process itself may do, its agent does on request (programs/preload/agent.h).
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

  /** 0 or an errno. Call once, before anything else. */
  int open();
  /** Readable while a remote has messages; stays the same. */
  int descriptor() const { return epoll_; }
  /** As `descriptor`, but the remote's own if there is only one: saves a system call per fault. */
  int waitDescriptor() const;
  bool any() const { return count_ != 0; }

  // A remote has the number of its region in the core. Descriptors passed in are duplicated. 0 or an errno.
  /** `spaced`: its messages carry the region's number, as their space. */
  int add(uint32_t region, int userfaultfd, bool spaced);
  /**
   * `control` and `window`: memfiles that only this agent and the pager map; `program`: a pidfd of the
   * process, or -1.
   */
  int setAgent(uint32_t region, int socket, int control, int window, int program);
  void setMailbox(uint32_t region, uint64_t mailbox);
  /** A paused agent gets no requests: its process is stopped. */
  void pauseAgent(uint32_t region, bool paused);
  /** For a guest: the pages that its faults touch. */
  Touches& touches() { return touches_; }
  /** The descriptor of the userfaultfd; -1: there is none. */
  int of(uint32_t region) const { return remotes_[region] ? remotes_[region]->fd : -1; }
  bool isSpace(uint32_t region) const { return remotes_[region] && remotes_[region]->spaced; }
  /** The space without an agent whose mailbox this thread has touched; 0: none; REGION_LIMIT: there was no number for it. */
  uint32_t findFork(uint32_t tid, uint32_t ticket) const;
  /** The thread has ended: `findFork` finds no fork by its touch any more. */
  void forgetKnock(uint32_t tid, uint32_t ticket);
  void remove(uint32_t region);
  void removeAll();
  /** An ioctl failed because the process is gone (ESRCH). */
  void died(uint32_t region);
  /** Remotes whose process is gone, each reported once. */
  std::vector<uint32_t> takeDead();
  /** The thread of the last fault read. */
  uint32_t lastThread() const { return lastThread_; }

  /** Reads messages without blocking; returns how many. A fork becomes a space of its own. */
  uint32_t read(uffd_msg* into, uint32_t room);

  /**
   * Runs OP_TAKE records of one space: its agent moves the victims into the window, and they are copied from there into their
   * frames. Waits for the agent, and no event may be read during a move: the process could map other memory there after it.
   */
  void take(uint32_t region, Record* const* records, uint32_t count);
  /** Whether messages were read meanwhile; they wait for the next `read`. */
  bool holds() const { return !held_.empty(); }

 private:
  /** Which thread has touched which page of a mailbox; 0: none. */
  struct Knock {
    uint32_t tid = 0;
    uint32_t ticket = 0;
    bool is(uint32_t thread, uint32_t page) const { return tid != 0 && tid == thread && ticket == page; }
  };
  struct Remote {
    int fd = -1;
    bool spaced = false;
    bool dead = false;
    uint64_t mailbox = 0;
    Knock knock;
    int socket = -1;
    farpage_control* control = nullptr;
    uint8_t* window = nullptr;
    int program = -1;
    /** The agent did not take a request up in time, and gets none until it sends something. */
    bool silent = false;
    bool paused = false;
    /** Requests since the window was last checked, and whether it holds memory. */
    bool windowUsed = false;
    bool windowFull = false;
    /** The process or an ancestor asked for memory that its forks do not inherit. */
    bool forkAdvice = false;
    bool asksForGaps() const;
    ~Remote();
  };

  int adopt(uint32_t region, int fd, bool spaced);
  static bool note(const uffd_msg& fault, uint64_t mailbox, Knock& knock);
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
  /** `isProtected`: the request's only run is in memory that UFFDIO_MOVE does not move. */
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
  /** Gaps in the core memory: the number in use, and the number for the process whose fork may be read next. */
  uint32_t gapsUsed_ = 0;
  uint32_t gapsFirst_ = 0;
  uint32_t gapsCount_ = 0;
  std::unique_ptr<Remote> remotes_[layout::REGION_LIMIT];
  std::vector<uint32_t> dead_;
  Touches touches_;
  /** Messages read while an agent worked, an eventfd that is readable while there are any, and how many are events. */
  std::vector<uffd_msg> held_;
  int heldReady_ = -1;
  bool heldEvent_ = false;
  /** The children of forks among these. */
  std::vector<uint32_t> heldForks_;
  /** A fork for which no number was free. Its descriptor stays open: if it were closed, the fork would read zeros. */
  struct Refused {
    int fd;
    uint64_t mailbox;
    Knock knock;
  };
  std::vector<Refused> refused_;
};

}  // namespace farpage
