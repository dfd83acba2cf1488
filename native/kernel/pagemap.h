// What the kernel reports about pages: PAGEMAP_SCAN (Linux 6.7) and the entries of /proc/self/pagemap.
#pragma once
#include <napi.h>

namespace farpage {

void definePagemap(Napi::Env env, Napi::Object exports);

}  // namespace farpage
