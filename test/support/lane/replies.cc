// Lanes over socket pairs, from a seed: commands are compared with Redis' protocol, replies come in pieces, whole or spoilt.
// SEED ROUNDS. Ends with 1 and a line if a page arrives that was not sent, or a reply is taken that is none.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "lane/lane.h"

using farpage::Lane;
using farpage::LaneRead;

namespace {

uint64_t state = 1;

uint64_t draw(uint64_t below) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (state >> 11) % below;
}

[[noreturn]] void fail(const char* what) {
  printf("%s\n", what);
  exit(1);
}

constexpr size_t FRAMES = 96;

struct Stand {
  size_t pageBytes;
  std::vector<uint8_t> frames;
  std::vector<LaneRead> asked;
  std::vector<std::string> pages;
  /** Replies from here on are spoilt: none of these pages may arrive. */
  size_t spoilt;
  size_t arrived = 0;
};

void onArrived(void* to, const LaneRead& read, bool) {
  auto* stand = static_cast<Stand*>(to);
  if (stand->arrived >= stand->spoilt) fail("a page of a spoilt reply arrived");
  const size_t at = stand->arrived++;
  if (stand->asked[at].page != read.page || stand->asked[at].frame != read.frame) fail("pages arrived in another order");
  if (memcmp(stand->frames.data() + read.frame * stand->pageBytes, stand->pages[at].data(), stand->pageBytes) != 0) {
    fail("a page arrived with other bytes");
  }
}

std::string bulk(const std::string& text) { return "$" + std::to_string(text.size()) + "\r\n" + text + "\r\n"; }

void nonBlocking(int fd) { fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); }

std::string readAll(int fd) {
  std::string text;
  char piece[4096];
  for (ssize_t got; (got = read(fd, piece, sizeof piece)) > 0;) text.append(piece, static_cast<size_t>(got));
  return text;
}

// A reply of `count` pages, and where each page's part of it begins.
std::string replyOf(const Stand& stand, size_t first, size_t count, std::vector<size_t>* starts, std::vector<bool>* literal) {
  std::string reply = count > 1 ? "*" + std::to_string(count) + "\r\n" : "";
  for (size_t i = 0; i < count; i++) {
    starts->push_back(i == 0 ? 0 : reply.size());
    const std::string head = "$" + std::to_string(stand.pageBytes) + "\r\n";
    const size_t body = reply.size() + head.size();
    reply += bulk(stand.pages[first + i]);
    literal->resize(reply.size(), true);
    for (size_t at = body; at < body + stand.pageBytes; at++) (*literal)[at] = false;
  }
  return reply;
}

void round() {
  Stand stand;
  stand.pageBytes = size_t{64} << draw(3);
  stand.frames.assign(FRAMES * stand.pageBytes + 64, 0xee);
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) fail("socketpair");
  nonBlocking(ends[0]);
  nonBlocking(ends[1]);
  const std::string prefix = draw(2) == 0 ? "" : "app:{x}:\xc3\xa9";
  Lane lane(ends[0], prefix, stand.frames.data(), stand.pageBytes);

  // One or several commands under way at once.
  std::string replies;
  std::vector<size_t> starts;
  std::vector<bool> literal;
  uint32_t frame = 0;
  for (uint64_t commands = 1 + draw(3); commands > 0; commands--) {
    const size_t first = stand.asked.size();
    const size_t count = 1 + draw(draw(2) == 0 ? 1 : 30);
    std::string wanted = "*" + std::to_string(count + 1) + "\r\n" + bulk(count == 1 ? "GET" : "MGET");
    for (size_t i = 0; i < count; i++) {
      const LaneRead read = {1, static_cast<uint32_t>(draw(2) == 0 ? draw(UINT32_MAX) : 0), frame++, 7, 0};
      if (!lane.add(read)) fail("the lane is full");
      stand.asked.push_back(read);
      std::string page;
      for (size_t at = 0; at < stand.pageBytes; at++) page += static_cast<char>(draw(5) == 0 ? "\r\n$*-"[draw(5)] : draw(256));
      stand.pages.push_back(page);
      wanted += bulk(prefix + std::to_string(read.page));
    }
    if (!lane.send() || readAll(ends[1]) != wanted) fail("another command was sent");
    std::vector<size_t> own;
    std::vector<bool> marks;
    const std::string reply = replyOf(stand, first, count, &own, &marks);
    for (const size_t start : own) starts.push_back(replies.size() + start);
    replies += reply;
    literal.insert(literal.end(), marks.begin(), marks.end());
  }

  stand.spoilt = stand.asked.size();
  enum { WHOLE, CHANGED, CUT, LONGER, SHIFTED, NONE } const kind = static_cast<decltype(WHOLE)>(draw(NONE));
  size_t at = draw(replies.size());
  if (kind == CHANGED) {
    while (!literal[at]) at = (at + 1) % replies.size();
    replies[at] = static_cast<char>(replies[at] ^ (1 + draw(255)));
  } else if (kind == CUT) {
    replies.resize(at);
  } else if (kind == SHIFTED) {
    // A byte in front of a page's part.
    at = starts[draw(starts.size())];
    replies.insert(at, 1, static_cast<char>("x+-:\r"[draw(5)]));
  } else if (kind == LONGER) {
    replies += "\r\n$-1\r\n"[draw(7)];
  }
  if (kind == CHANGED || kind == CUT || kind == SHIFTED) {
    stand.spoilt = 0;
    while (stand.spoilt + 1 < starts.size() && starts[stand.spoilt + 1] <= at) stand.spoilt++;
  }

  bool whole = true;
  for (size_t sent = 0; sent < replies.size() && whole;) {
    const size_t piece = std::min<size_t>(replies.size() - sent, draw(3) == 0 ? 1 : 1 + draw(3000));
    const ssize_t wrote = write(ends[1], replies.data() + sent, piece);
    if (wrote > 0) sent += static_cast<size_t>(wrote);
    whole = lane.receive({onArrived, &stand});
  }
  if (kind == CUT && whole) {
    // What has come so far may still go on.
    close(ends[1]);
    ends[1] = -1;
    whole = lane.receive({onArrived, &stand});
  }
  if (whole && !lane.receive({onArrived, &stand})) whole = false;
  if (whole != (kind == WHOLE)) fail(whole ? "a spoilt reply was taken" : "a whole reply was not taken");
  if (kind == WHOLE && stand.arrived != stand.asked.size()) fail("a page is missing");
  LaneRead back;
  size_t owed = 0;
  while (lane.takeBack(&back)) {
    if (back.page != stand.asked[stand.arrived + owed++].page) fail("another page is owed");
  }
  if (stand.arrived + owed != stand.asked.size()) fail("a page is neither here nor owed");
  for (size_t i = frame * stand.pageBytes; i < stand.frames.size(); i++) {
    if (stand.frames[i] != 0xee) fail("bytes beyond the frames");
  }
  if (ends[1] >= 0) close(ends[1]);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  state = strtoull(argv[1], nullptr, 10) * 2654435761u + 1;
  for (long rounds = atol(argv[2]); rounds > 0; rounds--) round();
  return 0;
}
