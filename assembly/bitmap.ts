// Bitmaps of up to a few thousand bits, in u32 words: bit n is bit n % 32 of word n / 32.

// @ts-ignore: decorator
@inline
export function setBit(map: usize, bit: u32): void {
  const at = map + ((bit >> 5) << 2);
  store<u32>(at, load<u32>(at) | (1 << (bit & 31)));
}

// @ts-ignore: decorator
@inline
export function clearBit(map: usize, bit: u32): void {
  const at = map + ((bit >> 5) << 2);
  store<u32>(at, load<u32>(at) & ~(1 << (bit & 31)));
}

// @ts-ignore: decorator
@inline
export function testBit(map: usize, bit: u32): bool {
  return ((load<u32>(map + ((bit >> 5) << 2)) >> (bit & 31)) & 1) != 0;
}

/** The first set bit from `from` on, below `end`; `end` where there is none. */
export function findSet(map: usize, from: u32, end: u32): u32 {
  if (from >= end) return end;
  let word = from >> 5;
  let bits = load<u32>(map + (word << 2)) & (0xffffffff << (from & 31));
  const last = (end - 1) >> 5;
  while (bits == 0) {
    if (word == last) return end;
    word++;
    bits = load<u32>(map + (word << 2));
  }
  const found = (word << 5) + ctz<u32>(bits);
  return found < end ? found : end;
}

/** How many bits from `from` on are set, at most `limit`, not past `end`. */
export function runLength(map: usize, from: u32, limit: u32, end: u32): u32 {
  let count: u32 = 0;
  while (count < limit && from + count < end && testBit(map, from + count)) count++;
  return count;
}
