// adder.h as an addon of Node.js: add(address, ms) → how often
#include "adder.h"
#include "node_api.h"

static napi_value add(napi_env env, napi_callback_info call) {
  size_t count = 2;
  napi_value values[2], result;
  double address = 0, ms = 0;
  if (napi_get_cb_info(env, call, &count, values, NULL, NULL) || napi_get_value_double(env, values[0], &address) ||
      napi_get_value_double(env, values[1], &ms))
    die("adder: no arguments");
  uint64_t adds = add_for((uint32_t *)(uintptr_t)address, (uint64_t)ms);
  if (napi_create_double(env, (double)adds, &result)) die("adder: no number");
  return result;
}

napi_value napi_register_module_v1(napi_env env, napi_value exports);
napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value made;
  if (napi_create_function(env, "add", 3, add, NULL, &made) || napi_set_named_property(env, exports, "add", made))
    die("adder: no function");
  return exports;
}
