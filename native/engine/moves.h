// How pages are put into a region, taken out of it and woken up for, by the kind of memory they live in.
//
//   anonymous    the kernel moves a page between region and frame: UFFDIO_MOVE
//   memfile      it is copied: UFFDIO_COPY in; out under write protection, by pread(2), then a hole is punched
//   trap         a memfile without userfaultfd: see trap.h
#pragma once
#include <cstddef>
#include <cstdint>

#include "kernel/uffd.h"

namespace farpage {

constexpr uint64_t BASE_PAGE = 4096;
constexpr uint64_t HUGE_PAGE = 2 << 20;

class Trap;
class Views;

/** Where a region's pages live. */
struct Backing {
  /** The core's number of it. */
  uint32_t region = 0;
  uint64_t start = 0;
  uint64_t length = 0;
  /** The memfile's descriptor; -1: private anonymous memory. */
  int file = -1;
  /** Pages of hugetlbfs, which has no ZEROPAGE. */
  bool huge = false;
  /** The userfaultfd of another process's memory; -1: it is ours. */
  int remote = -1;
  /** That memory is a space: its agent moves victims out. */
  bool spaced = false;
  /** A page of it could not be poisoned: none may be readable once it is not registered any more. */
  bool unpoisoned = false;
  /** /proc/PID/mem of its process; -1: not open. Ours is opened when first needed. */
  int memory = -1;
};

/** What the calls below act with. */
struct Means {
  int fd = -1;
  /** In place of a userfaultfd. */
  Trap* trap = nullptr;
  /** Regions in other processes; null where the engine is a trap. */
  Views* views = nullptr;
  /** A second descriptor without events, and a range registered with it: what is dropped there is dropped silently. */
  int binFd = -1;
  uint64_t bin = 0;
  uint64_t binBytes = 0;
  /** Of remotes: victims are copied into them, and they keep their memory. */
  bool framesKept = false;
};

/** Lets go what was opened for it. */
void closeMemory(Backing& backing);

Progress copyIn(const Means& means, const Backing& backing, uint64_t target, uint64_t source, uint64_t length);
Progress zeroIn(const Means& means, const Backing& backing, uint64_t target, uint64_t length);
Progress moveIn(const Means& means, uint64_t target, uint64_t source, uint64_t length);
/** Victims at `source`, `offset` in their region, into frames at `target`: who touches them from now on waits for them. */
Progress takeOut(const Means& means, const Backing& backing, uint64_t target, uint64_t source, uint64_t offset,
                 uint64_t length);
/** Maps what the memfile holds already. */
Progress continueIn(const Means& means, uint64_t target, uint64_t length);
Progress poisonIn(const Means& means, const Backing& backing, uint64_t target, uint64_t length);
/** 0 or an errno, as those below. */
int unprotect(const Means& means, uint64_t target, uint64_t length);
/** From now on a write to the pages is a fault. */
int protect(const Means& means, const Backing& backing, uint64_t target, uint64_t length);
/**
 * Pages at `source`, `offset` in their region, into a buffer at `target`, without a fault: EIO or EFAULT where one is not
 * there. `settled`: no event was read that the core has not taken.
 */
Progress savePages(const Backing& backing, uint64_t target, uint64_t source, uint64_t offset, uint64_t length,
                   bool settled);
/** A touch is a SIGSEGV for good. */
int sealUp(const Means& means, uint64_t target, uint64_t length);
int wakeUp(const Means& means, uint64_t target, uint64_t length);
/** Takes removed pages out of the memfile as well. */
int punch(const Means& means, const Backing& backing, uint64_t start, uint64_t offset, uint64_t length);
/** Gives the memory of frames back to the system, without an event that the calling thread would have to read. */
int dropFrames(const Means& means, uint64_t start, uint64_t length);

}  // namespace farpage
