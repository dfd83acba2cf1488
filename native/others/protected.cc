// Victims in memory that the kernel moves no pages from (preload/shelf.c): the agent takes them by mremap(2), and waits in that
// for its event to be read. So what comes is read here meanwhile, and held for the core.
#include <poll.h>
#include <sys/eventfd.h>
#include <time.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kernel/uffd.h"
#include "others/processes.h"
#include "programs/preload/agent.h"

namespace farpage {

using namespace layout;

namespace {

constexpr uint64_t PAGE = 4096;
constexpr timespec BESIDE_LOOK = {0, 100 * 1000};
constexpr timespec NO_LOOK = {0, 0};
// For a page that goes back, while the address space changes: the thread that changes it needs the CPU, and its event read.
constexpr int CHANGING_TRIES = 20000;
constexpr long CHANGING_PAUSE = 100 * 1000;  // ns

uint64_t nextOf(const Record& record) { return record.source + static_cast<uint64_t>(record.done); }

uint32_t leftOf(const Record& record) { return record.count - static_cast<uint32_t>(static_cast<uint64_t>(record.done) / PAGE); }

}  // namespace

void Remotes::hold(const uffd_msg& message) {
  if (message.event != UFFD_EVENT_PAGEFAULT) heldEvent_ = true;
  if (message.event == UFFD_EVENT_FORK && message.arg.fork.ufd != 0) heldForks_.push_back(message.arg.fork.ufd);
  held_.push_back(message);
  // It is full or readable already where that fails.
  eventfd_write(heldReady_, 1);
}

uint32_t Remotes::readHeld(uffd_msg* into, uint32_t room) {
  const auto count = static_cast<uint32_t>(std::min<size_t>(room, held_.size()));
  std::copy_n(held_.begin(), count, into);
  held_.erase(held_.begin(), held_.begin() + count);
  if (held_.empty()) quieten();
  return count;
}

void Remotes::quieten() {
  eventfd_t ignored = 0;
  eventfd_read(heldReady_, &ignored);
}

// Reads until the event of the agent's own is there, for a moment. True once that is the first time.
bool Remotes::readBeside(uint32_t region, bool* seen) {
  const Remote& remote = *remotes_[region];
  const farpage_control& control = *remote.control;
  const farpage_run& run = control.runs[0];
  pollfd polled = {remote.fd, POLLIN, 0};
  if (ppoll(&polled, 1, *seen ? &NO_LOOK : &BESIDE_LOOK, nullptr) != 1) return false;
  uffd_msg message = {};
  while (readOne(region, &message, 1) == 1) {
    const bool moves = message.event == UFFD_EVENT_REMAP && message.arg.remap.from == run.source &&
                       message.arg.remap.to == control.shelf;
    const uint64_t end = __atomic_load_n(&control.returned_end, __ATOMIC_ACQUIRE);
    const bool returns = message.event == UFFD_EVENT_UNMAP && end != 0 &&
                         message.arg.remove.start == control.returned_start && message.arg.remove.end == end;
    if (moves || returns) {
      *seen = true;
      return true;
    }
    hold(message);
  }
  return false;
}

// Pages of the window, into their places in the process and in the forks that were made meanwhile: what the core knows of
// them holds again. True where they are there, or nothing can be there any more.
bool Remotes::putBack(uint32_t region, uint64_t address, uint32_t pages) {
  const uint8_t* window = remotes_[region]->window;
  std::vector<uint32_t> owners = heldForks_;
  owners.push_back(region);
  bool all = true;
  for (const uint32_t owner : owners) {
    int tries = 0;
    for (uint32_t i = 0; i < pages && remotes_[owner];) {
      const auto source = reinterpret_cast<uint64_t>(window + i * PAGE);
      const int error = copyPages(remotes_[owner]->fd, address + i * PAGE, source, PAGE, 0).error;
      if (error == EAGAIN && tries++ < CHANGING_TRIES) {
        uffd_msg message = {};
        while (readOne(owner, &message, 1) == 1) hold(message);
        const timespec pause = {0, CHANGING_PAUSE};
        nanosleep(&pause, nullptr);
        continue;
      }
      if (error == ENOMEM || error == EAGAIN) all = false;
      i++;
    }
  }
  return all;
}

// One request for adjacent pages; how many of them are in the window, and what stopped the next one: 0 where that is to be
// asked for again.
uint32_t Remotes::askProtected(uint32_t region, uint64_t from, uint32_t pages, int* error) {
  Remote& remote = *remotes_[region];
  remote.control->runs[0] = {from, 0, pages, 0, 0, 0, 0};
  remote.control->returned_end = 0;
  heldEvent_ = false;
  heldForks_.clear();
  const Answer answer = ask(region, 1, true);
  if (answer != Answer::given) {
    *error = answer == Answer::none ? EBUSY : ESRCH;
    if (answer == Answer::none) return 0;
    endProgram(remote);
    died(region);
    return 0;
  }
  remote.windowUsed = remote.windowFull = true;
  const farpage_run run = remote.control->runs[0];
  const uint32_t done = std::min(run.done, pages);
  *error = done == pages ? 0 : run.error > 0 && run.error < 4096 ? run.error : done == 0 ? EAGAIN : 0;
  // A fork was made while the agent worked: whether before or after, the core takes all these pages for resident in both.
  if (heldForks_.empty()) return done;
  if (!putBack(region, from, std::min(std::max(run.copied, done), pages))) {
    endProgram(remote);
    died(region);
  }
  *error = EAGAIN;
  return 0;
}

void Remotes::takeProtected(uint32_t region, Record** records, uint32_t count) {
  std::sort(records, records + count, [](const Record* a, const Record* b) { return nextOf(*a) < nextOf(*b); });
  uint32_t first = 0;
  heldEvent_ = false;
  // Once an event is read its thread goes on, and may have something else mapped there.
  while (first < count && !heldEvent_ && remotes_[region] && !remotes_[region]->dead) {
    const uint64_t from = nextOf(*records[first]);
    uint32_t pages = 0;
    for (uint32_t i = first; i < count && nextOf(*records[i]) == from + pages * PAGE; i++) pages += leftOf(*records[i]);
    pages = std::min<uint32_t>(pages, FARPAGE_REQUEST_PAGES);
    int error = 0;
    const uint32_t done = askProtected(region, from, pages, &error);
    const uint8_t* window = remotes_[region]->window;
    for (uint32_t place = 0; place < done;) {
      Record& record = *records[first];
      const uint32_t part = std::min(leftOf(record), done - place);
      std::memcpy(reinterpret_cast<void*>(record.target + static_cast<uint64_t>(record.done)), window + place * PAGE, part * PAGE);
      place += part;
      record.done += static_cast<int64_t>(part * PAGE);
      if (leftOf(record) > 0) break;
      settle(record, record.done, 0);
      first++;
    }
    // What is refused as a whole, sealed memory say, is refused for each page of it.
    uint32_t left = error == 0 ? 0 : error == EINVAL && done == 0 ? pages : 1;
    for (; left > 0 && first < count; first++) {
      left -= std::min(left, leftOf(*records[first]));
      settle(*records[first], records[first]->done, error);
    }
  }
  for (; first < count; first++) settle(*records[first], records[first]->done, EAGAIN);
}

}  // namespace farpage
