// Shared memory between processes in C, to be measured against: a directory with one thread and up to four nodes, each a process with
// a userfaultfd, a thread that handles its faults and messages, and a thread that touches. TCP on loopback. One writer or many
// readers a page, invalidated before a write; the directory finishes one request before it takes the next. Nothing fails here:
// no leases, no versions, no checksums, no store.
// --measure misses --pages N --unmeasured N --count N, or --measure handoffs --ms N; [--cpu C: node 0's] [--other-cpu C]
#include "adder.h"
#include "sockets.h"
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>

#define NODES 4
#define FP_REGISTER_WP 2
#define FP_COPY_WP 2
#define FP_FAULT_WRITE 1
#define FP_FAULT_WP 2
#define FP_FEATURE_FAULT_WP 1
#define FP_UFFDIO_WRITEPROTECT _IOWR(0xAA, 0x06, struct fp_protect)
#define FP_UFFDIO_WAKE _IOR(0xAA, 0x02, struct fp_range)

struct fp_range {
  uint64_t start, len;
};
struct fp_protect {
  uint64_t start, len, mode;
};

enum { GET = 1, OWN, ACK, DATA, INV, RECALL_S, RECALL_I, SHARE, GRANT, GRANT_BYTES };
enum { I, S, M };

typedef struct {
  uint32_t kind, page, pad[4]; // 24 bytes, as a message of farpage's
} head;

static uint32_t pages;
static int to_node[NODES], to_home[NODES];

static bool has_bytes(uint32_t kind) { return kind == DATA || kind == SHARE || kind == GRANT_BYTES; }

static void send_message(int fd, uint32_t kind, uint32_t page, const void *bytes) {
  struct {
    head head;
    uint8_t bytes[PAGE_BYTES];
  } whole = {.head = {.kind = kind, .page = page}};
  if (bytes) memcpy(whole.bytes, bytes, PAGE_BYTES);
  if (!send_all(fd, &whole, sizeof whole.head + (bytes ? PAGE_BYTES : 0))) _exit(0);
}

static head receive_message(int fd, void *into) {
  head got;
  if (!receive_all(fd, &got, sizeof got) || (has_bytes(got.kind) && !receive_all(fd, into, PAGE_BYTES))) _exit(0);
  return got;
}

// ---------------------------------------------------------------- the directory

static struct {
  uint8_t owner, sharers; // owner: NODES if there is none
} *entries;
static uint8_t *home_memory;
/** A request that arrived while an answer was awaited; a node has one thread that touches, so one request. */
static head waiting[NODES];

static void await(int node, uint32_t kind, uint8_t *into) {
  for (;;) {
    head got = receive_message(to_node[node], into);
    if (got.kind == kind) return;
    waiting[node] = got;
  }
}

static void answer(int node, head asked) {
  uint32_t page = asked.page;
  uint8_t *bytes = home_memory + (size_t)page * PAGE_BYTES, owner = entries[page].owner;
  bool own = asked.kind == OWN, has_copy = (entries[page].sharers >> node) & 1;
  if (owner < NODES) {
    send_message(to_node[owner], own ? RECALL_I : RECALL_S, page, NULL);
    await(owner, DATA, bytes);
    entries[page].owner = NODES;
    entries[page].sharers = own ? 0 : (uint8_t)(1u << owner);
  } else if (own) {
    uint8_t others = entries[page].sharers & (uint8_t)~(1u << node);
    for (int other = 0; other < NODES; other++)
      if ((others >> other) & 1) send_message(to_node[other], INV, page, NULL);
    for (int other = 0; other < NODES; other++)
      if ((others >> other) & 1) await(other, ACK, NULL);
  }
  if (own) {
    entries[page].owner = (uint8_t)node, entries[page].sharers = 0;
    send_message(to_node[node], has_copy ? GRANT : GRANT_BYTES, page, has_copy ? NULL : bytes);
  } else {
    entries[page].sharers |= (uint8_t)(1u << node);
    send_message(to_node[node], SHARE, page, bytes);
  }
}

static void direct(void) {
  struct pollfd ready[NODES];
  for (int node = 0; node < NODES; node++) ready[node] = (struct pollfd){.fd = to_node[node], .events = POLLIN};
  for (;;) {
    bool any = false;
    for (int node = 0; node < NODES; node++) {
      head asked = waiting[node];
      if (asked.kind == 0) continue;
      waiting[node].kind = 0;
      answer(node, asked);
      any = true;
    }
    if (any) continue;
    if (poll(ready, NODES, -1) < 0) die("poll");
    for (int node = 0; node < NODES; node++)
      if (ready[node].revents && waiting[node].kind == 0) waiting[node] = receive_message(to_node[node], NULL);
  }
}

