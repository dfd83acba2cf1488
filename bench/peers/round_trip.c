// The round trip of a page over a bare socket between two processes: 16 bytes there, 16 and the page back. Beside it, where
// --stream is 1, a thread of the one sends pages on a connection of its own to a thread of the other, as fast as they come.
// --pages N --count N --kind unix|tcp [--stream 0|1] [--cpu C: the asker's] [--server-cpu C]
#include "sockets.h"
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

#define HEADER 16u
#define CHUNK 65536u

static int asking[2], streaming[2];
static uint32_t pages;
static uint32_t *memory;
static uint64_t streamed;

static void *send_stream(void *unused) {
  (void)unused;
  size_t bytes = (size_t)pages * PAGE_BYTES;
  for (size_t at = 0;; at = (at + CHUNK) % bytes)
    if (!send_all(streaming[1], (uint8_t *)memory + at, CHUNK)) return NULL;
}

static void *receive_stream(void *into) {
  while (receive_all(streaming[0], into, CHUNK)) __atomic_add_fetch(&streamed, CHUNK, __ATOMIC_RELAXED);
  return NULL;
}

static void serve(void) {
  uint8_t answer[HEADER + PAGE_BYTES];
  uint64_t request[2];
  while (receive_all(asking[1], request, sizeof request)) {
    memcpy(answer, request, HEADER);
    memcpy(answer + HEADER, memory + (request[0] % pages) * PAGE_WORDS, PAGE_BYTES);
    if (!send_all(asking[1], answer, sizeof answer)) break;
  }
}

int main(int argc, char **argv) {
  pages = (uint32_t)number(argc, argv, "pages", 16384);
  uint32_t count = (uint32_t)number(argc, argv, "count", 4000), warm = count / 4;
  bool tcp = is_tcp(argc, argv), stream = number(argc, argv, "stream", 0) != 0;
  int cpu = cpu_option(argc, argv), server_cpu = atoi(option(argc, argv, "server-cpu", "-1"));
  size_t bytes = (size_t)pages * PAGE_BYTES;
  if (bytes % CHUNK) die("--pages %u: not a multiple of 16", pages);
  warm_memory(2 * bytes);
  memory = map_populated(bytes);
  for (uint32_t page = 0; page < pages; page++) fill_page(memory + (size_t)page * PAGE_WORDS, page, false);
  connect_both(tcp, asking);
  connect_both(tcp, streaming);
  pthread_t thread;
  pid_t child = fork();
  if (child < 0) die("fork");
  if (child == 0) {
    pin(server_cpu);
    close(asking[0]), close(streaming[0]);
    if (stream && pthread_create(&thread, NULL, send_stream, NULL)) _exit(1);
    serve();
    _exit(0);
  }
  close(asking[1]), close(streaming[1]);
  pin(cpu);
  samples all = make_samples(count);
  uint32_t *into = map_populated(PAGE_BYTES), random = 2463534242u;
  if (pthread_create(&thread, NULL, receive_stream, map_populated(CHUNK))) die("pthread_create");
  uint64_t wrong = 0, begin = 0, streamed_before = 0;
  for (uint32_t i = 0; i < warm + count; i++) {
    if (i == warm) begin = now_ns(), streamed_before = __atomic_load_n(&streamed, __ATOMIC_RELAXED);
    random ^= random << 13, random ^= random >> 17, random ^= random << 5;
    uint64_t request[2] = {random % pages, i}, header[2];
    uint64_t before = now_ns();
    if (!send_all(asking[0], request, sizeof request) || !receive_all(asking[0], header, HEADER) ||
        !receive_all(asking[0], into, PAGE_BYTES))
      die("the other end has gone");
    if (i >= warm) add_sample(&all, now_ns() - before);
    wrong += header[1] != i;
    wrong += wrong_words(into, (uint32_t)request[0], false);
  }
  double seconds = (double)(now_ns() - begin) / 1e9;
  uint64_t beside = __atomic_load_n(&streamed, __ATOMIC_RELAXED) - streamed_before;
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  printf("{\"peer\":\"round_trip\",\"kind\":\"%s\",\"stream\":%d,\"streamMiBps\":%.1f,", tcp ? "tcp" : "unix", stream,
         (double)beside / seconds / 1048576.0);
  print_samples(&all, clock_cost_us());
  printf(",\"wrong\":%" PRIu64 "}\n", wrong);
  return wrong == 0 ? 0 : 1;
}
