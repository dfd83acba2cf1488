// One 4 KiB GET at a time over a bare loopback socket: what a random page from Redis costs before any pager.
// --port P --pages N --order FILE [--cpu C]. Loads the pages itself, pipelined, under keys of its own.
#include "common.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

static void send_all(int fd, const char *from, size_t bytes) {
  while (bytes > 0) {
    ssize_t n = send(fd, from, bytes, MSG_NOSIGNAL);
    if (n <= 0) die("send");
    from += n, bytes -= (size_t)n;
  }
}

/** One reply is one known number of bytes here, so there is nothing to parse until all of it came. */
static void receive_all(int fd, char *into, size_t bytes) {
  while (bytes > 0) {
    ssize_t n = recv(fd, into, bytes, 0);
    if (n <= 0) die("recv");
    into += n, bytes -= (size_t)n;
  }
}

static size_t key_of(char *into, uint32_t page) { return (size_t)sprintf(into, "peer:%010u", page); }

static const char OK[] = "+OK\r\n", HEAD[] = "$4096\r\n";
enum { HEAD_BYTES = sizeof HEAD - 1, REPLY_BYTES = HEAD_BYTES + PAGE_BYTES + 2, BATCH = 64 };

static void load_pages(int fd, uint32_t pages) {
  char *out = malloc((size_t)BATCH * (PAGE_BYTES + 128)), key[32], replies[BATCH * 5];
  if (!out) die("malloc");
  for (uint32_t page = 0; page < pages;) {
    size_t length = 0, run = 0;
    for (; run < BATCH && page < pages; run++, page++) {
      size_t key_bytes = key_of(key, page);
      length += (size_t)sprintf(out + length, "*3\r\n$3\r\nSET\r\n$%zu\r\n%s\r\n$4096\r\n", key_bytes, key);
      uint32_t words[PAGE_WORDS];
      fill_page(words, page, false);
      memcpy(out + length, words, PAGE_BYTES);
      length += PAGE_BYTES;
      memcpy(out + length, "\r\n", 2);
      length += 2;
    }
    send_all(fd, out, length);
    receive_all(fd, replies, run * 5);
    errno = 0;
    for (size_t i = 0; i < run; i++)
      if (memcmp(replies + i * 5, OK, 5)) die("SET failed: %.*s", (int)(run * 5), replies);
  }
  free(out);
}

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 8192);
  int cpu = cpu_option(argc, argv);
  access_list order = read_list(required(argc, argv, "order"));
  pin(cpu);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)number(argc, argv, "port", 6379))};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to)) die("connect");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  load_pages(fd, pages);

  samples got = make_samples(order.count);
  double clock_us = clock_cost_us();
  char request[128], key[32];
  static char reply[REPLY_BYTES];
  uint64_t checksum = 0, wrong = 0, begin = now_ns(), checking = 0;
  size_t warm = order.count / 8;
  for (size_t i = 0; i < order.count + warm; i++) { // an unmeasured eighth first
    uint32_t page = order.entries[i < warm ? i : i - warm];
    if (i == warm) begin = now_ns(), checking = 0;
    size_t key_bytes = key_of(key, page);
    uint64_t before = now_ns();
    size_t length = (size_t)sprintf(request, "*2\r\n$3\r\nGET\r\n$%zu\r\n%s\r\n", key_bytes, key);
    send_all(fd, request, length);
    receive_all(fd, reply, REPLY_BYTES);
    uint64_t after = now_ns();
    if (i >= warm) add_sample(&got, after - before);
    uint32_t words[PAGE_WORDS];
    memcpy(words, reply + HEAD_BYTES, PAGE_BYTES);
    wrong += memcmp(reply, HEAD, HEAD_BYTES) != 0 || wrong_words(words, page, false) != 0;
    if (i >= warm) checksum += words[0];
    checking += now_ns() - after;
  }
  double seconds = (double)(now_ns() - begin - checking) / 1e9;

  printf("{\"peer\":\"resp-get\",\"cpu\":%d,", cpu);
  print_samples(&got, clock_us);
  printf(",\"seconds\":%.6f,\"checksum\":%" PRIu64 ",\"wrong\":%" PRIu64 "}\n", seconds, checksum, wrong);
  return wrong == 0 ? 0 : 1;
}
