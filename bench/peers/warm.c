// Touches --mib of memory and ends: the host has backed it then, for the next process.
#include "common.h"

int main(int argc, char **argv) {
  uint64_t mib = number(argc, argv, "mib", 1024);
  uint64_t begin = now_ns();
  warm_memory(mib << 20);
  printf("{\"peer\":\"warm\",\"mib\":%" PRIu64 ",\"seconds\":%.6f,\"wrong\":0}\n", mib, (double)(now_ns() - begin) / 1e9);
  return 0;
}
