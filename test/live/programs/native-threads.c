// An addon with what other native code brings into a process: threads of its own, with small stacks for signals, and handlers of
// SIGSEGV and SIGBUS.
//   under(), over(): install handlers; those of under() mend the addon's own pages, those of over() pass everything on
//   hammer(address, pages, threads, rounds, stackBytes) → bytes of a signal's stack that were used, or -1: a page was wrong
//   shut(address): reads a word there in a thread that blocks all signals, as workers of many libraries do → the word
//   wild(): touches pages of its own that only under() can mend → how many it mended
//   passed() → how many signals over() has passed on
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../../bench/peers/node_api.h"

enum { PAGE = 4096, ARGUMENTS = 5, PAINT = 0x5a, MAX_THREADS = 16 };

static void require(int condition, const char *what) {
  if (condition) return;
  perror(what);
  _exit(1);
}

static napi_value number(napi_env env, double value) {
  napi_value made = NULL;
  require(napi_create_double(env, value, &made) == 0, "napi_create_double");
  return made;
}

// Pages of the addon's own: one that is inaccessible, one beyond the end of its file.
static char *closed, *beyond;
static int file;
static volatile int mended, passed;

static void mend(int signal_number, siginfo_t *info, void *context) {
  (void)context;
  char *at = info->si_addr;
  if (signal_number == SIGSEGV && at == closed) {
    if (mprotect(closed, PAGE, PROT_READ | PROT_WRITE)) _exit(3);
  } else if (signal_number == SIGBUS && at == beyond) {
    if (ftruncate(file, PAGE)) _exit(3);
  } else {
    signal(signal_number, SIG_DFL);
    return;
  }
  mended++;
}

static struct sigaction previous[NSIG];

static void pass(int signal_number, siginfo_t *info, void *context) {
  __atomic_add_fetch(&passed, 1, __ATOMIC_RELAXED);
  previous[signal_number].sa_sigaction(signal_number, info, context);
}

static void install(void (*handler)(int, siginfo_t *, void *)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  require(sigaction(SIGSEGV, &action, &previous[SIGSEGV]) == 0, "sigaction");
  require(sigaction(SIGBUS, &action, &previous[SIGBUS]) == 0, "sigaction");
}

static napi_value under(napi_env env, napi_callback_info call) {
  (void)env, (void)call;
  closed = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  file = memfd_create("beyond", MFD_CLOEXEC);
  beyond = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  require(closed != MAP_FAILED && beyond != MAP_FAILED, "mmap");
  install(mend);
  return NULL;
}

static napi_value over(napi_env env, napi_callback_info call) {
  (void)env, (void)call;
  install(pass);
  return NULL;
}

static napi_value wild(napi_env env, napi_callback_info call) {
  (void)call;
  *(volatile char *)closed = 1;
  *(volatile char *)beyond = 1;
  return number(env, mended);
}

static napi_value count_passed(napi_env env, napi_callback_info call) {
  (void)call;
  return number(env, passed);
}

struct toucher {
  volatile uint32_t *words;
  size_t pages, rounds, stack_bytes, used;
  int wrong;
  pthread_t thread;
};

// Each round adds one to a word of every page, in an order that is not the pages'.
static void *touch(void *argument) {
  struct toucher *own = argument;
  size_t whole = own->stack_bytes + PAGE;
  uint8_t *stack = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  require(stack != MAP_FAILED && mprotect(stack, PAGE, PROT_NONE) == 0, "a stack");
  memset(stack + PAGE, PAINT, own->stack_bytes);
  stack_t alternative = {.ss_sp = stack + PAGE, .ss_size = own->stack_bytes};
  require(sigaltstack(&alternative, NULL) == 0, "sigaltstack");
  for (size_t round = 0; round < own->rounds; round++) {
    for (size_t i = 0; i < own->pages; i++) {
      volatile uint32_t *word = own->words + (i * 97 + round) % own->pages * (PAGE / 4) + 5;
      if (*word != round) own->wrong = 1;
      *word = (uint32_t)round + 1;
    }
  }
  size_t unused = PAGE;
  while (unused < whole && stack[unused] == PAINT) unused++;
  own->used = whole - unused;
  alternative.ss_flags = SS_DISABLE;
  require(sigaltstack(&alternative, NULL) == 0, "sigaltstack");
  munmap(stack, whole);
  return NULL;
}

static napi_value hammer(napi_env env, napi_callback_info call) {
  size_t count = ARGUMENTS;
  napi_value values[ARGUMENTS];
  double given[ARGUMENTS];
  require(napi_get_cb_info(env, call, &count, values, NULL, NULL) == 0 && count == ARGUMENTS, "arguments");
  for (size_t i = 0; i < count; i++) require(napi_get_value_double(env, values[i], &given[i]) == 0, "a number");
  const size_t threads = (size_t)given[2];
  require(threads > 0 && threads <= MAX_THREADS, "threads");
  static struct toucher touchers[MAX_THREADS];
  const size_t each = (size_t)given[1] / threads;
  for (size_t i = 0; i < threads; i++) {
    uint32_t *words = (uint32_t *)((uintptr_t)given[0] + i * each * PAGE);
    touchers[i] = (struct toucher){.words = words, .pages = each, .rounds = (size_t)given[3], .stack_bytes = (size_t)given[4]};
    require(pthread_create(&touchers[i].thread, NULL, touch, &touchers[i]) == 0, "pthread_create");
  }
  size_t used = 0;
  int wrong = 0;
  for (size_t i = 0; i < threads; i++) {
    require(pthread_join(touchers[i].thread, NULL) == 0, "pthread_join");
    if (touchers[i].used > used) used = touchers[i].used;
    wrong |= touchers[i].wrong;
  }
  return number(env, wrong ? -1 : (double)used);
}

static void *read_shut(void *argument) {
  sigset_t all;
  sigfillset(&all);
  require(pthread_sigmask(SIG_SETMASK, &all, NULL) == 0, "pthread_sigmask");
  return (void *)(uintptr_t)*(volatile uint32_t *)argument;
}

static napi_value shut(napi_env env, napi_callback_info call) {
  size_t count = 1;
  napi_value value = NULL;
  double address = 0;
  require(napi_get_cb_info(env, call, &count, &value, NULL, NULL) == 0 && count == 1, "an argument");
  require(napi_get_value_double(env, value, &address) == 0, "a number");
  pthread_t thread;
  void *word = NULL;
  require(pthread_create(&thread, NULL, read_shut, (void *)(uintptr_t)address) == 0, "pthread_create");
  require(pthread_join(thread, &word) == 0, "pthread_join");
  return number(env, (double)(uintptr_t)word);
}

napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  static const struct {
    const char *name;
    napi_callback call;
  } calls[] = {{"under", under}, {"over", over}, {"hammer", hammer}, {"shut", shut}, {"wild", wild}, {"passed", count_passed}};
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    napi_value made = NULL;
    const int failed = napi_create_function(env, calls[i].name, (size_t)-1, calls[i].call, NULL, &made) ||
                       napi_set_named_property(env, exports, calls[i].name, made);
    require(!failed, calls[i].name);
  }
  return exports;
}
