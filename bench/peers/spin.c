// Other load: computes until it is ended, or its parent is. Its harness pins it.
#include "common.h"

#include <signal.h>
#include <sys/prctl.h>

int main(void) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL)) die("prctl");
  puts("{\"peer\":\"spin\"}");
  fflush(stdout);
  for (volatile uint64_t turns = 0;; turns++) continue;
}
