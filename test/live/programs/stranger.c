// An addon of somebody else: it calls the C library itself, and its handlers of SIGBUS and SIGSEGV take each signal for a crash.
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef void* value;
value napi_register_module_v1(void* env, value exports);
int32_t node_api_module_get_api_version_v1(void);

static void crash(int signal) {
  const char* line = signal == SIGBUS ? "crashed by SIGBUS\n" : "crashed by SIGSEGV\n";
  if (write(1, line, strlen(line)) < 0) _exit(98);
  _exit(99);
}

int32_t node_api_module_get_api_version_v1(void) { return 8; }

// READ: an address; a page of zeros is read there.
value napi_register_module_v1(void* env, value exports) {
  (void)env;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = crash;
  if (sigaction(SIGBUS, &action, NULL) != 0 || sigaction(SIGSEGV, &action, NULL) != 0) _exit(97);
  const char* address = getenv("READ");
  const int zeros = open("/dev/zero", O_RDONLY | O_CLOEXEC);
  if (address != NULL && read(zeros, (void*)(uintptr_t)strtoull(address, NULL, 10), 4096) != 4096) _exit(96);
  close(zeros);
  return exports;
}
