// Memory whose absent pages must never be zeros: what happens when nobody fills them any more.
#pragma once
#include <cstdint>
#include <set>

namespace farpage {

/**
 * From now on a touch of the range gets SIGBUS when the userfaultfd is closed by `endGuard`, never zeros. The guard holds descriptors
 * of its own: one that other code closes ends nothing. If its number has become that of another userfaultfd, which is guarded now, its
 * own guard ends: nobody reads its messages any more.
 * @param file the memfile that the range maps
 * @return 0 or an errno
 */
int beginGuard(int userfaultfd, int file, uint64_t start, uint64_t length);

/**
 * The userfaultfd is about to be closed: removes its guarded memory, and wakes the threads that wait there. In a process that exits
 * they wait on, and `exitIfBlocked` ends them. False for one without a guard.
 * @param inode of the userfaultfd: its number may be another one's by now
 */
bool endGuard(int userfaultfd, uint64_t inode);

/** The process is exiting. Returns the guards' own userfaultfds. */
std::set<int> guardsAtExit();

}  // namespace farpage
