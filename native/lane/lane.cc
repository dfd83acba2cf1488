// The commands of a lane, and the comparison of their replies: see lane.h.
#include "lane/lane.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace farpage {

namespace {

/** As the JavaScript client: Redis serves no other client meanwhile. */
constexpr size_t COMMAND_BYTES = 512 * 1024;
constexpr uint32_t COMMAND_PAGES = 128;
/** Pages of one readv(2). */
constexpr uint32_t BATCH = 32;
constexpr uint32_t MAX_SILENT = 4;
/** "$256\r\n", the page's number in decimal, "\r\n". */
constexpr size_t MAX_KEY = Lane::MAX_PREFIX + 24;
constexpr size_t MAX_HEAD = 32;
constexpr char LINE_END[] = "\r\n";
constexpr size_t TAIL = 2;

size_t digitsOf(uint64_t number, char* into) {
  char reversed[20];
  size_t count = 0;
  do {
    reversed[count++] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  std::reverse_copy(reversed, reversed + count, into);
  return count;
}

/** Writes "$12\r\n": a mark, a number, the end of the line. */
size_t lineOf(char mark, uint64_t number, char* into) {
  into[0] = mark;
  const size_t digits = digitsOf(number, into + 1);
  std::memcpy(into + 1 + digits, LINE_END, TAIL);
  return 1 + digits + TAIL;
}

}  // namespace

/** What a reply has around one page, as it came. */
struct Lane::Literals {
  char head[MAX_HEAD];
  /** One more byte than belongs there: it must not come. */
  char tail[TAIL + 1];
};

Lane::Lane(int fd, const std::string& prefix, uint8_t* frames, size_t pageBytes)
    : fd_(fd),
      prefix_(prefix),
      frames_(frames),
      pageBytes_(pageBytes),
      pagesPerCommand_(static_cast<uint32_t>(std::clamp<size_t>(COMMAND_BYTES / pageBytes, 1, COMMAND_PAGES))),
      slots_(WINDOW),
      out_(64 + pagesPerCommand_ * MAX_KEY),
      literals_(BATCH) {
  char line[MAX_HEAD];
  length_.assign(line, lineOf('$', pageBytes, line));
}

Lane::~Lane() { close(fd_); }

bool Lane::add(const LaneRead& read) {
  if (outstanding() == WINDOW) return false;
  if (outstanding() == 0) silent_ = 0;
  slotOf(end_++) = {read, ticks_, 0, false};
  return true;
}

// Writes one command for as many pages as it may name.
void Lane::compose() {
  const uint32_t count = std::min(end_ - composed_, pagesPerCommand_);
  char* to = out_.data();
  to += lineOf('*', count + 1, to);
  const char* name = count == 1 ? "$3\r\nGET\r\n" : "$4\r\nMGET\r\n";
  const size_t nameBytes = std::strlen(name);
  std::memcpy(to, name, nameBytes);
  to += nameBytes;
  slotOf(composed_).begins = count;
  for (uint32_t i = 0; i < count; i++) {
    char number[20];
    const size_t digits = digitsOf(slotOf(composed_++).read.page, number);
    to += lineOf('$', prefix_.size() + digits, to);
    std::memcpy(to, prefix_.data(), prefix_.size());
    to += prefix_.size();
    std::memcpy(to, number, digits);
    to += digits;
    std::memcpy(to, LINE_END, TAIL);
    to += TAIL;
  }
  slotOf(composed_ - 1).ends = true;
  outAt_ = 0;
  outEnd_ = static_cast<size_t>(to - out_.data());
}

bool Lane::send() {
  for (;;) {
    if (outAt_ == outEnd_) {
      if (composed_ == end_) return true;
      compose();
    }
    const ssize_t sent = ::send(fd_, out_.data() + outAt_, outEnd_ - outAt_, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) outAt_ += static_cast<size_t>(sent);
    else if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return true;
    else if (sent == 0 || errno != EINTR) return false;
  }
}

size_t Lane::headOf(const Slot& slot, char* into) const {
  const size_t array = slot.begins > 1 ? lineOf('*', slot.begins, into) : 0;
  std::memcpy(into + array, length_.data(), length_.size());
  return array + length_.size();
}

// Where the next bytes of the replies go. `whole`: they end with the last reply, and one byte more.
size_t Lane::plan(iovec* pieces, bool* whole) {
  const uint32_t count = std::min(composed_ - first_, BATCH);
  *whole = count == composed_ - first_;
  // Where nothing is asked for, only the end of the connection may come.
  if (count == 0) pieces[0] = {literals_[0].tail, 1};
  size_t used = count == 0 ? 1 : 0;
  size_t skip = at_;
  for (uint32_t i = 0; i < count; i++) {
    const Slot& slot = slotOf(first_ + i);
    char expected[MAX_HEAD];
    const bool last = *whole && i + 1 == count;
    const iovec parts[] = {{literals_[i].head, headOf(slot, expected)},
                           {frames_ + slot.read.frame * pageBytes_, pageBytes_},
                           {literals_[i].tail, last ? TAIL + 1 : TAIL}};
    for (const iovec& part : parts) {
      const size_t skipped = std::min(skip, part.iov_len);
      skip -= skipped;
      if (skipped == part.iov_len) continue;
      pieces[used++] = {static_cast<char*>(part.iov_base) + skipped, part.iov_len - skipped};
    }
  }
  return used;
}

// Compares what has come with what belongs there.
bool Lane::take(size_t bytes, const LaneSink& sink) {
  for (uint32_t i = 0; bytes > 0; i++) {
    const Slot& slot = slotOf(first_);
    char expected[MAX_HEAD];
    const size_t head = headOf(slot, expected);
    const size_t tail = head + pageBytes_;
    const size_t from = at_;
    const size_t until = std::min(tail + TAIL, from + bytes);
    const Literals& got = literals_[i];
    if (from < head && std::memcmp(got.head + from, expected + from, std::min(until, head) - from) != 0) return false;
    if (until > tail) {
      const size_t begin = std::max(from, tail) - tail;
      if (std::memcmp(got.tail + begin, LINE_END + begin, until - tail - begin) != 0) return false;
    }
    bytes -= until - from;
    at_ = until;
    if (until < tail + TAIL) continue;
    at_ = 0;
    pages_++;
    const Slot done = slot;
    first_++;
    sink.arrived(sink.to, done.read, done.ends);
  }
  return true;
}

bool Lane::receive(const LaneSink& sink) {
  iovec pieces[BATCH * 3];
  for (;;) {
    bool whole = false;
    const size_t used = plan(pieces, &whole);
    size_t room = 0;
    for (size_t i = 0; i < used; i++) room += pieces[i].iov_len;
    const ssize_t got = readv(fd_, pieces, static_cast<int>(used));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    const auto bytes = static_cast<size_t>(got);
    // The connection has ended, or there is a byte too many.
    if (bytes == 0 || (whole && bytes == room)) return false;
    heard_ = true;
    if (!take(bytes, sink)) return false;
    // Of a batch that came whole more may have come.
    if (bytes < room) return true;
  }
}

bool Lane::takeBack(LaneRead* read) {
  if (first_ == end_) return false;
  *read = slotOf(first_++).read;
  return true;
}

bool Lane::tick(uint32_t maxAge) {
  ticks_++;
  silent_ = heard_ || outstanding() == 0 ? 0 : silent_ + 1;
  heard_ = false;
  return silent_ < MAX_SILENT && age() <= maxAge;
}

}  // namespace farpage
