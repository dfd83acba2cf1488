// Fills the table that says where the pages of a chain of images are. In JavaScript the first image that a process opens would
// take longer than all of its reads: its code is not compiled yet.
#include "engine/places.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include "args.h"
#include "errors.h"

namespace farpage {

namespace {

// What a page's slot is: its number, its rank among the pages of its image, or what a list says for its rank.
enum SlotBy : uint32_t { BY_PAGE, BY_RANK, BY_LIST };

// Why a map is refused.
constexpr int64_t WRONG_PAGES = -1;
constexpr int64_t WRONG_SLOTS = -2;

// Numbers in an image are not aligned.
uint32_t numberAt(const uint8_t* bytes, size_t index) {
  uint32_t number;
  std::memcpy(&number, bytes + index * sizeof number, sizeof number);
  return number;
}

class Placing {
 public:
  Placing(uint16_t* holders, uint32_t* blocks, uint64_t pages, uint16_t holder)
      : holders_(holders), blocks_(blocks), pages_(pages), holder_(holder) {}

  /** @return whether all are below `count`, and none is there twice */
  bool setSlots(uint32_t by, const uint8_t* list, size_t length, uint64_t count) {
    by_ = by;
    list_ = list;
    length_ = length;
    if (by != BY_LIST) return true;
    std::vector<bool> seen(count);
    for (size_t rank = 0; rank < length; rank++) {
      const uint32_t slot = numberAt(list, rank);
      if (slot >= count || seen[slot]) return false;
      seen[slot] = true;
    }
    return true;
  }

  int64_t placeList(const uint8_t* list, size_t length) {
    uint64_t next = 0;
    for (size_t i = 0; i < length; i++) {
      const uint64_t page = numberAt(list, i);
      if (page < next || page >= pages_) return WRONG_PAGES;
      next = page + 1;
      if (!place(page)) return WRONG_SLOTS;
    }
    return static_cast<int64_t>(rank_);
  }

  int64_t placeBits(const uint8_t* bitmap, size_t bytes) {
    for (size_t at = 0; at < bytes; at++) {
      for (unsigned bits = bitmap[at]; bits != 0; bits &= bits - 1) {
        const uint64_t page = 8 * at + static_cast<unsigned>(__builtin_ctz(bits));
        if (page >= pages_) return WRONG_PAGES;
        if (!place(page)) return WRONG_SLOTS;
      }
    }
    return static_cast<int64_t>(rank_);
  }

 private:
  bool place(uint64_t page) {
    const uint64_t rank = rank_++;
    if (by_ == BY_LIST && rank >= length_) return false;
    if (holders_[page] != 0) return true;
    holders_[page] = holder_;
    // Block 0 is the header.
    const uint64_t slot = by_ == BY_LIST ? numberAt(list_, rank) : by_ == BY_RANK ? rank : page;
    blocks_[page] = static_cast<uint32_t>(1 + slot);
    return true;
  }

  uint16_t* holders_;
  uint32_t* blocks_;
  uint64_t pages_;
  uint16_t holder_;
  uint32_t by_ = BY_PAGE;
  const uint8_t* list_ = nullptr;
  size_t length_ = 0;
  uint64_t rank_ = 0;
};

// placePages(pages: Uint8Array, listed, slotBy, slots: Uint8Array, slotCount, holder, holders, blocks: Uint8Array of their
// memory): how many pages the image has, or why its map makes no sense
Napi::Value placePages(const Napi::CallbackInfo& info) {
  const Arguments args(info, "placePages");
  const auto pages = args.bytes(0, "pages");
  const bool listed = args.boolean(1, "listed");
  const uint32_t slotBy = args.uint32(2, "slotBy");
  const auto slots = args.bytes(3, "slots");
  const uint32_t slotCount = args.uint32(4, "slotCount");
  const uint32_t holder = args.uint32(5, "holder");
  auto holders = args.bytes(6, "holders");
  auto blocks = args.bytes(7, "blocks");
  const size_t count = holders.ByteLength() / sizeof(uint16_t);
  const bool aligned = holders.ByteOffset() % sizeof(uint16_t) == 0 && blocks.ByteOffset() % sizeof(uint32_t) == 0;
  if (slotBy > BY_LIST || holder == 0 || holder > UINT16_MAX || !aligned ||
      blocks.ByteLength() / sizeof(uint32_t) != count) {
    throw systemError(info.Env(), "placePages", EINVAL);
  }
  Placing placing(reinterpret_cast<uint16_t*>(holders.Data()), reinterpret_cast<uint32_t*>(blocks.Data()), count,
                  static_cast<uint16_t>(holder));
  int64_t own = WRONG_SLOTS;
  if (placing.setSlots(slotBy, slots.Data(), slots.ByteLength() / sizeof(uint32_t), slotCount)) {
    own = listed ? placing.placeList(pages.Data(), pages.ByteLength() / sizeof(uint32_t))
                 : placing.placeBits(pages.Data(), pages.ByteLength());
  }
  return Napi::Number::New(info.Env(), static_cast<double>(own));
}

}  // namespace

void definePlaces(Napi::Env env, Napi::Object exports) {
  exports.Set("placePages", Napi::Function::New<placePages>(env, "placePages"));
}

}  // namespace farpage
