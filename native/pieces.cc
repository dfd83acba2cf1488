// Pieces of a file that lie here and there: the way to a thread that writes and back costs more than writing a page does.
#include "pieces.h"

#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "errors.h"

namespace farpage {

namespace {

// Of one pwritev(2): IOV_MAX of Linux.
constexpr size_t MOST_AT_ONCE = 1024;

class WriteJob : public Napi::AsyncWorker {
 public:
  WriteJob(Napi::Env env, int fd, const Napi::Float64Array& positions, const Napi::Array& pieces)
      : AsyncWorker(env, "farpage"), fd_(fd), deferred_(Napi::Promise::Deferred::New(env)) {
    const uint32_t count = pieces.Length();
    if (count != positions.ElementLength()) throw systemError(env, "writePieces", EINVAL);
    parts_.reserve(count);
    positions_.assign(positions.Data(), positions.Data() + count);
    for (uint32_t i = 0; i < count; i++) {
      auto bytes = pieces.Get(i).As<Napi::Uint8Array>();
      parts_.push_back({bytes.Data(), bytes.ByteLength()});
    }
    kept_ = Napi::Persistent(pieces.As<Napi::Object>());
  }

  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override {
    for (size_t at = 0; at < parts_.size() && error_ == 0;) {
      size_t end = at + 1;
      while (end < parts_.size() && end - at < MOST_AT_ONCE && follows(end)) end++;
      writeRun(at, end);
      at = end;
    }
  }

  void OnOK() override {
    if (error_ == 0) return deferred_.Resolve(Env().Undefined());
    deferred_.Reject(systemError(Env(), "pwritev", error_).Value());
  }

  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  bool follows(size_t i) const {
    return positions_[i] == positions_[i - 1] + static_cast<double>(parts_[i - 1].iov_len);
  }

  void writeRun(size_t at, size_t end) {
    off_t position = static_cast<off_t>(positions_[at]);
    while (at < end) {
      const ssize_t written = pwritev(fd_, &parts_[at], static_cast<int>(end - at), position);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        error_ = written < 0 ? errno : EIO;
        return;
      }
      position += written;
      for (size_t left = static_cast<size_t>(written); at < end; at++) {
        iovec& part = parts_[at];
        const size_t part_done = std::min(left, part.iov_len);
        part.iov_base = static_cast<uint8_t*>(part.iov_base) + part_done;
        part.iov_len -= part_done;
        left -= part_done;
        if (part.iov_len > 0) break;
      }
    }
  }

  int fd_;
  int error_ = 0;
  std::vector<iovec> parts_;
  std::vector<double> positions_;
  // What is written stays where it is meanwhile.
  Napi::ObjectReference kept_;
  Napi::Promise::Deferred deferred_;
};

// writePieces(fd, positions: Float64Array, pieces: Uint8Array[]): a promise; the pieces are not to be changed before
Napi::Value writePieces(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  auto* job = new WriteJob(info.Env(), fd, info[1].As<Napi::Float64Array>(), info[2].As<Napi::Array>());
  job->Queue();
  return job->promise();
}

}  // namespace

void definePieces(Napi::Env env, Napi::Object exports) {
  exports.Set("writePieces", Napi::Function::New<writePieces>(env, "writePieces"));
}

}  // namespace farpage
