// The kernel's names of its numbers.
#pragma once

namespace farpage {

// 'EPERM'
const char* errnoName(int number);

// 'SIGBUS'; real-time signals have no name.
const char* signalName(int number);

}  // namespace farpage
