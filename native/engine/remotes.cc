// The calls by which JavaScript adds, changes and removes an engine's remotes: memory of other processes.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "args.h"
#include "engine/engine.h"
#include "errors.h"

namespace farpage {

using namespace layout;

namespace {

uint32_t regionOf(const Arguments& args) { return args.uint32(0, "region") % REGION_LIMIT; }

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
  const Arguments args(info, "addRemote");
  requireRemotes(info.Env());
  const uint32_t region = regionOf(args);
  const bool spaced = args.boolean(2, "spaced");
  const int failed = remotes_->add(region, args.int32(1, "userfaultfd"), spaced);
  if (failed != 0) throw systemError(info.Env(), "a remote", failed);
  Backing backing;
  backing.spaced = spaced;
  addBacking(region, backing, remotes_->of(region));
  return info.Env().Undefined();
}

// addRemoteRegion(region, userfaultfd, address: bigint, bytes, file, huge). `file`: the memfile that the range maps, or -1.
// `huge`: hugetlb pages
Napi::Value Engine::addRemoteRegion(const Napi::CallbackInfo& info) {
  const Arguments args(info, "addRemoteRegion");
  requireRemotes(info.Env());
  const uint32_t region = regionOf(args);
  const int userfaultfd = args.int32(1, "userfaultfd");
  Backing backing;
  backing.start = args.word(2, "address");
  backing.length = args.length(3, "bytes");
  backing.huge = args.boolean(5, "huge");
  const int file = args.int32(4, "file");
  if (file >= 0) backing.file = fcntl(file, F_DUPFD_CLOEXEC, 0);
  if (file >= 0 && backing.file < 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", errno);
  const int failed = remotes_->add(region, userfaultfd, false);
  if (failed != 0) {
    if (backing.file >= 0) ::close(backing.file);
    throw systemError(info.Env(), "a remote", failed);
  }
  addBacking(region, backing, remotes_->of(region));
  return info.Env().Undefined();
}

// setAgent(region, socket, control, window, program). `program`: a pidfd, or -1
Napi::Value Engine::setAgent(const Napi::CallbackInfo& info) {
  const Arguments args(info, "setAgent");
  requireRemotes(info.Env());
  const int failed = remotes_->setAgent(regionOf(args), args.int32(1, "socket"), args.int32(2, "control"),
                                        args.int32(3, "window"), args.int32(4, "program"));
  if (failed != 0) throw systemError(info.Env(), "an agent", failed);
  return info.Env().Undefined();
}

// setMailbox(region, address: bigint)
Napi::Value Engine::setMailbox(const Napi::CallbackInfo& info) {
  const Arguments args(info, "setMailbox");
  requireRemotes(info.Env());
  remotes_->setMailbox(regionOf(args), args.word(1, "address"));
  return info.Env().Undefined();
}

// findFork(tid, ticket): number, 0 none
Napi::Value Engine::findFork(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const Arguments args(info, "findFork");
  return Napi::Number::New(info.Env(), remotes_->findFork(args.uint32(0, "tid"), args.uint32(1, "ticket")));
}

// forgetKnock(tid, ticket)
Napi::Value Engine::forgetKnock(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const Arguments args(info, "forgetKnock");
  remotes_->forgetKnock(args.uint32(0, "tid"), args.uint32(1, "ticket"));
  return info.Env().Undefined();
}

// duplicateRemote(region): number, a descriptor of its userfaultfd
Napi::Value Engine::duplicateRemote(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const int fd = fcntl(remotes_->of(regionOf(Arguments(info, "duplicateRemote"))), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", errno);
  return Napi::Number::New(info.Env(), fd);
}

// removeRemote(region): its agent, if it still runs, learns that the pager no longer serves its process
Napi::Value Engine::removeRemote(const Napi::CallbackInfo& info) {
  requireRemotes(info.Env());
  const uint32_t region = regionOf(Arguments(info, "removeRemote"));
  Backing& backing = context_.backings[region];
  if (backing.remote >= 0 && backing.file >= 0) ::close(backing.file);
  if (backing.remote >= 0) {
    closeMemory(backing);
    backing = Backing();
  }
  remotes_->remove(region);
  return info.Env().Undefined();
}

// setMemory(region, fd): /proc/PID/mem of a remote's process, duplicated. A pass reads the pages through it
Napi::Value Engine::setMemory(const Napi::CallbackInfo& info) {
  const Arguments args(info, "setMemory");
  requireRemotes(info.Env());
  Backing& backing = context_.backings[regionOf(args)];
  if (backing.remote < 0) throw systemError(info.Env(), "a remote", ENOENT);
  const int fd = fcntl(args.int32(1, "fd"), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", errno);
  closeMemory(backing);
  backing.memory = fd;
  return info.Env().Undefined();
}

// deadRemotes(): number[], each reported once
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
  const Arguments args(info, "watchFaults");
  requireRemotes(info.Env());
  const auto places = args.words(0, "places");
  std::vector<Touches::Part> parts;
  for (size_t at = 0; at + 2 < places.ElementLength(); at += 3) {
    parts.push_back({places[at], places[at + 1], places[at + 2]});
  }
  const uint64_t pageBytes = args.length(1, "pageBytes");
  remotes_->touches().begin(std::move(parts), pageBytes, args.boolean(2, "noted"));
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

// strayFaults(): bigint[], each reported once
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
  const Arguments args(info, "pauseAgent");
  requireRemotes(info.Env());
  remotes_->pauseAgent(regionOf(args), args.boolean(1, "paused"));
  return info.Env().Undefined();
}

// keepFrames(offset, bytes): frames of remotes: a vacant one keeps its memory
void Engine::keepFrames(const Napi::CallbackInfo& info) {
  const Arguments args(info, "keepFrames");
  requireRemotes(info.Env());
  const uint64_t start = reinterpret_cast<uint64_t>(context_.core) + args.length(0, "offset");
  context_.means.framesKept = true;
  setFrames(start, args.length(1, "bytes"));
}

// The pager serves them no longer: each agent ends its process, and each session ends its guest.
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
