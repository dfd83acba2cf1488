// Memory outside all regions through which a system call's bytes go.
#pragma once
#include <sys/uio.h>

#include <cstddef>
#include <cstdint>

namespace farpage {

class Bounce {
 public:
  /** One system call carries at most these, unless they must stay together. */
  static constexpr size_t CHUNK = 1 << 20;

  /** It lies in its page as `like` does in its own, since O_DIRECT asks for aligned memory. */
  Bounce(size_t bytes, const void* like);
  ~Bounce();
  Bounce(const Bounce&) = delete;
  Bounce& operator=(const Bounce&) = delete;

  /** How many the calling thread has had. */
  static unsigned ofThisThread();

  /** Null if the system has no memory for it. */
  uint8_t* data() const { return data_; }

  /** Copies to the vectors, `skip` bytes after their beginning; the number of bytes copied, less if a page cannot be loaded. */
  size_t put(const iovec* vectors, int count, size_t skip, size_t bytes) const;
  /** Copies from the vectors in the same way. */
  size_t take(const iovec* vectors, int count, size_t skip, size_t bytes) const;

 private:
  template <typename Copy>
  static size_t walk(const iovec* vectors, int count, size_t skip, size_t bytes, const Copy& copy);

  void* mapped_ = nullptr;
  size_t length_ = 0;
  uint8_t* data_ = nullptr;
};

}  // namespace farpage