// ---------------------------------------------------------------- a node

static int node_number, uffd;
static uint32_t *region;
static uint8_t *states;
static bool *asked_for;
static volatile uint64_t hand_offs;

static void protect(uint32_t page, bool on) {
  struct fp_protect request = {.start = (uintptr_t)(region + (size_t)page * PAGE_WORDS), .len = PAGE_BYTES, .mode = on};
  while (ioctl(uffd, FP_UFFDIO_WRITEPROTECT, &request))
    if (errno != EAGAIN) die("UFFDIO_WRITEPROTECT");
}

static void install(uint32_t page, const void *bytes, bool writable) {
  struct fp_copy copy = {.dst = (uintptr_t)(region + (size_t)page * PAGE_WORDS), .src = (uintptr_t)bytes,
                         .len = PAGE_BYTES, .mode = writable ? 0 : FP_COPY_WP};
  while (ioctl(uffd, FP_UFFDIO_COPY, &copy))
    if (errno != EAGAIN) die("UFFDIO_COPY");
}

static void handle_message(uint8_t *bytes) {
  int home = to_home[node_number];
  head got = receive_message(home, bytes);
  uint32_t page = got.page, *at = region + (size_t)page * PAGE_WORDS;
  switch (got.kind) {
  case SHARE:
    install(page, bytes, false);
    states[page] = S, asked_for[page] = false;
    break;
  case GRANT:
  case GRANT_BYTES:
    if (got.kind == GRANT) protect(page, false);
    else install(page, bytes, true);
    states[page] = M, asked_for[page] = false;
    break;
  case RECALL_S:
    protect(page, true);
    states[page] = S;
    send_message(home, DATA, page, at);
    hand_offs++;
    break;
  case RECALL_I:
    protect(page, true);
    memcpy(bytes, at, PAGE_BYTES);
    if (madvise(at, PAGE_BYTES, MADV_DONTNEED)) die("MADV_DONTNEED");
    states[page] = I;
    send_message(home, DATA, page, bytes);
    hand_offs++;
    break;
  case INV:
    if (madvise(at, PAGE_BYTES, MADV_DONTNEED)) die("MADV_DONTNEED");
    states[page] = I;
    send_message(home, ACK, page, NULL);
    break;
  default:
    die("message %u", got.kind);
  }
}

static void handle_fault(const struct fp_message *fault) {
  uint32_t page = (uint32_t)((fault->address - (uintptr_t)region) / PAGE_BYTES);
  bool write = (fault->flags & (FP_FAULT_WRITE | FP_FAULT_WP)) != 0;
  if (asked_for[page]) return;
  if (states[page] == M || (states[page] == S && !write)) {
    struct fp_range range = {.start = (uintptr_t)(region + (size_t)page * PAGE_WORDS), .len = PAGE_BYTES};
    if (ioctl(uffd, FP_UFFDIO_WAKE, &range)) die("UFFDIO_WAKE");
    return;
  }
  asked_for[page] = true;
  send_message(to_home[node_number], write ? OWN : GET, page, NULL);
}

static void *handle(void *bytes) {
  struct pollfd ready[2] = {{.fd = uffd, .events = POLLIN}, {.fd = to_home[node_number], .events = POLLIN}};
  struct fp_message faults[16];
  for (;;) {
    if (poll(ready, 2, -1) < 0) die("poll");
    if (ready[1].revents) handle_message(bytes);
    if (!ready[0].revents) continue;
    ssize_t n = read(uffd, faults, sizeof faults);
    if (n < 0 && errno != EAGAIN) die("read(userfaultfd)");
    for (ssize_t i = 0; i < n / (ssize_t)sizeof *faults; i++)
      if (faults[i].event == FP_EVENT_PAGEFAULT) handle_fault(&faults[i]);
  }
}

static void become_node(int number) {
  node_number = number;
  size_t bytes = (size_t)pages * PAGE_BYTES;
  region = map_anonymous(bytes);
  states = map_populated(pages);
  asked_for = map_populated(pages);
  uffd = open_userfaultfd_with(FP_FEATURE_FAULT_WP);
  struct fp_register request = {.start = (uintptr_t)region, .len = bytes, .mode = FP_REGISTER_MISSING | FP_REGISTER_WP};
  if (ioctl(uffd, FP_UFFDIO_REGISTER, &request)) die("UFFDIO_REGISTER");
  pthread_t thread;
  if (pthread_create(&thread, NULL, handle, map_populated(PAGE_BYTES))) die("pthread_create");
}

