// Runs the commands of bytes.h: reads files, and takes the digests of frames.
#include "engine/bytes.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kernel/joined.h"
#include "kernel/watched.h"

namespace farpage {

using namespace layout;

namespace {

constexpr uint64_t CACHE_LINE = 64;

uint8_t* pointer(uint64_t address) { return reinterpret_cast<uint8_t*>(address); }

// 0 or an errno: a file that ends before is ENODATA.
int readWhole(int fd, uint8_t* into, uint64_t offset, uint64_t bytes) {
  uint64_t done = 0;
  while (done < bytes) {
    const ssize_t got = pread(fd, into + done, bytes - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got < 0 ? errno : ENODATA;
    done += static_cast<uint64_t>(got);
  }
  return 0;
}

// 0 or an errno: ESTALE if the file has changed.
int readUnchanged(const Record& record, uint64_t bytes) {
  uint64_t done = 0;
  do {
    const Place place = placeIn(static_cast<int>(record.fd), record.source + done);
    const uint64_t length = std::min(place.bytes, bytes - done);
    if (length == 0 && done < bytes) return ENODATA;
    const int failed = readWhole(place.fd, pointer(record.target + done), place.offset, length);
    if (failed != 0) return failed;
    // Checked after the read: if the file is unchanged now, the bytes are from before any change.
    if (!isUnchanged(place.fd)) return ESTALE;
    done += length;
  } while (done < bytes);
  return 0;
}

}  // namespace

void fail(Record& record, int error) {
  record.outcome = OUTCOME_FAILED;
  record.error = static_cast<uint32_t>(error);
  record.done = -1;
}

void fetchIntoCache(const Record& record) {
  if (record.frame != NO_FRAME) return;
#pragma GCC unroll 8
  for (uint64_t at = 0; at < BASE_PAGE; at += CACHE_LINE) __builtin_prefetch(pointer(record.source + at));
}

void readFile(Record& record) {
  // `done` holds the bytes that the file must have: it had them when it was opened, or they were written since.
  const uint64_t needed = std::min(record.length, static_cast<uint64_t>(record.done));
  const int failed = readUnchanged(record, needed);
  if (failed != 0) return fail(record, failed);
  std::memset(pointer(record.target + needed), 0, record.length - needed);
  record.outcome = OUTCOME_DONE;
  record.done = static_cast<int64_t>(needed);
}

// Not through the stack, which a signal handler has little of.
void matchFile(CompressionState& buffer, Record& record) {
  constexpr uint64_t PIECE = 4096;
  static_assert(sizeof buffer.bytes >= PIECE);
  const uint64_t needed = std::min(record.length, static_cast<uint64_t>(record.done));
  record.outcome = OUTCOME_DONE;
  record.done = 0;
  for (uint64_t at = 0; at < record.length; at += PIECE) {
    uint8_t* piece = buffer.bytes;
    const uint64_t there = needed > at ? std::min(needed - at, PIECE) : 0;
    std::memset(piece + there, 0, PIECE - there);
    const int failed = readWhole(static_cast<int>(record.fd), piece, record.source + at, there);
    if (failed != 0) return fail(record, failed);
    if (std::memcmp(piece, pointer(record.target + at), PIECE) == 0) continue;
    record.outcome = OUTCOME_NO_FIT;
    return;
  }
}

void writeFile(Record& record) {
  uint64_t done = 0;
  while (done < record.length) {
    const ssize_t put = pwrite(static_cast<int>(record.fd), pointer(record.target + done), record.length - done,
                               static_cast<off_t>(record.source + done));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return fail(record, put < 0 ? errno : ENOSPC);
    done += static_cast<uint64_t>(put);
  }
  record.outcome = OUTCOME_DONE;
  record.done = static_cast<int64_t>(done);
}

void digestFrames(const Context& context, Record& record, size_t pageBytes) {
  constexpr uint64_t KNOWN = uint64_t{1} << DIGEST_KNOWN_SHIFT;
  for (uint32_t i = 0; i < record.count; i++) {
    const uint64_t digest = context.digest->of(pointer(record.target) + i * pageBytes, pageBytes);
    auto& place = at<uint64_t>(context.core, DIGESTS_AT + (record.frame + i) * DIGEST_BYTES);
    const bool wrong = (record.flags & FLAG_EXPECT) != 0 && (place & KNOWN) != 0 && place != (digest | KNOWN);
    place = digest;
    if (wrong) return fail(record, EILSEQ);
  }
}

void compressPage(Context& context, Record& record, size_t pageBytes) {
  const int length = compress(context.compression, pointer(record.source), pointer(record.target),
                              static_cast<int>(pageBytes), static_cast<int>(record.length));
  record.outcome = length > 0 ? OUTCOME_DONE : OUTCOME_NO_FIT;
  record.done = length;
}

void decompressPage(Record& record, size_t pageBytes) {
  if (record.length == pageBytes) {
    std::memcpy(pointer(record.target), pointer(record.source), pageBytes);
  } else if (!decompress(pointer(record.source), pointer(record.target), static_cast<int>(record.length),
                         static_cast<int>(pageBytes))) {
    return fail(record, EILSEQ);
  }
  record.outcome = OUTCOME_DONE;
  record.done = static_cast<int64_t>(pageBytes);
}

}  // namespace farpage
