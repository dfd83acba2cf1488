// Functions on a page's bytes: compression by the system's liblz4, the digest, and CRC-32C.
#pragma once
#include <cstddef>
#include <cstdint>

namespace farpage {

/** Loads liblz4, once; null, or the reason why it cannot be used. */
const char* loadLz4();

/** What `compress` works in, for one thread at a time: a thread in a signal handler may have less on its stack. */
struct CompressionState {
  alignas(16) uint8_t bytes[16 * 1024 + 64];
};

/** The compressed length; 0 if it does not fit into `room`. */
int compress(CompressionState& state, const uint8_t* from, uint8_t* to, int bytes, int room);

/** True if exactly `bytes` bytes came out. */
bool decompress(const uint8_t* from, uint8_t* to, int length, int bytes);

/** Continues a CRC-32C (Castagnoli, RFC 3720): `seed` is the sum so far, 0 at first. */
uint32_t crc32c(uint32_t seed, const uint8_t* bytes, size_t count);

/**
 * The digest of a page: 61 bits, keyed, so that two different pages agree with a probability of at most
 * 2^-64 + 2^-61, whatever they hold, as long as the key is secret.
 *
 * Each 4 KiB block goes through NH on 64-bit words (Black, Halevi, Krawczyk, Krovetz, Rogaway: “UMAC: Fast and Secure
 * Message Authentication”, CRYPTO '99), Σ (m[i] + k[i]) · (m[i+1] + k[i+1]) mod 2^128; the sums, in limbs of 43, 43 and
 * 42 bits, go through an inner product with random factors modulo the prime 2^61 - 1.
 */
class Digest {
 public:
  /** Draws a new key from the kernel's random source; false if that failed. */
  bool begin();
  /** Sets the fixed key that all images share: their digests detect damage and change, not tampering. */
  void beginPublic();
  /** `bytes` is a multiple of 4096, at most 2 MiB. */
  uint64_t of(const uint8_t* page, size_t bytes) const;

 private:
  static constexpr size_t WORDS = 512;
  static constexpr size_t BLOCKS = 512;
  uint64_t key_[WORDS];
  uint64_t factors_[BLOCKS * 3];
};

}  // namespace farpage
