// An addon whose code changes the mapping of a region without a word to the pager.
//   cover(address, byte): maps private memory over the page, every byte of which is `byte`
//   unmap(address): unmaps the page
//   protect(address, readable): mprotect(2) of the page, to reading alone, or to nothing if that is 0
//   lock(address, bytes): mlock(2), which locks the range and then fails at an absent page
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../../bench/peers/node_api.h"

enum { PAGE = 4096 };

static void require(int condition, const char *what) {
  if (condition) return;
  perror(what);
  _exit(1);
}

static void numbers(napi_env env, napi_callback_info call, double *into, size_t wanted) {
  size_t count = wanted;
  napi_value values[2] = {NULL, NULL};
  require(napi_get_cb_info(env, call, &count, values, NULL, NULL) == 0 && count == wanted, "arguments");
  for (size_t i = 0; i < wanted; i++) require(napi_get_value_double(env, values[i], &into[i]) == 0, "a number");
}

static napi_value cover(napi_env env, napi_callback_info call) {
  double given[2];
  numbers(env, call, given, 2);
  void *page = (void *)(uintptr_t)given[0];
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
  require(mmap(page, PAGE, PROT_READ | PROT_WRITE, flags, -1, 0) == page, "mmap");
  memset(page, (int)given[1], PAGE);
  return NULL;
}

static napi_value unmap(napi_env env, napi_callback_info call) {
  double address;
  numbers(env, call, &address, 1);
  require(munmap((void *)(uintptr_t)address, PAGE) == 0, "munmap");
  return NULL;
}

static napi_value protect(napi_env env, napi_callback_info call) {
  double given[2];
  numbers(env, call, given, 2);
  const int protection = given[1] == 0 ? PROT_NONE : PROT_READ;
  require(mprotect((void *)(uintptr_t)given[0], PAGE, protection) == 0, "mprotect");
  return NULL;
}

static napi_value lock(napi_env env, napi_callback_info call) {
  double given[2];
  numbers(env, call, given, 2);
  (void)!mlock((void *)(uintptr_t)given[0], (size_t)given[1]);
  return NULL;
}

napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  static const struct {
    const char *name;
    napi_callback call;
  } calls[] = {{"cover", cover}, {"unmap", unmap}, {"protect", protect}, {"lock", lock}};
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    napi_value made = NULL;
    const int failed = napi_create_function(env, calls[i].name, (size_t)-1, calls[i].call, NULL, &made) ||
                       napi_set_named_property(env, exports, calls[i].name, made);
    require(!failed, calls[i].name);
  }
  return exports;
}
