// Opens the files of a chain of images ahead, in one job of libuv's thread pool, and reads the header and the map of each. Four
// jobs for each image took longer than all that is done with them. This is read-ahead and judges nothing: where anything is not
// as expected it stops, and JavaScript, which checks every byte, opens that file itself and reports what is wrong.
//
// An open file is an object of its own: Node.js warns if it is asked to close a descriptor that it has not opened. A file that
// nobody closes is closed with its object, at the latest when the thread ends.
#include "engine/heads.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "args.h"

namespace farpage {

namespace {

// As in src/image/layout.ts.
constexpr char MAGIC[16] = "farpage image\n\0";
constexpr size_t HEADER_BYTES = 4096;
constexpr uint32_t VERSION = 2;
constexpr size_t PLACES_AT = 152;
constexpr size_t PLACES_END = HEADER_BYTES - 32;
constexpr uint32_t PAGES_LISTED = 1;
constexpr uint32_t SLOTS_LISTED = 2;
// A bigger map is read when it is needed.
constexpr uint64_t MAX_MAP_BYTES = 1 << 18;

template <typename T>
T numberAt(const uint8_t* bytes, size_t at) {
  T number;
  std::memcpy(&number, bytes + at, sizeof number);
  return number;
}

/** A descriptor that is closed once. */
class OpenFile {
 public:
  explicit OpenFile(int fd) : fd_(fd) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { shut(); }

  int fd() const { return fd_; }

  void shut() {
    const int fd = std::exchange(fd_, -1);
    if (fd >= 0) close(fd);
  }

 private:
  int fd_;
};

struct Head {
  std::string path;
  std::unique_ptr<OpenFile> file;
  struct stat status;
  /** The header, then the map: from here on, in the bytes of the job. */
  size_t start;
  size_t length;
};

// Appends fewer bytes than asked for at the end of the file, or after an error.
void readAt(const OpenFile& file, uint64_t position, size_t length, std::vector<uint8_t>& into) {
  const size_t start = into.size();
  into.resize(start + length);
  size_t done = 0;
  while (done < length) {
    const ssize_t got =
        pread(file.fd(), into.data() + start + done, length - done, static_cast<off_t>(position + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += static_cast<size_t>(got);
  }
  into.resize(start + done);
}

class HeadsJob : public Napi::AsyncWorker {
 public:
  HeadsJob(Napi::Env env, std::string path, uint32_t most, bool maps)
      : AsyncWorker(env, "farpage"),
        next_(std::move(path)),
        most_(most),
        maps_(maps),
        deferred_(Napi::Promise::Deferred::New(env)) {}

  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override {
    while (heads_.size() < most_ && !next_.empty() && openNext()) {
    }
  }

  void OnOK() override {
    const Napi::Env env = Env();
    auto all = Napi::Array::New(env, heads_.size());
    for (uint32_t i = 0; i < heads_.size(); i++) {
      Head& head = heads_[i];
      auto one = Napi::Object::New(env);
      one.Set("path", head.path);
      one.Set("fd", head.file->fd());
      one.Set("place", std::to_string(head.status.st_dev) + ":" + std::to_string(head.status.st_ino));
      one.Set("size", static_cast<double>(head.status.st_size));
      one.Set("start", static_cast<double>(head.start));
      one.Set("length", static_cast<double>(head.length));
      // Without an object for it, the file is closed with this job.
      one.Set("file", Napi::External<OpenFile>::New(env, head.file.get(), [](Napi::Env, OpenFile* mine) { delete mine; }));
      head.file.release();
      all.Set(i, one);
    }
    auto found = Napi::Object::New(env);
    found.Set("heads", all);
    found.Set("bytes", Napi::Buffer<uint8_t>::Copy(env, bytes_.data(), bytes_.size()));
    found.Set("next", next_);
    deferred_.Resolve(found);
  }

  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  bool openNext() {
    Head head{std::exchange(next_, ""), nullptr, {}, bytes_.size(), 0};
    // Whatever it is, it must not block.
    const int fd = open(head.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) return false;
    head.file = std::make_unique<OpenFile>(fd);
    if (fstat(fd, &head.status) != 0 || !S_ISREG(head.status.st_mode)) return false;
    readAt(*head.file, 0, HEADER_BYTES, bytes_);
    const uint8_t* header = bytes_.data() + head.start;
    if (bytes_.size() - head.start == HEADER_BYTES && std::memcmp(header, MAGIC, sizeof MAGIC) == 0 &&
        numberAt<uint32_t>(header, 16) == VERSION) {
      next_ = parentOf(head.path, header);
      if (maps_) readMap(*head.file, header);
    }
    head.length = bytes_.size() - head.start;
    heads_.push_back(std::move(head));
    return true;
  }

  void readMap(const OpenFile& file, const uint8_t* header) {
    const uint64_t pageBytes = numberAt<uint32_t>(header, 20);
    const uint64_t pages = numberAt<uint64_t>(header, 24);
    const uint64_t slots = numberAt<uint32_t>(header, 108);
    const uint64_t present = numberAt<uint32_t>(header, 112);
    const uint32_t lists = numberAt<uint32_t>(header, 116);
    if (pages > UINT32_MAX) return;
    const uint64_t bitmapBytes = (pages + 63) / 64 * 8;
    const uint64_t length =
        ((lists & PAGES_LISTED) != 0 ? 4 * present : bitmapBytes) + ((lists & SLOTS_LISTED) != 0 ? 4 * present : 0);
    if (length <= MAX_MAP_BYTES) readAt(file, (1 + slots) * pageBytes, length, bytes_);
  }

  // The first place of its parent, if it is beside it.
  static std::string parentOf(const std::string& path, const uint8_t* header) {
    const size_t length = numberAt<uint32_t>(header, 104);
    if (length == 0 || length > PLACES_END - PLACES_AT) return "";
    const auto* places = reinterpret_cast<const char*>(header) + PLACES_AT;
    const std::string place(places, strnlen(places, length));
    if (place.empty() || place[0] == '/' || place.find(':') != std::string::npos) return "";  // ':' may be in a URL
    return path.substr(0, path.rfind('/') + 1) + place;
  }

  std::string next_;
  uint32_t most_;
  bool maps_;
  std::vector<Head> heads_;
  std::vector<uint8_t> bytes_;
  Napi::Promise::Deferred deferred_;
};

// openHeads(path, most, maps): a promise of the files that could be opened, from `path`, which is absolute, towards the oldest,
// and of the path of the next one
Napi::Value openHeads(const Napi::CallbackInfo& info) {
  const Arguments args(info, "openHeads");
  auto* job = new HeadsJob(info.Env(), args.text(0, "path"), args.uint32(1, "most"), args.boolean(2, "maps"));
  job->Queue();
  return job->promise();
}

// closeHead(file)
void closeHead(const Napi::CallbackInfo& info) {
  Arguments(info, "closeHead").external<OpenFile>(0, "file")->shut();
}

}  // namespace

void defineHeads(Napi::Env env, Napi::Object exports) {
  exports.Set("closeHead", Napi::Function::New<closeHead>(env, "closeHead"));
  exports.Set("openHeads", Napi::Function::New<openHeads>(env, "openHeads"));
}

}  // namespace farpage
