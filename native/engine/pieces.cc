// Writes many pieces of a file in one job of libuv's thread pool, and starts the disk's write-back of a range in another.
#include "engine/pieces.h"

#include <fcntl.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "args.h"
#include "errors.h"
#include "names.h"

namespace farpage {

namespace {

// Most pieces that one pwritev(2) takes: Linux's IOV_MAX.
constexpr size_t MAX_PIECES = 1024;
// A piece is three words: its position in the file, its offset in the buffer, its bytes.
constexpr size_t WORDS = 3;

class WriteJob : public Napi::AsyncWorker {
 public:
  WriteJob(Napi::Env env, int fd, Napi::Uint8Array buffer, const Napi::Float64Array& pieces)
      : AsyncWorker(env, "farpage"), fd_(fd), deferred_(Napi::Promise::Deferred::New(env)) {
    uint8_t* bytes = buffer.Data();
    const double* words = pieces.Data();
    const size_t count = pieces.ElementLength() / WORDS;
    parts_.reserve(count);
    positions_.reserve(count);
    for (const double* piece = words; piece < words + count * WORDS; piece += WORDS) {
      const auto offset = static_cast<size_t>(piece[1]);
      const auto length = static_cast<size_t>(piece[2]);
      if (offset + length > buffer.ByteLength()) throw systemError(env, "writePieces", EINVAL);
      positions_.push_back(piece[0]);
      parts_.push_back({bytes + offset, length});
    }
    kept_ = Napi::Persistent(buffer.As<Napi::Object>());
  }

  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override {
    for (size_t at = 0; at < parts_.size() && error_ == 0;) {
      size_t end = at + 1;
      while (end < parts_.size() && end - at < MAX_PIECES && follows(end)) end++;
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
  // Keeps the buffer alive until the write has ended.
  Napi::ObjectReference kept_;
  Napi::Promise::Deferred deferred_;
};

// writePieces(fd, buffer: Uint8Array, pieces: Float64Array): a promise; the caller must not change the pieces before it
// settles
Napi::Value writePieces(const Napi::CallbackInfo& info) {
  const Arguments args(info, "writePieces");
  auto* job = new WriteJob(info.Env(), args.int32(0, "fd"), args.bytes(1, "buffer"), args.doubles(2, "pieces"));
  job->Queue();
  return job->promise();
}

class WriteBackJob : public Napi::AsyncWorker {
 public:
  WriteBackJob(Napi::Env env, int fd, off_t position, off_t bytes)
      : AsyncWorker(env, "farpage"),
        fd_(fd),
        position_(position),
        bytes_(bytes),
        deferred_(Napi::Promise::Deferred::New(env)) {}

  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  // Its result does not matter: the later fdatasync(2) writes the rest and reports any error.
  void Execute() override { sync_file_range(fd_, position_, bytes_, SYNC_FILE_RANGE_WRITE); }
  void OnOK() override { deferred_.Resolve(Env().Undefined()); }
  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  int fd_;
  off_t position_;
  off_t bytes_;
  Napi::Promise::Deferred deferred_;
};

// Null, or the errno's name.
const char* reserveBlocks(int fd, off_t bytes) {
  int result;
  do result = fallocate(fd, 0, 0, bytes);
  while (result != 0 && errno == EINTR);
  return result == 0 ? nullptr : errnoName(errno);
}

Napi::Value nameOrNull(Napi::Env env, const char* name) {
  return name == nullptr ? env.Null() : Napi::String::New(env, name);
}

class ReserveJob : public Napi::AsyncWorker {
 public:
  ReserveJob(Napi::Env env, int fd, off_t bytes)
      : AsyncWorker(env, "farpage"), fd_(fd), bytes_(bytes), deferred_(Napi::Promise::Deferred::New(env)) {}

  Napi::Promise promise() const { return deferred_.Promise(); }

  void Execute() override { error_ = reserveBlocks(fd_, bytes_); }

  void OnOK() override { deferred_.Resolve(nameOrNull(Env(), error_)); }

 private:
  int fd_;
  off_t bytes_;
  const char* error_ = nullptr;
  Napi::Promise::Deferred deferred_;
};

// writeBack(fd, position, bytes): a promise
Napi::Value writeBack(const Napi::CallbackInfo& info) {
  const Arguments args(info, "writeBack");
  const auto position = static_cast<off_t>(args.length(1, "position"));
  const auto bytes = static_cast<off_t>(args.length(2, "bytes"));
  auto* job = new WriteBackJob(info.Env(), args.int32(0, "fd"), position, bytes);
  job->Queue();
  return job->promise();
}

// reserve(fd, bytes): allocates the blocks of the file's first `bytes` bytes; null, or the name of the errno
Napi::Value reserve(const Napi::CallbackInfo& info) {
  const Arguments args(info, "reserve");
  return nameOrNull(info.Env(), reserveBlocks(args.int32(0, "fd"), static_cast<off_t>(args.length(1, "bytes"))));
}

// reserveSoon(fd, bytes): a promise of the same
Napi::Value reserveSoon(const Napi::CallbackInfo& info) {
  const Arguments args(info, "reserveSoon");
  auto* job = new ReserveJob(info.Env(), args.int32(0, "fd"), static_cast<off_t>(args.length(1, "bytes")));
  job->Queue();
  return job->promise();
}

}  // namespace

void definePieces(Napi::Env env, Napi::Object exports) {
  exports.Set("writePieces", Napi::Function::New<writePieces>(env, "writePieces"));
  exports.Set("reserve", Napi::Function::New<reserve>(env, "reserve"));
  exports.Set("reserveSoon", Napi::Function::New<reserveSoon>(env, "reserveSoon"));
  exports.Set("writeBack", Napi::Function::New<writeBack>(env, "writeBack"));
}

}  // namespace farpage
