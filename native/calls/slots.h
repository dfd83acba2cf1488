// The tables of imported functions (global offset tables) of the loaded program and libraries.
#pragma once

namespace farpage {

/**
 * Lets each loaded object call farpage's wrappers (calls.h) in place of the C library's functions. An entry that leads elsewhere,
 * as to another library's hook, stays as it is. Objects loaded later are found by the next call, which costs little if there are none.
 */
void wrapLoadedObjects();

/** While it lives, libuv finds the wrappers by dlsym(3), too: its newer versions ask for preadv and pwritev so. */
class LookupWrapped {
 public:
  LookupWrapped();
  ~LookupWrapped();
  LookupWrapped(const LookupWrapped&) = delete;
  LookupWrapped& operator=(const LookupWrapped&) = delete;

 private:
  void** slot_ = nullptr;
};

}  // namespace farpage
