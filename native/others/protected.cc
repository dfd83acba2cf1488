// Victims in memory that UFFDIO_MOVE does not move (preload/shelf.c): the agent takes them by mremap(2), which blocks until
// its event is read. So messages are read here meanwhile, and held for the core.
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
// Retries for a page that goes back while the address space changes: the changing thread needs the CPU, and its event read.
constexpr int CHANGING_TRIES = 20000;
constexpr long CHANGING_PAUSE = 100 * 1000;  // ns

uint64_t nextOf(const Record& record) { return record.source + static_cast<uint64_t>(record.done); }

uint32_t leftOf(const Record& record) { return record.count - static_cast<uint32_t>(static_cast<uint64_t>(record.done) / PAGE); }

}  // namespace

void Remotes::hold(const uffd_msg& message) {
  if (message.event != UFFD_EVENT_PAGEFAULT) heldEvent_ = true;
  if (message.event == UFFD_EVENT_FORK && message.arg.fork.ufd != 0) heldForks_.push_back(message.arg.fork.ufd);
  held_.push_back(message);
  // A write fails only if the eventfd is full, and then it is readable already.
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

// Reads, for a short time, until the agent's own event arrives. True the first time that it has.
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

// Puts pages of the window back into the process, and into forks made meanwhile, so that the core's state is true again.
// True if they are present, or can no longer be mapped there.
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

// Sends one request for adjacent pages. Returns how many are in the window, and the errno that stopped the next one; 0: ask
// for it again.
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
  // The process forked while the agent worked: the core counts all these pages as resident in parent and child.
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
  // Once an event is read its thread runs, and may map other memory there.
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
    // A refusal of the whole range (sealed memory, say) holds for each page of it.
    uint32_t left = error == 0 ? 0 : error == EINVAL && done == 0 ? pages : 1;
    for (; left > 0 && first < count; first++) {
      left -= std::min(left, leftOf(*records[first]));
      settle(*records[first], records[first]->done, error);
    }
  }
  for (; first < count; first++) settle(*records[first], records[first]->done, EAGAIN);
}

}  // namespace farpage
