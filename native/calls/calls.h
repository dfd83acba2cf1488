// System calls with buffers in regions, made in farpage's way: the bytes go through memory outside, and are copied from user
// mode, where absent pages are served.
//
//   libuv ─ its table of imported functions ─ here ─┬ the buffer lies outside all regions: the C library's function
//                                                  └ else: the C library's function on a bounce buffer, and a copy
//
// The kernel never sees a page of a region, so no page can be evicted under it, and no datagram is lost to an EFAULT.
#pragma once
#include <cstddef>

namespace farpage {

/** A function of the C library, and the one that programs call in its place. */
struct Wrapped {
  const char* name;
  void* wrapper;
  /** The C library's, or that of a library preloaded before it. Null: the C library lacks the name. */
  void* (*original)();
};

extern const Wrapped wrappedCalls[];
extern const size_t WRAPPED_CALLS;

using Finder = void* (*)(const char* name);

/** Finds the C library's functions; before that no wrapper may be called. */
void findOriginals(Finder finder);

}  // namespace farpage
