// Fills the table that says where the pages of a chain of images are.
#pragma once
#include <napi.h>

namespace farpage {

void definePlaces(Napi::Env env, Napi::Object exports);

}  // namespace farpage
