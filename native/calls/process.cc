// The wrappers of process.h. Node.js's own handlers (process.on('SIGBUS')), crash reporters and other addons arrive here.
#include "calls/process.h"

#include <cstring>

#include "calls/slots.h"
#include "endings/gone.h"

namespace farpage {

Sigaction* originalSigaction = nullptr;
Dlopen* originalDlopen = nullptr;

int wrapSigaction(int signal, const struct sigaction* action, struct sigaction* old) {
  return installBelow(signal, action, old) ? 0 : originalSigaction(signal, action, old);
}

void* wrapDlopen(const char* name, int flags) {
  // Such a name is looked for where the calling object says, which the loader knows by the return address: a tail call keeps it.
  if (name != nullptr && (strchr(name, '/') == nullptr || strchr(name, '$') != nullptr)) return originalDlopen(name, flags);
  void* loaded = originalDlopen(name, flags);
  if (loaded != nullptr) wrapLoadedObjects();
  return loaded;
}

}  // namespace farpage
