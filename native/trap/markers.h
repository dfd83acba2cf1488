// Guard markers (MADV_GUARD_INSTALL, MADV_GUARD_REMOVE; for memfiles since Linux 6.15). A marker in the page table makes a page raise
// SIGSEGV until it is removed, and costs no mapping. A range is divided into blocks. When the first page of a block is admitted,
// the whole block gets markers and its mapping becomes accessible: the block is marked. From then on its pages become accessible
// and absent by their markers. The pages of the other blocks do so by mprotect(2).
#pragma once
#include <cstdint>

#include "trap/table.h"

namespace farpage {

/** Blocks of the process that may be marked. Each may cost two mappings, at its ends. */
constexpr uint64_t MAX_MARKED_BLOCKS = 1024;

/** Whether this kernel has markers for memfiles, tried once. FARPAGE_GUARD_PAGES=0 in the environment: false. */
bool markersWork();

/** Decides how large the slot's blocks are, and whether they may be marked. Call when start, end, shift and file are set. */
void shapeBlocks(TrapSlot* slot);

/** The number of the slot's blocks. */
uint64_t blocksOf(const TrapSlot* slot);

/** Marks the block of a page that is admitted first, if that is possible. */
void settleBlock(TrapSlot* slot, uint64_t block);

/** Forgets the slot's marked blocks. */
void releaseBlocks(TrapSlot* slot);

/**
 * Puts markers on the pages of a span whose mapping is the slot's file at its own offset. ENOMEM: a part of the span is mapped
 * otherwise or not at all, and was left alone. EINVAL: a part is locked by mlock(2).
 */
int placeMarkers(const TrapSlot* slot, uint64_t start, uint64_t length);

/** The same, and unlocks what is locked. */
int placeMarkersUnlocked(const TrapSlot* slot, uint64_t start, uint64_t length);

/** Removes markers. ENOMEM: a part of the span is not mapped; the markers of the others are removed. */
int removeMarkers(uint64_t start, uint64_t length);

}  // namespace farpage
