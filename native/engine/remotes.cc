// An engine's remotes: memory of other processes in JavaScript's hands.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "errors.h"

namespace farpage {

using namespace layout;

namespace {

uint32_t regionOf(const Napi::CallbackInfo& info) { return info[0].As<Napi::Number>().Uint32Value() % REGION_LIMIT; }

uint64_t addressOf(const Napi::Value& value) {
  bool lossless = false;
  return value.As<Napi::BigInt>().Uint64Value(&lossless);
}

}  // namespace

void Engine::requireRemotes(Napi::Env env) const {
  requireOpen(env);
  if (remotes_ == nullptr) throw systemError(env, "a remote without userfaultfd", ENOSYS);
}

void Engine::addBacking(uint32_t region, const Backing& backing, int fd) {
  context_.backings[region] = backing;
  context_.backings[region].region = region;
  context_.backings[region].remote = fd;
}

// addRemote(region, userfaultfd, spaced)
Napi::Value Engine::addRemote(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const uint32_t region = regionOf(info);
  const bool spaced = info[2].As<Napi::Boolean>();
  const int failed = remotes_->add(region, info[1].As<Napi::Number>(), spaced);
  if (failed != 0) throw systemError(info.Env(), "a remote", failed);
  Backing backing;
  backing.spaced = spaced;
  addBacking(region, backing, remotes_->of(region));
  return info.Env().Undefined();
}

// addRemoteRegion(region, userfaultfd, address: bigint, bytes, file, huge): file -1, or the memory file that it is a
// mapping of; huge: hugetlb pages
Napi::Value Engine::addRemoteRegion(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const uint32_t region = regionOf(info);
  Backing backing;
  backing.start = addressOf(info[2]);
  backing.length = static_cast<uint64_t>(info[3].As<Napi::Number>().Int64Value());
  backing.huge = info[5].As<Napi::Boolean>();
  const int file = info[4].As<Napi::Number>();
  if (file >= 0) backing.file = fcntl(file, F_DUPFD_CLOEXEC, 0);
  if (file >= 0 && backing.file < 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", errno);
  const int failed = remotes_->add(region, info[1].As<Napi::Number>(), false);
  if (failed != 0) {
    if (backing.file >= 0) ::close(backing.file);
    throw systemError(info.Env(), "a remote", failed);
  }
  addBacking(region, backing, remotes_->of(region));
  return info.Env().Undefined();
}

// setAgent(region, socket, control, window, program): a pidfd, or -1
Napi::Value Engine::setAgent(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const int failed = remotes_->setAgent(regionOf(info), info[1].As<Napi::Number>(), info[2].As<Napi::Number>(),
                                        info[3].As<Napi::Number>(), info[4].As<Napi::Number>());
  if (failed != 0) throw systemError(info.Env(), "an agent", failed);
  return info.Env().Undefined();
}

// setMailbox(region, address: bigint)
Napi::Value Engine::setMailbox(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  remotes_->setMailbox(regionOf(info), addressOf(info[1]));
  return info.Env().Undefined();
}

// findFork(tid): number, 0 none
Napi::Value Engine::findFork(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  return Napi::Number::New(info.Env(), remotes_->findFork(info[0].As<Napi::Number>()));
}

// duplicateRemote(region): number, a descriptor of its userfaultfd
Napi::Value Engine::duplicateRemote(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const int fd = fcntl(remotes_->of(regionOf(info)), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", errno);
  return Napi::Number::New(info.Env(), fd);
}

// removeRemote(region): its agent, where it is still there, learns that nobody serves its process any more
Napi::Value Engine::removeRemote(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const uint32_t region = regionOf(info);
  Backing& backing = context_.backings[region];
  if (backing.remote >= 0 && backing.file >= 0) ::close(backing.file);
  if (backing.remote >= 0) {
    closeMemory(backing);
    backing = Backing();
  }
  remotes_->remove(region);
  return info.Env().Undefined();
}

// setMemory(region, fd): /proc/PID/mem of a remote's process, duplicated; its pages are saved through it
Napi::Value Engine::setMemory(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  Backing& backing = context_.backings[regionOf(info)];
  if (backing.remote < 0) throw systemError(info.Env(), "a remote", ENOENT);
  const int fd = fcntl(info[1].As<Napi::Number>().Int32Value(), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", errno);
  closeMemory(backing);
  backing.memory = fd;
  return info.Env().Undefined();
}

// deadRemotes(): number[], each told once
Napi::Value Engine::deadRemotes(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  auto result = Napi::Array::New(info.Env());
  for (const uint32_t region : remotes_->takeDead()) {
    result.Set(result.Length(), Napi::Number::New(info.Env(), region));
  }
  return result;
}

// lastThread(): number, 0 none
Napi::Value Engine::lastThread(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  return Napi::Number::New(info.Env(), remotes_->lastThread());
}

// watchFaults(places: BigUint64Array, pageBytes, noted): of each part where it starts, where it ends, its first page
Napi::Value Engine::watchFaults(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const auto places = info[0].As<Napi::BigUint64Array>();
  std::vector<Touches::Part> parts;
  for (size_t at = 0; at + 2 < places.ElementLength(); at += 3) {
    parts.push_back({places[at], places[at + 1], places[at + 2]});
  }
  const auto pageBytes = static_cast<uint64_t>(info[1].As<Napi::Number>().Int64Value());
  remotes_->touches().begin(std::move(parts), pageBytes, info[2].As<Napi::Boolean>());
  return info.Env().Undefined();
}

// touchedPages(): Uint32Array, in the order of their first faults
Napi::Value Engine::touchedPages(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const std::vector<uint32_t>& pages = remotes_->touches().pages();
  auto result = Napi::Uint32Array::New(info.Env(), pages.size());
  std::copy(pages.begin(), pages.end(), result.Data());
  return result;
}

// strayFaults(): bigint[], each told once
Napi::Value Engine::strayFaults(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  auto result = Napi::Array::New(info.Env());
  for (const uint64_t address : remotes_->touches().takeStrays()) {
    result.Set(result.Length(), Napi::BigInt::New(info.Env(), address));
  }
  return result;
}

// pauseAgent(region, paused)
Napi::Value Engine::pauseAgent(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  remotes_->pauseAgent(regionOf(info), info[1].As<Napi::Boolean>());
  return info.Env().Undefined();
}

// keepFrames(offset, bytes): the frames of remotes; they keep their memory
void Engine::keepFrames(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const uint64_t start = reinterpret_cast<uint64_t>(context_.core) + info[0].As<Napi::Number>().Int64Value();
  context_.means.framesKept = true;
  setFrames(start, static_cast<uint64_t>(info[1].As<Napi::Number>().Int64Value()));
}

// Nobody serves them any more: agents end their processes, sessions theirs.
void Engine::leaveRemotes() {
  for (Backing& backing : context_.backings) {
    if (backing.remote < 0) continue;
    if (backing.file >= 0) ::close(backing.file);
    closeMemory(backing);
    backing = Backing();
  }
  if (remotes_ != nullptr) remotes_->removeAll();
}

}  // namespace farpage
