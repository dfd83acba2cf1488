// A user's program: heapsort of u32 in an imported memory. It knows nothing of paging.

/** Sorts `count` numbers at the memory's beginning. */
export function sort(count: u32): void {
  for (let root = count >> 1; root-- > 0; ) sift(root, count);
  for (let end = count; end-- > 1; ) {
    const last = load<u32>(end << 2);
    store<u32>(end << 2, load<u32>(0));
    store<u32>(0, last);
    sift(0, end);
  }
}

function sift(from: u32, end: u32): void {
  let at = from;
  const value = load<u32>(at << 2);
  for (;;) {
    let child = (at << 1) + 1;
    if (child >= end) break;
    let largest = load<u32>(child << 2);
    if (child + 1 < end) {
      const right = load<u32>((child + 1) << 2);
      if (right > largest) {
        largest = right;
        child++;
      }
    }
    if (largest <= value) break;
    store<u32>(at << 2, largest);
    at = child;
  }
  store<u32>(at << 2, value);
}

/** Bottom-up merges from [0, count) through [count, 2 × count) and back: what suits paged memory. Runs of 2^k. */
export function mergesort(count: u32): u32 {
  let from: u32 = 0;
  let to: u32 = count;
  for (let run: u32 = 1; run < count; run <<= 1) {
    for (let at: u32 = 0; at < count; at += run << 1) {
      merge(from + at, from + min(at + run, count), from + min(at + (run << 1), count), to + at);
    }
    const other = from;
    from = to;
    to = other;
  }
  return from;
}

function merge(left: u32, middle: u32, end: u32, into: u32): void {
  let right = middle;
  while (left < middle || right < end) {
    const takeLeft = right >= end || (left < middle && load<u32>(left << 2) <= load<u32>(right << 2));
    store<u32>(into++ << 2, takeLeft ? load<u32>(left++ << 2) : load<u32>(right++ << 2));
  }
}
