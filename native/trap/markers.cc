// Places and removes guard markers, and checks first that the memory is the slot's own: see markers.h.
#include "trap/markers.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "kernel/access.h"

namespace farpage {

namespace {

// Debian 12's headers are Linux 6.1's: these are 6.13's, and the query is 6.11's.
constexpr int GUARD_INSTALL = 102;
constexpr int GUARD_REMOVE = 103;

struct MappingQuery {
  uint64_t size;
  uint64_t flags;
  uint64_t address;
  uint64_t start;
  uint64_t end;
  uint64_t mappingFlags;
  uint64_t pageBytes;
  uint64_t offset;
  uint64_t inode;
  uint32_t deviceMajor;
  uint32_t deviceMinor;
  uint32_t nameBytes;
  uint32_t buildIdBytes;
  uint64_t name;
  uint64_t buildId;
};

static_assert(sizeof(MappingQuery) == 104, "as the kernel has it");
constexpr unsigned long IOCTL_QUERY = _IOWR('f', 17, MappingQuery);
constexpr uint64_t COVERING_OR_NEXT = 0x10;

constexpr uint64_t PAGE = 4096;
constexpr uint64_t SMALLEST_BLOCK = 2 << 20;  // what one page of the page table covers
constexpr uint64_t LARGEST_BLOCK = 32 << 20;  // its 8192 markers take 0.2 ms
constexpr uint64_t BLOCKS_OF_RANGE = 512;

/** /proc/self/maps, for queries; -1: markers do not work here. It stays open. */
int mapsFile = -1;
std::atomic<uint64_t> markedBlocks{0};

void* pointer(uint64_t address) { return reinterpret_cast<void*>(address); }

int adviseRange(uint64_t start, uint64_t length, int advice) {
  while (madvise(pointer(start), length, advice) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

// The mapping that has the address, or the next one. False: there is none.
bool queryMapping(uint64_t address, MappingQuery* query) {
  *query = {};
  query->size = sizeof *query;
  query->flags = COVERING_OR_NEXT;
  query->address = address;
  return ioctl(mapsFile, IOCTL_QUERY, query) == 0;
}

bool isOwn(const TrapSlot* slot, const MappingQuery& mapping, uint64_t address) {
  return mapping.start <= address && mapping.inode == slot->inode &&
         makedev(mapping.deviceMajor, mapping.deviceMinor) == slot->device &&
         mapping.offset + (address - mapping.start) == address - slot->start.load();
}

uint64_t bytesOfBlock(const TrapSlot* slot) { return uint64_t{1} << (slot->blockShift + slot->shift); }

// A marker on a page of a memfile blocks it, lets pwrite(2) and the punching of a hole pass, and when it is removed the file's
// bytes are there.
bool tryMarkers(int file, uint8_t* page) {
  struct stat status;
  const auto address = reinterpret_cast<uint64_t>(page);
  if (fstat(file, &status) != 0) return false;
  TrapSlot slot;
  slot.start.store(address);
  slot.device = status.st_dev;
  slot.inode = status.st_ino;
  const uint8_t byte = 7;
  const int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
  page[0] = 1;
  if (placeMarkers(&slot, address, PAGE) != 0 || accessibleNow(address, false)) return false;
  if (fallocate(file, mode, 0, PAGE) != 0 || accessibleNow(address, false)) return false;
  if (pwrite(file, &byte, 1, 0) != 1 || accessibleNow(address, false)) return false;
  return removeMarkers(address, PAGE) == 0 && accessibleNow(address, true) && page[0] == byte;
}

bool probeMarkers() {
  const char* asked = getenv("FARPAGE_GUARD_PAGES");
  if (asked != nullptr && strcmp(asked, "0") == 0) return false;
  mapsFile = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  const int file = memfd_create("farpage-markers", MFD_CLOEXEC);
  void* page = MAP_FAILED;
  if (file >= 0 && ftruncate(file, PAGE) == 0) page = mmap(nullptr, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  const bool work = mapsFile >= 0 && page != MAP_FAILED && tryMarkers(file, static_cast<uint8_t*>(page));
  if (page != MAP_FAILED) munmap(page, PAGE);
  if (file >= 0) close(file);
  if (!work && mapsFile >= 0) close(mapsFile);
  return work;
}

}  // namespace

bool markersWork() {
  static const bool work = probeMarkers();
  return work;
}

void shapeBlocks(TrapSlot* slot) {
  struct stat status;
  const uint64_t length = slot->end.load() - slot->start.load();
  uint64_t bytes = SMALLEST_BLOCK;
  while (bytes < LARGEST_BLOCK && bytes * BLOCKS_OF_RANGE < length) bytes *= 2;
  slot->blockShift = static_cast<uint32_t>(__builtin_ctzll(bytes)) - slot->shift;
  // A page as large as a block would need a whole block of markers for itself: mprotect(2) is cheaper.
  slot->mayMark = slot->blockShift > 0 && markersWork() && fstat(slot->file, &status) == 0;
  if (!slot->mayMark) return;
  slot->device = status.st_dev;
  slot->inode = status.st_ino;
}

uint64_t blocksOf(const TrapSlot* slot) {
  const uint64_t pages = (slot->end.load() - slot->start.load()) >> slot->shift;
  return ((pages - 1) >> slot->blockShift) + 1;
}

void settleBlock(TrapSlot* slot, uint64_t block) {
  const uint64_t bit = uint64_t{1} << block % 64;
  slot->settled[block / 64].fetch_or(bit);
  if (!slot->mayMark) return;
  if (markedBlocks.fetch_add(1) >= MAX_MARKED_BLOCKS) {
    markedBlocks.fetch_sub(1);
    return;
  }
  const uint64_t start = slot->start.load() + block * bytesOfBlock(slot);
  const uint64_t length = std::min(bytesOfBlock(slot), slot->end.load() - start);
  // In this order no thread reads a page that has neither protection nor marker.
  if (placeMarkers(slot, start, length) == 0) {
    if (mprotect(pointer(start), length, PROT_READ | PROT_WRITE) == 0) {
      slot->marked[block / 64].fetch_or(bit);
      return;
    }
    mprotect(pointer(start), length, PROT_NONE);
  }
  // A marker left on a page would outlast its next mprotect(2).
  removeMarkers(start, length);
  markedBlocks.fetch_sub(1);
}

void releaseBlocks(TrapSlot* slot) {
  uint64_t count = 0;
  for (uint64_t word = 0; word <= (blocksOf(slot) - 1) / 64; word++) {
    count += static_cast<uint64_t>(__builtin_popcountll(slot->marked[word].load()));
  }
  markedBlocks.fetch_sub(count);
}

int placeMarkers(const TrapSlot* slot, uint64_t start, uint64_t length) {
  // MADV_GUARD_INSTALL drops the bytes of private memory, such as the application may have mapped over a part of the range.
  int failed = 0;
  const uint64_t end = start + length;
  MappingQuery mapping;
  for (uint64_t at = start; at < end;) {
    const bool found = queryMapping(at, &mapping);
    const uint64_t stop = found ? std::min(mapping.start > at ? mapping.start : mapping.end, end) : end;
    const bool own = found && isOwn(slot, mapping, at);
    const int error = own ? adviseRange(at, stop - at, GUARD_INSTALL) : ENOMEM;
    // What is locked can be marked at a second try.
    if (error != 0 && failed != EINVAL) failed = error;
    at = stop;
  }
  return failed;
}

int placeMarkersUnlocked(const TrapSlot* slot, uint64_t start, uint64_t length) {
  const int error = placeMarkers(slot, start, length);
  if (error != EINVAL) return error;
  // The whole block, so that the mapping is not cut up page by page.
  const uint64_t bytes = bytesOfBlock(slot);
  const uint64_t base = slot->start.load();
  const uint64_t from = base + (start - base) / bytes * bytes;
  const uint64_t to = std::min(base + (start + length - base + bytes - 1) / bytes * bytes, slot->end.load());
  if (munlock(pointer(from), to - from) != 0 && munlock(pointer(start), length) != 0) return errno;
  return placeMarkers(slot, start, length);
}

int removeMarkers(uint64_t start, uint64_t length) { return adviseRange(start, length, GUARD_REMOVE); }

}  // namespace farpage
