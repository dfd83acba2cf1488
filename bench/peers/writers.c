// The writers of writers.h as an addon of Node.js: they write to farpage's region as others write to memory that is forked.
//   start(address, pages, threads, burst, pauseUs, cpu), phase(number), stop() → JSON, fill(address, pages),
//   dirty(address, pages, count, value), wrong(path, offset, pages), differing(address, address, pages)
#include "writers.h"
#include "node_api.h"

#define ARGUMENTS 6

static struct writers all;

/** Numbers, up to `ARGUMENTS` of them; an address has fewer than 53 bits. A text is -1 here. */
static void numbers(napi_env env, napi_callback_info call, napi_value *values, double *into) {
  size_t count = ARGUMENTS;
  if (napi_get_cb_info(env, call, &count, values, NULL, NULL)) die("writers: no arguments");
  for (size_t i = 0; i < ARGUMENTS; i++) {
    into[i] = -1;
    if (i < count) (void)napi_get_value_double(env, values[i], &into[i]);
  }
}

static uint32_t *memory_at(double address) { return (uint32_t *)(uintptr_t)address; }

static napi_value start(napi_env env, napi_callback_info call) {
  napi_value values[ARGUMENTS];
  double given[ARGUMENTS];
  numbers(env, call, values, given);
  all.at = memory_at(given[0]);
  all.pages = (uint32_t)given[1], all.threads = (uint32_t)given[2], all.burst = (uint32_t)given[3];
  all.pause_us = (uint32_t)given[4], all.cpu = (int)given[5];
  start_writers(&all);
  return NULL;
}

static napi_value phase(napi_env env, napi_callback_info call) {
  napi_value values[ARGUMENTS];
  double given[ARGUMENTS];
  numbers(env, call, values, given);
  if (!(given[0] >= 0 && given[0] < PHASES)) die("writers: phase %g", given[0]);
  set_phase(&all, (unsigned)given[0]);
  return NULL;
}

static napi_value stop(napi_env env, napi_callback_info call) {
  (void)call;
  char text[2048] = "{";
  stop_writers(&all);
  print_phases(text + 1, sizeof text - 2, &all);
  size_t length = strlen(text);
  text[length++] = '}';
  napi_value result;
  if (napi_create_string_utf8(env, text, length, &result)) die("writers: no text");
  return result;
}

static napi_value fill(napi_env env, napi_callback_info call) {
  napi_value values[ARGUMENTS];
  double given[ARGUMENTS];
  numbers(env, call, values, given);
  for (uint32_t page = 0; page < (uint32_t)given[1]; page++)
    fill_page(memory_at(given[0]) + (size_t)page * PAGE_WORDS, page, false);
  return NULL;
}

/** Writes to `count` pages, spread evenly, in no order that an index has. */
static napi_value dirty(napi_env env, napi_callback_info call) {
  napi_value values[ARGUMENTS];
  double given[ARGUMENTS];
  numbers(env, call, values, given);
  uint32_t pages = (uint32_t)given[1], count = (uint32_t)given[2];
  for (uint32_t i = 0; i < count; i++) {
    uint32_t stride = pages / count, page = i * stride + mix32(i) % stride;
    memory_at(given[0])[(size_t)page * PAGE_WORDS] = (uint32_t)given[3] + i;
  }
  return NULL;
}

static napi_value wrong(napi_env env, napi_callback_info call) {
  napi_value values[ARGUMENTS], result;
  double given[ARGUMENTS];
  char path[4096];
  size_t length;
  numbers(env, call, values, given);
  if (napi_get_value_string_utf8(env, values[0], path, sizeof path, &length)) die("writers: no path");
  if (napi_create_double(env, (double)wrong_in_file(path, (uint64_t)given[1], (uint32_t)given[2]), &result)) die("writers: no number");
  return result;
}

/** Pages that differ between two memories. */
static napi_value differing(napi_env env, napi_callback_info call) {
  napi_value values[ARGUMENTS], result;
  double given[ARGUMENTS];
  numbers(env, call, values, given);
  uint32_t count = 0;
  for (size_t at = 0; at < (size_t)given[2] * PAGE_WORDS; at += PAGE_WORDS)
    count += memcmp(memory_at(given[0]) + at, memory_at(given[1]) + at, PAGE_BYTES) != 0;
  if (napi_create_double(env, count, &result)) die("writers: no number");
  return result;
}

napi_value napi_register_module_v1(napi_env env, napi_value exports);
napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  const struct {
    const char *name;
    napi_callback call;
  } functions[] = {{"start", start}, {"phase", phase}, {"stop", stop}, {"fill", fill}, {"dirty", dirty}, {"wrong", wrong}, {"differing", differing}};
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_value made;
    if (napi_create_function(env, functions[i].name, strlen(functions[i].name), functions[i].call, NULL, &made) ||
        napi_set_named_property(env, exports, functions[i].name, made))
      die("writers: no function");
  }
  return exports;
}
