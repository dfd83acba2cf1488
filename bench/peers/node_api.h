// The functions of Node-API that the addons of benchmarks and tests need, declared here so that no header of Node.js is needed.
#pragma once

#include <stddef.h>

typedef struct env_of_node *napi_env;
typedef struct value_of_node *napi_value;
typedef struct call_of_node *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
extern int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
extern int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
extern int napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
extern int napi_get_value_double(napi_env, napi_value, double *);
extern int napi_get_value_string_utf8(napi_env, napi_value, char *, size_t, size_t *);
extern int napi_create_string_utf8(napi_env, const char *, size_t, napi_value *);
extern int napi_create_double(napi_env, double, napi_value *);
