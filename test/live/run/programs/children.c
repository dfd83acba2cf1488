// Uses some memory, and says what is in it; the same with every C library. `overflow`: writes behind what it has.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  const size_t bytes = 4 << 20;
  volatile unsigned char *memory = malloc(bytes);
  unsigned sum = 0;
  if (memory == NULL || argc != 2) return 1;
  const int overflow = strcmp(argv[1], "overflow") == 0;
  for (size_t at = 0; at < bytes + (size_t)overflow; at++) memory[at] = (unsigned char)(at >> 9);
  for (size_t at = 0; at < bytes; at += 77) sum += memory[at];
  printf("%s %u\n", argv[1], sum);
  free((void *)memory);
  return 0;
}
