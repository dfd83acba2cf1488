// Lanes by region and kind of request: see lanes.h.
#include "engine/lanes.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core-memory.h"
#include "core/core.h"
#include "engine/command.h"
#include "engine/meters.h"

namespace farpage {

using namespace layout;

namespace {

/** A lane gives up long before the patience is over: the JavaScript client has the rest of it. */
constexpr uint32_t INTERVALS_OF_PATIENCE = 16;
constexpr uint32_t MAX_INTERVAL = 250;
constexpr uint32_t MIN_INTERVAL = 5;
constexpr uint32_t MAX_AGE = 10'000;

/** Lanes that are asked for replies at a time. */
constexpr int BATCH = 16;

uint64_t recordAt(uint32_t number) { return REQUESTS_AT + uint64_t{number & REQUEST_MASK} * REQUEST_BYTES; }

}  // namespace

Lanes::~Lanes() {
  closeAll();
  if (epoll_ >= 0) ::close(epoll_);
}

int Lanes::begin(uint32_t patience) {
  interval_ = std::clamp(patience / INTERVALS_OF_PATIENCE, MIN_INTERVAL, MAX_INTERVAL);
  maxAge_ = std::min(patience / 2, MAX_AGE) / interval_;
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  return epoll_ < 0 ? errno : 0;
}

uint64_t& Lanes::counter(uint32_t region, uint32_t number) {
  const uint64_t counters = REGIONS_AT + uint64_t{region % REGION_LIMIT} * REGION_BYTES + REGION_COUNTERS_AT;
  return at<uint64_t>(core_, counters + number * sizeof(uint64_t));
}

Lanes::Entry* Lanes::find(uint32_t region, uint32_t kind) const {
  for (const auto& entry : lanes_) {
    if (entry->region == region && entry->kind == kind) return entry.get();
  }
  return nullptr;
}

int Lanes::open(uint32_t region, uint32_t kind, int fd, const std::string& prefix) {
  if (region >= REGION_LIMIT || prefix.size() > Lane::MAX_PREFIX || find(region, kind) != nullptr) return EINVAL;
  const int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return errno;
  const int flags = fcntl(own, F_GETFL);
  uint8_t* frames = core_ + at<uint32_t>(core_, FRAME_DATA_AT);
  const size_t pageBytes = size_t{1} << at<uint32_t>(core_, PAGE_SHIFT_AT);
  // Has the descriptor from here on.
  auto entry = std::make_unique<Entry>(region, kind, own, prefix, frames, pageBytes);
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.ptr = entry.get();
  if (flags < 0 || fcntl(own, F_SETFL, flags | O_NONBLOCK) != 0 || epoll_ctl(epoll_, EPOLL_CTL_ADD, own, &event) != 0) {
    return errno;
  }
  counter(region, COUNTER_LANES)++;
  broken_.reserve(broken_.size() + lanes_.size() + 1);
  lanes_.push_back(std::move(entry));
  return 0;
}

bool Lanes::close(uint32_t region, uint32_t kind, LostLane* lost) {
  Entry* entry = find(region, kind);
  if (entry == nullptr) return false;
  *lost = owedBy(*take(*entry));
  return true;
}

void Lanes::closeAll() {
  lanes_.clear();
  outstanding_ = 0;
}

std::unique_ptr<Lanes::Entry> Lanes::take(Entry& entry) {
  outstanding_ -= entry.lane.outstanding();
  counter(entry.region, COUNTER_LANES)--;
  // Another descriptor of the connection may be open: only this call takes it out of the set for certain.
  epoll_ctl(epoll_, EPOLL_CTL_DEL, entry.lane.descriptor(), nullptr);
  if (claimable_ == &entry) claimable_ = nullptr;
  const auto isIt = [&entry](const std::unique_ptr<Entry>& each) { return each.get() == &entry; };
  const auto place = std::find_if(lanes_.begin(), lanes_.end(), isIt);
  std::unique_ptr<Entry> taken = std::move(*place);
  lanes_.erase(place);
  return taken;
}

LostLane Lanes::owedBy(Entry& entry) const {
  LostLane lost{entry.region, entry.kind, entry.lane.age() * interval_, entry.lane.pages(), {}};
  LaneRead read;
  while (entry.lane.takeBack(&read)) lost.owed.push_back(read);
  return lost;
}

// In a signal handler, perhaps: nothing is allocated here, for `open` has reserved the room, and nothing freed.
void Lanes::lose(Entry& entry) { broken_.push_back(take(entry)); }

std::vector<LostLane> Lanes::takeLost() {
  std::vector<LostLane> lost;
  for (const auto& entry : broken_) lost.push_back(owedBy(*entry));
  broken_.clear();
  return lost;
}

void Lanes::poll(Entry& entry, bool watched, bool room) {
  if (entry.isWatched == watched && entry.isBlocked == room) return;
  entry.isWatched = watched;
  entry.isBlocked = room;
  epoll_event event = {};
  if (watched) event.events = room ? EPOLLIN | EPOLLOUT : EPOLLIN;
  event.data.ptr = &entry;
  epoll_ctl(epoll_, EPOLL_CTL_MOD, entry.lane.descriptor(), &event);
}

void Lanes::send(Entry& entry) {
  if (!entry.lane.send()) lose(entry);
  else poll(entry, entry.isWatched, entry.lane.isUnsent());
}

void Lanes::takeRequests(bool (*spaced)(void* to, uint32_t region), void* to) {
  const bool offered = offered_;
  offered_ = false;
  claimable_ = nullptr;
  auto& tail = at<uint32_t>(core_, REQUEST_TAIL_AT);
  const uint32_t head = at<uint32_t>(core_, REQUEST_HEAD_AT);
  if (tail == head || lanes_.empty()) return;
  // What stays moves up to the ring's end.
  uint32_t kept = head;
  uint32_t taken = 0;
  for (uint32_t number = tail; number != head; number++) {
    const uint64_t from = recordAt(number);
    const uint32_t kind = at<uint32_t>(core_, from + REQUEST_KIND_AT);
    if (kind != REQUEST_READ_STORE && kind != REQUEST_READ_SOURCE) continue;
    const uint32_t region = at<uint32_t>(core_, from + REQUEST_REGION_AT);
    Entry* entry = find(spaced(to, region) ? 0 : region, kind);
    const LaneRead read = {region, at<uint32_t>(core_, from + REQUEST_PAGE_AT), at<uint32_t>(core_, from + REQUEST_FRAME_AT),
                           at<uint32_t>(core_, from + REQUEST_GENERATION_AT), at<uint64_t>(core_, NOW_AT)};
    if (entry == nullptr || !entry->lane.add(read)) continue;
    if (offered && claimable_ == nullptr && entry->claim == 0 && entry->lane.outstanding() == 1) claimable_ = entry;
    else if (entry != claimable_ && entry->claim == 0) poll(*entry, true, entry->isBlocked);
    at<uint32_t>(core_, from + REQUEST_KIND_AT) = 0;
    outstanding_++;
    taken++;
  }
  if (taken == 0) return;
  for (uint32_t number = head; number != tail; number--) {
    const uint64_t from = recordAt(number - 1);
    if (at<uint32_t>(core_, from + REQUEST_KIND_AT) == 0) continue;
    kept--;
    if (kept != number - 1) std::memcpy(core_ + recordAt(kept), core_ + from, REQUEST_BYTES);
  }
  tail = kept;
  for (size_t i = lanes_.size(); i > 0; i--) {
    if (lanes_[i - 1]->lane.isUnsent()) send(*lanes_[i - 1]);
  }
}

void Lanes::arrived(void* to, const LaneRead& read, bool ends) {
  auto* self = static_cast<Lanes*>(to);
  coreArrive(self->core_, read.frame, read.generation);
  self->counter(read.region, COUNTER_LANE_READS)++;
  self->outstanding_--;
  if (ends && self->meters_ != nullptr) countTime(self->meters_, METER_STORE_READ, monotonicNow() - read.begun);
  self->came_++;
}

bool Lanes::receive() {
  came_ = 0;
  if (lanes_.size() == 1) {
    if (lanes_[0]->claim == 0) receiveFrom(*lanes_[0]);
    return came_ != 0;
  }
  epoll_event ready[BATCH];
  const int count = epoll_wait(epoll_, ready, BATCH, 0);
  // A lane that breaks is removed; the others stay where they are.
  for (int i = 0; i < count; i++) receiveFrom(*static_cast<Entry*>(ready[i].data.ptr));
  return came_ != 0;
}

void Lanes::receiveFrom(Entry& entry) {
  if (!entry.lane.receive({arrived, this})) lose(entry);
  else if (entry.isBlocked) send(entry);
}

bool Lanes::receiveFor(const LaneClaim& claim) {
  came_ = 0;
  receiveFrom(*claimed(claim));
  return came_ != 0;
}

LaneClaim Lanes::takeClaim() {
  if (claimable_ == nullptr) return {};
  Entry& entry = *claimable_;
  claimable_ = nullptr;
  // The command waits for room in the socket: the loop sends the rest.
  poll(entry, entry.isBlocked, entry.isBlocked);
  if (entry.isBlocked) return {};
  entry.claim = ++claims_;
  return {entry.claim, entry.lane.descriptor()};
}

Lanes::Entry* Lanes::claimed(const LaneClaim& claim) const {
  for (const auto& entry : lanes_) {
    if (entry->claim == claim.number) return entry.get();
  }
  return nullptr;
}

void Lanes::release(const LaneClaim& claim) {
  Entry& entry = *claimed(claim);
  entry.claim = 0;
  if (entry.lane.outstanding() != 0) poll(entry, true, entry.isBlocked);
}

void Lanes::tick() {
  for (size_t i = lanes_.size(); i > 0; i--) {
    Entry& entry = *lanes_[i - 1];
    if (!entry.lane.tick(maxAge_)) {
      lose(entry);
    } else if (entry.claim != 0 && entry.lane.age() > 1) {
      // The claimant does not run: other threads' pages may wait behind its own.
      entry.claim = 0;
      poll(entry, true, entry.isBlocked);
    }
  }
}

}  // namespace farpage
