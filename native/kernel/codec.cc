// Compression by liblz4, loaded when first needed, the page digest, and CRC-32C by instruction or by tables.
#include "kernel/codec.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <dlfcn.h>
#include <sys/random.h>

#include <array>
#include <atomic>
#include <cstring>

namespace farpage {

namespace {

// Loaded at run time: its functions have been the same since 1.7, and no header need be installed.
using SizeOfState = int (*)();
using Compress = int (*)(void*, const char*, char*, int, int, int);
using Decompress = int (*)(const char*, char*, int, int);
// Several threads may load it at once. A thread that sees lz4Compress sees lz4Decompress too.
std::atomic<Compress> lz4Compress{nullptr};
std::atomic<Decompress> lz4Decompress{nullptr};

constexpr uint64_t PRIME = (uint64_t{1} << 61) - 1;

uint64_t reduce(unsigned __int128 value) {
  const uint64_t folded = (static_cast<uint64_t>(value) & PRIME) + static_cast<uint64_t>(value >> 61);
  return folded >= PRIME ? folded - PRIME : folded;
}

bool fillRandom(void* into, size_t bytes) {
  auto* at = static_cast<uint8_t*>(into);
  while (bytes > 0) {
    const ssize_t got = getrandom(at, bytes, 0);
    if (got <= 0) return false;
    at += got;
    bytes -= static_cast<size_t>(got);
  }
  return true;
}

}  // namespace

const char* loadLz4() {
  if (lz4Compress.load() != nullptr) return nullptr;
  void* library = dlopen("liblz4.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return dlerror();
  const auto unpack = reinterpret_cast<Decompress>(dlsym(library, "LZ4_decompress_safe"));
  const auto pack = reinterpret_cast<Compress>(dlsym(library, "LZ4_compress_fast_extState"));
  const auto sizeOfState = reinterpret_cast<SizeOfState>(dlsym(library, "LZ4_sizeofState"));
  if (unpack == nullptr || pack == nullptr || sizeOfState == nullptr) return "liblz4.so.1 lacks a call";
  if (sizeOfState() > static_cast<int>(sizeof(CompressionState))) return "liblz4.so.1 needs more memory than it is given";
  lz4Decompress = unpack;
  lz4Compress = pack;
  return nullptr;
}

int compress(CompressionState& state, const uint8_t* from, uint8_t* to, int bytes, int room) {
  constexpr int AS_LZ4_COMPRESS_DEFAULT = 1;
  return lz4Compress.load()(state.bytes, reinterpret_cast<const char*>(from), reinterpret_cast<char*>(to), bytes, room,
                            AS_LZ4_COMPRESS_DEFAULT);
}

bool decompress(const uint8_t* from, uint8_t* to, int length, int bytes) {
  return lz4Decompress.load()(reinterpret_cast<const char*>(from), reinterpret_cast<char*>(to), length, bytes) == bytes;
}

bool Digest::begin() {
  if (!fillRandom(key_, sizeof key_) || !fillRandom(factors_, sizeof factors_)) return false;
  for (uint64_t& factor : factors_) factor = reduce(factor);
  return true;
}

// Words of SplitMix64 (Steele, Lea, Flood: “Fast Splittable Pseudorandom Number Generators”, OOPSLA '14) from 0.
void Digest::beginPublic() {
  uint64_t state = 0;
  const auto next = [&state] {
    uint64_t word = state += 0x9e3779b97f4a7c15;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
    word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
    return word ^ (word >> 31);
  };
  for (uint64_t& word : key_) word = next();
  for (uint64_t& factor : factors_) factor = reduce(next());
}

uint64_t Digest::of(const uint8_t* page, size_t bytes) const {
  uint64_t digest = 0;
  for (size_t block = 0; block < bytes / 4096; block++) {
    const uint8_t* at = page + block * 4096;
    unsigned __int128 even = 0;
    unsigned __int128 odd = 0;
    for (size_t i = 0; i < WORDS; i += 4) {
      uint64_t word[4];
      std::memcpy(word, at + i * 8, 32);
      even += static_cast<unsigned __int128>(word[0] + key_[i]) * (word[1] + key_[i + 1]);
      odd += static_cast<unsigned __int128>(word[2] + key_[i + 2]) * (word[3] + key_[i + 3]);
    }
    const unsigned __int128 sum = even + odd;
    const uint64_t* factor = factors_ + block * 3;
    const uint64_t low = static_cast<uint64_t>(sum) & ((uint64_t{1} << 43) - 1);
    const uint64_t middle = static_cast<uint64_t>(sum >> 43) & ((uint64_t{1} << 43) - 1);
    const uint64_t high = static_cast<uint64_t>(sum >> 86);
    digest = reduce(static_cast<unsigned __int128>(low) * factor[0] + digest);
    digest = reduce(static_cast<unsigned __int128>(middle) * factor[1] + digest);
    digest = reduce(static_cast<unsigned __int128>(high) * factor[2] + digest);
  }
  return digest;
}

namespace {

constexpr uint32_t CASTAGNOLI = 0x82f63b78;  // reflected
using Tables = std::array<std::array<uint32_t, 256>, 8>;

constexpr Tables makeTables() {
  Tables tables{};
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t sum = i;
    for (int bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ ((sum & 1) != 0 ? CASTAGNOLI : 0);
    tables[0][i] = sum;
  }
  for (size_t k = 1; k < 8; k++) {
    for (size_t i = 0; i < 256; i++) tables[k][i] = (tables[k - 1][i] >> 8) ^ tables[0][tables[k - 1][i] & 255];
  }
  return tables;
}

constexpr Tables TABLES = makeTables();

uint32_t sumByTables(uint32_t sum, const uint8_t* bytes, size_t count) {
  for (; count >= 8; bytes += 8, count -= 8) {
    const uint32_t low = sum ^ (bytes[0] | bytes[1] << 8 | bytes[2] << 16 | static_cast<uint32_t>(bytes[3]) << 24);
    sum = TABLES[7][low & 255] ^ TABLES[6][low >> 8 & 255] ^ TABLES[5][low >> 16 & 255] ^ TABLES[4][low >> 24] ^
          TABLES[3][bytes[4]] ^ TABLES[2][bytes[5]] ^ TABLES[1][bytes[6]] ^ TABLES[0][bytes[7]];
  }
  for (; count > 0; bytes++, count--) sum = (sum >> 8) ^ TABLES[0][(sum ^ *bytes) & 255];
  return sum;
}

#if defined(__x86_64__)
// Clang names the instruction apart from the set that it is in; GCC 10 does not know that name.
#if defined(__clang__)
#define WITH_CRC32 __attribute__((target("sse4.2,crc32")))
#else
#define WITH_CRC32 __attribute__((target("sse4.2")))
#endif

// The instruction takes three cycles and one can begin in each: three parts of a block are summed side by side, and joined.
constexpr size_t PART = 512;

// What a sum becomes when PART bytes of zeros follow, by each of its bytes.
struct Shift {
  uint32_t table[4][256];

  Shift() {
    static const uint8_t zeros[PART] = {};
    uint32_t bits[32];
    for (int bit = 0; bit < 32; bit++) bits[bit] = sumByTables(uint32_t{1} << bit, zeros, PART);
    for (int byte = 0; byte < 4; byte++) {
      for (uint32_t value = 0; value < 256; value++) {
        uint32_t sum = 0;
        for (int bit = 0; bit < 8; bit++) sum ^= ((value >> bit) & 1) != 0 ? bits[8 * byte + bit] : 0;
        table[byte][value] = sum;
      }
    }
  }

  uint32_t operator()(uint64_t sum) const {
    return table[0][sum & 255] ^ table[1][(sum >> 8) & 255] ^ table[2][(sum >> 16) & 255] ^ table[3][(sum >> 24) & 255];
  }
};

uint64_t wordAt(const uint8_t* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, 8);
  return word;
}

WITH_CRC32 uint32_t sumByInstruction(uint32_t start, const uint8_t* bytes, size_t count) {
  static const Shift shift;
  uint64_t sum = start;
  for (; count >= 3 * PART; bytes += 3 * PART, count -= 3 * PART) {
    uint64_t second = 0, third = 0;
    for (size_t at = 0; at < PART; at += 8) {
      sum = __builtin_ia32_crc32di(sum, wordAt(bytes + at));
      second = __builtin_ia32_crc32di(second, wordAt(bytes + PART + at));
      third = __builtin_ia32_crc32di(third, wordAt(bytes + 2 * PART + at));
    }
    sum = shift(shift(sum) ^ second) ^ third;
  }
  for (; count >= 8; bytes += 8, count -= 8) sum = __builtin_ia32_crc32di(sum, wordAt(bytes));
  return sumByTables(static_cast<uint32_t>(sum), bytes, count);
}

// Not by __builtin_cpu_supports: it needs a part of the compiler's library that zig does not bring.
bool hasInstruction() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSE4_2) != 0;
}
#endif

}  // namespace

uint32_t crc32c(uint32_t seed, const uint8_t* bytes, size_t count) {
#if defined(__x86_64__)
  static const bool has = hasInstruction();
  if (has) return ~sumByInstruction(~seed, bytes, count);
#endif
  return ~sumByTables(~seed, bytes, count);
}

}  // namespace farpage
