/* A program that knows nothing of paging: scenes that use memory and check every byte of it. `cc -pthread *.c`. */
#include "scenes.h"

const char *self;

int main(int count, char **arguments) {
  self = arguments[0];
  const char *scene = count > 1 ? arguments[1] : "";
  const char *more = count > 2 ? arguments[2] : "";
  errno = 0;
  if (strcmp(scene, "patterns") == 0) patterns((size_t)atoi(more));
  else if (strcmp(scene, "growth") == 0) growth();
  else if (strcmp(scene, "drops") == 0) drops();
  else if (strcmp(scene, "threads") == 0) threads();
  else if (strcmp(scene, "fork") == 0) forks(fork, 2);
  else if (strcmp(scene, "rawfork") == 0) forks(rawFork, 2);
  else if (strcmp(scene, "spawns") == 0) spawns();
  else if (strcmp(scene, "descriptors") == 0) descriptors();
  else if (strcmp(scene, "kernel") == 0) kernel();
  else if (strcmp(scene, "locked") == 0) locked();
  else if (strcmp(scene, "signals") == 0) signals();
  else if (strcmp(scene, "small") == 0) small();
  else if (strcmp(scene, "frees") == 0) frees();
  else if (strcmp(scene, "own") == 0) ownUserfaultfd();
  else if (strcmp(scene, "looks") == 0) looks();
  else if (strcmp(scene, "daemon") == 0) daemonize(more);
  else if (strcmp(scene, "endless") == 0) endless(strcmp(more, "after") == 0);
  else require(0, "a scene");
  printf("good %s\n", scene);
  return 0;
}
