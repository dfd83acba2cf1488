// Memory that stands in for the kernel's: pages that are there or not, each under a mutex, as the kernel has its page table locks.
#pragma once
#include <cstdint>

#include "kernel/uffd.h"

namespace stand {

constexpr uint64_t PAGE = 4096;

/** All regions lie in [start, start + pages). */
void beginMemory(uint64_t start, uint64_t pages);

enum class Met { there, missing, foreign };

/**
 * A thread touches a page: adds one to what it holds if `write`. A page that holds something else than what was written to it
 * ends the process.
 */
Met touch(uint64_t address, bool write);

/** Writes what a page of the source holds, as a store does that fetches it. */
void fillFromSource(uint8_t* page, uint64_t address);

/** From now on the page may hold what its source does. */
void sourcedFrom(uint64_t start, uint64_t pages);

[[noreturn]] void fail(const char* why);

}  // namespace stand