// ---------------------------------------------------------------- what the other nodes do, and what node 0 measures

static int orders[NODES][2];

static void obey(int number) {
  become_node(number);
  for (char order; read(orders[number][0], &order, 1) == 1;) {
    if (order == 'a') // until it is killed
      for (;;) (void)add_for(region, 1000);
    for (uint32_t page = 0; page < pages; page++) {
      volatile uint32_t *at = region + (size_t)page * PAGE_WORDS;
      if (order == 'w') *at = page + 1;
      else (void)*at;
    }
    if (write(orders[number][0], &order, 1) != 1) die("write");
  }
  _exit(0);
}

static void tell(int node, char order) {
  if (write(orders[node][1], &order, 1) != 1) die("write");
  if (order != 'a' && read(orders[node][1], &order, 1) != 1) die("node %d", node);
}

static uint32_t unmeasured, count;

/** Touches every page once, in an order in which each step is far from the last, and gives the median in microseconds. */
static double touch(bool to_write, bool written, uint64_t *wrong) {
  samples all = make_samples(count);
  for (uint32_t i = 0, page = 0; i < unmeasured + count; i++, page = (page + 1597) % pages) {
    volatile uint32_t *at = region + (size_t)page * PAGE_WORDS;
    uint32_t value = page + 1;
    uint64_t before = now_ns();
    if (to_write) *at = value;
    else value = *at;
    uint64_t after = now_ns();
    if (i >= unmeasured) add_sample(&all, after - before);
    *wrong += value != (written ? page + 1 : 0);
  }
  qsort(all.ns, all.count, sizeof *all.ns, by_value);
  return percentile_us(&all, 0.5);
}

static void measure_misses(void) {
  uint64_t wrong = 0;
  // Nobody has written, so these are the directory's zeros.
  double clean = touch(false, false, &wrong), first[NODES];
  first[0] = touch(true, true, &wrong);
  tell(1, 'w');
  double dirty = touch(false, true, &wrong);
  for (int sharers = 1; sharers < NODES; sharers++) {
    // The first that reads leaves a copy with node 0.
    for (int node = 1; node <= sharers; node++) tell(node, 'r');
    first[sharers] = touch(true, true, &wrong);
  }
  printf("{\"peer\":\"dsm\",\"clean\":%.3f,\"dirty\":%.3f,\"first0\":%.3f,\"first1\":%.3f,\"first2\":%.3f,\"first3\":%.3f,"
         "\"clock\":%.3f,\"wrong\":%" PRIu64 "}\n",
         clean, dirty, first[0], first[1], first[2], first[3], clock_cost_us(), wrong);
}

static void measure_hand_offs(uint64_t ms) {
  tell(1, 'a');
  (void)add_for(region, 200);
  uint64_t before = hand_offs, begin = now_ns(), adds = add_for(region, ms);
  double seconds = (double)(now_ns() - begin) / 1e9;
  // Each page that leaves has come back before it leaves again.
  printf("{\"peer\":\"dsm\",\"handOffs\":%.1f,\"adds\":%.1f,\"wrong\":0}\n", 2 * (double)(hand_offs - before) / seconds,
         (double)adds / seconds);
}

int main(int argc, char **argv) {
  bool misses = strcmp(required(argc, argv, "measure"), "misses") == 0;
  unmeasured = (uint32_t)number(argc, argv, "unmeasured", 400), count = (uint32_t)number(argc, argv, "count", 1200);
  pages = misses ? unmeasured + count : 1;
  int cpu = cpu_option(argc, argv), other_cpu = atoi(option(argc, argv, "other-cpu", "-1"));
  pid_t children[NODES] = {0};
  for (int node = 0; node < NODES; node++) {
    int ends[2];
    connect_both(true, ends);
    to_node[node] = ends[0], to_home[node] = ends[1];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, orders[node])) die("socketpair");
  }
  for (int role = 0; role < NODES; role++) {
    children[role] = fork();
    if (children[role] < 0) die("fork");
    if (children[role] > 0) continue;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL)) die("prctl");
    pin(other_cpu);
    if (role > 0) obey(role);
    entries = map_populated(pages * sizeof *entries);
    home_memory = map_populated((size_t)pages * PAGE_BYTES);
    for (uint32_t page = 0; page < pages; page++) entries[page].owner = NODES;
    direct();
  }
  pin(cpu);
  become_node(0);
  if (misses) measure_misses();
  else measure_hand_offs(number(argc, argv, "ms", 1000));
  for (int role = 0; role < NODES; role++) kill(children[role], SIGKILL);
  return 0;
}
