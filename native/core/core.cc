// The compiled core's way out, and the core as tests call it.
#include "core/core.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "args.h"
#include "core/binding.h"
#include "endings/last-resort.h"

namespace {

/** An AssemblyScript string as ASCII: its bytes in the word before it. */
void append(std::string& line, const uint8_t* memory, uint32_t at) {
  if (at == 0) return;
  uint32_t bytes = 0;
  __builtin_memcpy(&bytes, memory + at - 4, sizeof bytes);
  for (uint32_t i = 0; i < std::min<uint32_t>(bytes, 400); i += 2) line += static_cast<char>(memory[at + i]);
}

}  // namespace

void coreAborted(uint8_t* memory, uint32_t text, uint32_t file, uint32_t number) {
  std::string line = "farpage: the core failed and the process ends: ";
  append(line, memory, text);
  line += " (";
  append(line, memory, file);
  line += ":" + std::to_string(number) + ")\n";
  farpage::lastWords(line.data(), line.size());
  _exit(70);  // sysexits.h: EX_SOFTWARE
}

namespace farpage {

namespace {

// compiledCore.step(memory: Uint8Array): number
Napi::Value step(const Napi::CallbackInfo& info) {
  const Arguments args(info, "step");
  return Napi::Number::New(info.Env(), coreStep(args.bytes(0, "memory").Data()));
}

// compiledCore.settle(memory: Uint8Array)
void settle(const Napi::CallbackInfo& info) {
  const Arguments args(info, "settle");
  coreSettle(args.bytes(0, "memory").Data());
}

}  // namespace

void defineCore(Napi::Env env, Napi::Object exports) {
  auto core = Napi::Object::New(env);
  core.Set("hash", CORE_HASH);
  core.Set("step", Napi::Function::New<step>(env, "step"));
  core.Set("settle", Napi::Function::New<settle>(env, "settle"));
  exports.Set("compiledCore", core);
}

}  // namespace farpage
