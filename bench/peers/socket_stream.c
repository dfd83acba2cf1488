// Memory that goes from one process to another over a socket: copied into a buffer, sent, received, copied to where it belongs.
// --pages N --kind unix|tcp [--cpu C: the receiver's] [--sender-cpu C]
#include "sockets.h"
#include <sys/wait.h>

#define CHUNK (256u << 10)

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 65536);
  bool tcp = is_tcp(argc, argv);
  int cpu = cpu_option(argc, argv), sender_cpu = atoi(option(argc, argv, "sender-cpu", "-1"));
  size_t bytes = (size_t)pages * PAGE_BYTES;
  if (bytes % CHUNK) die("--pages %u: not a multiple of 64", pages);
  warm_memory(3 * bytes);
  uint32_t *memory = map_populated(bytes);
  for (uint32_t page = 0; page < pages; page++) fill_page(memory + (size_t)page * PAGE_WORDS, page, false);
  int ends[2];
  char byte = 0;
  connect_both(tcp, ends);
  pid_t child = fork();
  if (child < 0) die("fork");
  if (child == 0) {
    pin(sender_cpu);
    uint8_t *buffer = map_populated(CHUNK);
    if (!receive_all(ends[1], &byte, 1)) _exit(1);
    for (size_t at = 0; at < bytes; at += CHUNK) {
      memcpy(buffer, (uint8_t *)memory + at, CHUNK);
      if (!send_all(ends[1], buffer, CHUNK)) _exit(1);
    }
    _exit(receive_all(ends[1], &byte, 1) ? 0 : 1);
  }
  pin(cpu);
  uint8_t *buffer = map_populated(CHUNK), *into = map_populated(bytes);
  uint64_t begin = now_ns();
  if (!send_all(ends[0], &byte, 1)) die("send");
  for (size_t at = 0; at < bytes; at += CHUNK) {
    if (!receive_all(ends[0], buffer, CHUNK)) die("the sender has gone");
    memcpy(into + at, buffer, CHUNK);
  }
  double seconds = (double)(now_ns() - begin) / 1e9;
  if (!send_all(ends[0], &byte, 1)) die("send");
  waitpid(child, NULL, 0);
  uint64_t wrong = memcmp(into, memory, bytes) != 0;
  printf("{\"peer\":\"socket_stream\",\"kind\":\"%s\",\"pages\":%u,\"seconds\":%.6f,\"wrong\":%" PRIu64 "}\n", tcp ? "tcp" : "unix",
         pages, seconds, wrong);
  return wrong == 0 ? 0 : 1;
}
