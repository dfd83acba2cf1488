// The process exits while threads wait for pages that it alone could fill.
#pragma once
#include <set>

namespace farpage {

/**
 * The process is exiting with this code, and these userfaultfds are its main thread's. Node joins its Workers and cannot
 * interrupt one that waits for a page: where one still waits half a second on, the process ends all the same. Nobody is
 * let go with zeros.
 */
void exitOnceBlocked(int code, const std::set<int>& userfaultfds);

}  // namespace farpage
