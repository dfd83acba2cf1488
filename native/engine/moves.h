// Puts pages into a region, takes them out and wakes their threads, by the kind of memory that backs the region.
//
//   anonymous    the kernel moves the page between region and frame: UFFDIO_MOVE
//   memfile      the page is copied: in by UFFDIO_COPY; out under write protection by pread(2), then a hole is punched
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

/** What backs a region's pages. */
struct Backing {
  /** The region's number in the core. */
  uint32_t region = 0;
  uint64_t start = 0;
  uint64_t length = 0;
  /** The memfile's descriptor; -1: private anonymous memory. */
  int file = -1;
  /** Pages of hugetlbfs, which has no ZEROPAGE. */
  bool huge = false;
  /** The userfaultfd of another process's memory; -1: the memory is this process's. */
  int remote = -1;
  /** That memory is a space: its agent moves victims out. */
  bool spaced = false;
  /** A page of it could not be poisoned: the region must be sealed when it is unregistered. */
  bool unpoisoned = false;
  /** /proc/PID/mem of its process; -1: not open. That of this process is opened when first needed. */
  int memory = -1;
};

/** The descriptors and tables that the calls below use. */
struct Means {
  int fd = -1;
  /** In place of a userfaultfd. */
  Trap* trap = nullptr;
  /** Regions in other processes; null if the engine is a trap. */
  Views* views = nullptr;
  /** A second descriptor without events, and a range registered with it: pages moved there can be dropped without an event. */
  int binFd = -1;
  uint64_t bin = 0;
  uint64_t binBytes = 0;
  /** Frames keep their memory: victims of remotes are copied into them. */
  bool framesKept = false;
};

/** Closes the descriptors that were opened for it. */
void closeMemory(Backing& backing);

Progress copyIn(const Means& means, const Backing& backing, uint64_t target, uint64_t source, uint64_t length);
Progress zeroIn(const Means& means, const Backing& backing, uint64_t target, uint64_t length);
/**
 * The same for a thread that waits to write. ZEROPAGE maps the kernel's page of zeros into anonymous memory, and the write
 * would fault once more: a page of the region's own is copied there instead.
 */
Progress zeroForWrite(const Means& means, const Backing& backing, uint64_t target, uint64_t length);
Progress moveIn(const Means& means, uint64_t target, uint64_t source, uint64_t length);
/** Moves victims from `source`, at `offset` in their region, into frames at `target`: threads that touch them block. */
Progress takeOut(const Means& means, const Backing& backing, uint64_t target, uint64_t source, uint64_t offset,
                 uint64_t length);
/** Maps what the memfile holds already. */
Progress continueIn(const Means& means, uint64_t target, uint64_t length);
Progress poisonIn(const Means& means, const Backing& backing, uint64_t target, uint64_t length);
/** 0 or an errno, as the calls below. */
int unprotect(const Means& means, uint64_t target, uint64_t length);
/** From now on a write to the pages is a fault. */
int protect(const Means& means, const Backing& backing, uint64_t target, uint64_t length);
/**
 * Copies pages from `source`, at `offset` in their region, to `target` without a fault: EIO or EFAULT if one is absent.
 * `settled`: the core has taken every event that was read.
 */
Progress savePages(const Backing& backing, uint64_t target, uint64_t source, uint64_t offset, uint64_t length,
                   bool settled);
/** Seals pages: a touch is a SIGSEGV from now on. */
int sealUp(const Means& means, uint64_t target, uint64_t length);
int wakeUp(const Means& means, uint64_t target, uint64_t length);
/** Punches removed pages out of the memfile. */
int punch(const Means& means, const Backing& backing, uint64_t start, uint64_t offset, uint64_t length);
/** Returns the memory of frames to the system, without an event that the calling thread would have to read. */
int dropFrames(const Means& means, uint64_t start, uint64_t length);

}  // namespace farpage
