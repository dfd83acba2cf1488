// The table of futexes: see parking.h.
#include "kernel/parking.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

namespace farpage {

namespace {

constexpr size_t PARKINGS = 1024;

Parking parkings[PARKINGS];

void wake(Parking& parking) {
  parking.word.fetch_add(1);
  if (parking.waiters.load() != 0) syscall(SYS_futex, &parking.word, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

}  // namespace

Parking& parkingOf(uint64_t page) { return parkings[(page ^ page / PARKINGS) % PARKINGS]; }

// The kernel compares the word: either it has changed, or the thread that changes it finds this one counted in.
void park(Parking& parking, uint32_t seen) {
  parking.waiters.fetch_add(1);
  while (parking.word.load() == seen) syscall(SYS_futex, &parking.word, FUTEX_WAIT_PRIVATE, seen, nullptr, nullptr, 0);
  parking.waiters.fetch_sub(1);
}

void wakeParked(uint64_t start, uint64_t end, uint32_t shift) {
  const uint64_t first = start >> shift;
  const uint64_t count = ((end - 1) >> shift) - first + 1;
  if (count >= PARKINGS) return wakeAllParked();
  for (uint64_t i = 0; i < count; i++) wake(parkingOf(first + i));
}

void wakeAllParked() {
  for (Parking& parking : parkings) wake(parking);
}

}  // namespace farpage
