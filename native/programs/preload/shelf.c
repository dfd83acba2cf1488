/*
 * Victims that UFFDIO_MOVE refuses, for their mapping is not writable, or not of staging's protection. The agent takes them, as
 * they are, to its shelf: mremap(2) with MREMAP_DONTUNMAP moves the pages and leaves the mapping, registered and empty, so
 * that a touch is a fault as of any page that has left. On the shelf they are the agent's, are made writable, and leave as
 * others do. What does not leave even so, such as a pinned page, is put back.
 *
 * The kernel tells the pager of the mremap by an event, and the agent waits in the call until that is read. So the pager reads
 * events while it waits for such a request, and takes this one for what it is.
 */
#include <errno.h>
#include <linux/futex.h>
#include <sys/mman.h>

#include "kernel.h"
#include "preload.h"

#define PAUSE_MS 1

static const char LOST[] =
    "farpage: pages of this program could not be put back in their place: the program is killed (SIGKILL)\n";

/* CONTINUE is not for anonymous memory, and says so only where the mapping has our userfaultfd, and is not being changed. */
static long askRegistered(const struct agent *agent, const char *start) {
  struct uffdio_continue arguments = {{(uint64_t)start, PAGE_BYTES}, UFFDIO_CONTINUE_MODE_DONTWAKE, 0};
  const long result = call3(SYS_ioctl, agent->userfaultfd, (long)UFFDIO_CONTINUE, (long)&arguments);
  return result == -EINVAL ? 0 : result;
}

/* Locked memory is to stay. MADV_COLD refuses it, and does no harm to other. */
int whyNotMoved(const struct agent *agent, const char *start, size_t length) {
  if (isError(call3(SYS_madvise, (long)start, (long)length, MADV_COLD))) return EINVAL;
  const long registered = askRegistered(agent, start);
  return registered == 0 ? EACCES : registered == -EAGAIN ? EAGAIN : EINVAL;
}

static long remap(const char *from, size_t length, const char *to) {
  return call5(SYS_mremap, (long)from, (long)length, (long)length, MREMAP_TO_SHELF, (long)to);
}

/* Where the pages could not be made writable they have that protection still. */
static long protect(const struct agent *agent, const char *start, size_t length, long protection) {
  const long result = call3(SYS_mprotect, (long)start, (long)length, protection);
  return isError(result) && protectionOf(agent->maps, (uintptr_t)start) == protection ? 0 : result;
}

/* From the shelf at `from`: the mapping that is there now is replaced, which is an event of its own. */
static void putBack(const struct agent *agent, const char *from, const char *to, size_t length) {
  const long protection = protectionOf(agent->maps, (uintptr_t)to);
  /* Unmapped since, past libc: so are these pages. */
  if (protection == -ENOMEM) return;
  agent->control->returned_start = (uint64_t)to;
  __atomic_store_n(&agent->control->returned_end, (uint64_t)to + length, __ATOMIC_RELEASE);
  struct uffdio_register arguments = {{(uint64_t)to, length}, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP, 0};
  if (isError(protection) || isError(protect(agent, from, length, protection)) || isError(remap(from, length, to)) ||
      isError(call3(SYS_ioctl, agent->userfaultfd, (long)UFFDIO_REGISTER, (long)&arguments))) {
    endProgram(agent, LOST, sizeof LOST - 1);
    exitAgent();
  }
  /* A pass of the pager's may rely on a protection that the pages have lost on the way. */
  struct uffdio_writeprotect pages = {{(uint64_t)to, length}, UFFDIO_WRITEPROTECT_MODE_WP};
  call3(SYS_ioctl, agent->userfaultfd, (long)UFFDIO_WRITEPROTECT, (long)&pages);
}

/*
 * Takes as much of the range as one mapping holds, at least a page; *length is how much that was. 0 or an errno: then nothing
 * was taken.
 */
