// Whether a process is on its way to its end, though it has not ended yet.
#pragma once

namespace farpage {

/** Whether SIGKILL is pending in the process of this pidfd, or it is exiting. False if that cannot be known. */
bool isBeingKilled(int pidfd);

}  // namespace farpage
