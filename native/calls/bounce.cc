// Mappings of one chunk are kept for the next call, as many as libuv has threads by default.
#include "calls/bounce.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cerrno>

#include "endings/guarded-copy.h"

namespace farpage {

namespace {

constexpr size_t PAGE = 4096;
constexpr size_t KEPT_BYTES = Bounce::CHUNK + PAGE;
constexpr size_t KEPT = 4;

std::atomic<void*> kept[KEPT];
thread_local unsigned made = 0;

void* takeKept() {
  for (std::atomic<void*>& place : kept) {
    void* mapped = place.exchange(nullptr);
    if (mapped != nullptr) return mapped;
  }
  return nullptr;
}

bool keep(void* mapped) {
  for (std::atomic<void*>& place : kept) {
    void* vacant = nullptr;
    if (place.compare_exchange_strong(vacant, mapped)) return true;
  }
  return false;
}

}  // namespace

Bounce::Bounce(size_t bytes, const void* like) {
  made++;
  length_ = std::max(bytes + PAGE, KEPT_BYTES);
  if (length_ == KEPT_BYTES) mapped_ = takeKept();
  if (mapped_ == nullptr) {
    mapped_ = mmap(nullptr, length_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped_ == MAP_FAILED) {
      mapped_ = nullptr;
      return;
    }
  }
  data_ = static_cast<uint8_t*>(mapped_) + reinterpret_cast<uintptr_t>(like) % PAGE;
}

Bounce::~Bounce() {
  const int saved = errno;
  if (mapped_ != nullptr && (length_ != KEPT_BYTES || !keep(mapped_))) munmap(mapped_, length_);
  errno = saved;
}

unsigned Bounce::ofThisThread() { return made; }

template <typename Copy>
size_t Bounce::walk(const iovec* vectors, int count, size_t skip, size_t bytes, const Copy& copy) {
  size_t done = 0;
  for (int i = 0; i < count && done < bytes; i++) {
    if (skip >= vectors[i].iov_len) {
      skip -= vectors[i].iov_len;
      continue;
    }
    const size_t part = std::min(vectors[i].iov_len - skip, bytes - done);
    const size_t left = copy(static_cast<uint8_t*>(vectors[i].iov_base) + skip, done, part);
    done += part - left;
    if (left != 0) break;
    skip = 0;
  }
  return done;
}

size_t Bounce::put(const iovec* vectors, int count, size_t skip, size_t bytes) const {
  return walk(vectors, count, skip, bytes,
              [this](uint8_t* there, size_t at, size_t part) { return copyGuarded(there, data_ + at, part); });
}

size_t Bounce::take(const iovec* vectors, int count, size_t skip, size_t bytes) const {
  return walk(vectors, count, skip, bytes,
              [this](const uint8_t* there, size_t at, size_t part) { return copyGuarded(data_ + at, there, part); });
}

}  // namespace farpage