static int shelve(const struct agent *agent, const char *source, size_t *length, int *isWritable) {
  const long registered = askRegistered(agent, source);
  if (registered != 0) return registered == -EAGAIN ? EAGAIN : EINVAL;
  long at = remap(source, *length, agent->shelf);
  while (at == -EFAULT && *length > PAGE_BYTES) {
    *length = (*length / PAGE_BYTES + 1) / 2 * PAGE_BYTES;
    at = remap(source, *length, agent->shelf);
  }
  if (isError(at)) return EINVAL;
  /* Another mapping by now, unmapped and mapped past libc: its pages go back before they are missed. */
  if (askRegistered(agent, agent->shelf) == -ENOENT) {
    remap(agent->shelf, *length, source);
    return EBUSY;
  }
  struct uffdio_range range = {(uint64_t)agent->shelf, *length};
  call3(SYS_ioctl, agent->userfaultfd, (long)UFFDIO_UNREGISTER, (long)&range);
  *isWritable = !isError(call3(SYS_mprotect, at, (long)*length, PROT_READ | PROT_WRITE));
  return 0;
}

/*
 * From the shelf to staging. While an event is unread MOVE is refused; the pager reads it. A fork that was made before the
 * pages were on the shelf has them in their places: once MOVE is not refused, the pager knows of it.
 */
static int stageShelf(struct agent *agent, size_t length, size_t *bytes) {
  *bytes = 0;
  for (;;) {
    size_t moved;
    const int error = stage(agent, agent->shelf + *bytes, length - *bytes, *bytes, &moved);
    *bytes += moved;
    if (error != EAGAIN) return error;
    exitUnlessWaited(call3(SYS_poll, 0, 0, PAUSE_MS));
  }
}

static int take(struct agent *agent, struct farpage_run *run, const char *source, size_t length) {
  int isWritable = 0;
  const int refused = shelve(agent, source, &length, &isWritable);
  if (refused != 0) return refused;
  size_t bytes = 0;
  const int error = isWritable ? stageShelf(agent, length, &bytes) : EINVAL;
  copyBytes(agent->window, agent->staging, bytes);
  run->done = (uint32_t)(bytes / PAGE_BYTES);
  size_t copied = bytes;
  /* What goes back is copied for a fork that was made while it was on the shelf, and has it in no place. */
  for (; isWritable && copied < length && makeOwn(agent->shelf + copied, PAGE_BYTES) == 0; copied += PAGE_BYTES) {
    copyBytes(agent->window + copied, agent->shelf + copied, PAGE_BYTES);
  }
  run->copied = (uint32_t)(copied / PAGE_BYTES);
  if (bytes < length) putBack(agent, agent->shelf + bytes, source + bytes, length - bytes);
  /* The mapping that is left there, empty. Not before: what went back would have the same. */
  call3(SYS_madvise, (long)agent->shelf, (long)length, MADV_DONTFORK);
  empty(agent, 0, bytes);
  return error;
}

/* The clerk begins to look after the agent. */
static void wakeClerk(struct agent *agent) {
  __atomic_fetch_add(&agent->bell, 1, __ATOMIC_RELEASE);
  call3(SYS_futex, (long)&agent->bell, FUTEX_WAKE_PRIVATE, 1);
}

void serveProtected(struct agent *agent, struct farpage_run *run) {
  const char *source = (const char *)run->source;
  const size_t length = (size_t)run->pages * PAGE_BYTES;
  run->done = 0;
  run->error = EINVAL;
  if (length == 0 || run->pages > FARPAGE_REQUEST_PAGES || run->pages > agent->windowPages) return;
  run->error = EBUSY;
  if (!closeGate(agent->gate)) return;
  struct farpage_control *control = agent->control;
  if (__atomic_fetch_add(&control->shelved, 1, __ATOMIC_ACQ_REL) == 0) wakeClerk(agent);
  noteEvicted(agent->evicted, (uintptr_t)source, length);
  run->error = take(agent, run, source, length);
  __atomic_store_n(&control->unshelved, control->shelved, __ATOMIC_RELEASE);
  openGate(agent->gate);
}
