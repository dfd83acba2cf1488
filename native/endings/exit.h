// Ends a process that exits while its threads wait for pages that only it could fill.
#pragma once
#include <set>

namespace farpage {

/**
 * The process is exiting with this code; these userfaultfds belong to its main thread. Node.js joins its Workers and cannot
 * interrupt one that is blocked on a page: if one is still blocked after half a second, a thread ends the process. No
 * thread gets zeros.
 */
void exitIfBlocked(int code, const std::set<int>& userfaultfds);

}  // namespace farpage
