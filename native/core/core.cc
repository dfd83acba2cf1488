// The compiled core's way out, and the core as tests call it.
#include "core/core.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "args.h"
#include "core/binding.h"
#include "core/annex.h"
#include "endings/last-resort.h"
#include "layout.h"

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
  farpage::endWith(line.data(), line.size());
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

// compiledCore.openAnnex(memory: Uint8Array, bytes: number): number of slabs that it has; 0: the process may have none
Napi::Value open(const Napi::CallbackInfo& info) {
  const Arguments args(info, "openAnnex");
  const uint64_t bytes = args.length(1, "bytes");
  const bool opened = openAnnex(args.bytes(0, "memory").Data(), bytes);
  return Napi::Number::New(info.Env(), opened ? static_cast<double>(bytes / layout::ANNEX_SLAB_BYTES) : 0);
}

// compiledCore.closeAnnex(memory: Uint8Array)
void close(const Napi::CallbackInfo& info) {
  const Arguments args(info, "closeAnnex");
  closeAnnex(args.bytes(0, "memory").Data());
}

// compiledCore.annexWrite(memory: Uint8Array, at: number, place: number, bytes: number): 0: there is no memory for it
Napi::Value annexWrite(const Napi::CallbackInfo& info) {
  const Arguments args(info, "annexWrite");
  uint8_t* memory = args.bytes(0, "memory").Data();
  const uint32_t place = args.uint32(2, "place");
  return Napi::Number::New(info.Env(), coreAnnexWrite(memory, args.uint32(1, "at"), place, args.uint32(3, "bytes")));
}

// compiledCore.annexRead(memory: Uint8Array, place: number, at: number, bytes: number)
void annexRead(const Napi::CallbackInfo& info) {
  const Arguments args(info, "annexRead");
  coreAnnexRead(args.bytes(0, "memory").Data(), args.uint32(1, "place"), args.uint32(2, "at"), args.uint32(3, "bytes"));
}

// compiledCore.annexVacate(memory: Uint8Array, place: number, bytes: number)
void vacate(const Napi::CallbackInfo& info) {
  const Arguments args(info, "annexVacate");
  coreAnnexVacate(args.bytes(0, "memory").Data(), args.uint32(1, "place"), args.uint32(2, "bytes"));
}

}  // namespace

void defineCore(Napi::Env env, Napi::Object exports) {
  auto core = Napi::Object::New(env);
  core.Set("hash", CORE_HASH);
  core.Set("step", Napi::Function::New<step>(env, "step"));
  core.Set("settle", Napi::Function::New<settle>(env, "settle"));
  core.Set("openAnnex", Napi::Function::New<open>(env, "openAnnex"));
  core.Set("closeAnnex", Napi::Function::New<close>(env, "closeAnnex"));
  core.Set("annexWrite", Napi::Function::New<annexWrite>(env, "annexWrite"));
  core.Set("annexRead", Napi::Function::New<annexRead>(env, "annexRead"));
  core.Set("annexVacate", Napi::Function::New<vacate>(env, "annexVacate"));
  exports.Set("compiledCore", core);
}

}  // namespace farpage
