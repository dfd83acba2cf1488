// The lanes of an engine in its event loop: replies are taken as messages are, and a lane that breaks is JavaScript's concern.
#include <cerrno>

#include "args.h"
#include "engine/engine.h"
#include "errors.h"

namespace farpage {

using namespace layout;

namespace {

/** Intervals without an outstanding page after which nothing is timed any more. */
constexpr uint32_t QUIET_TICKS = 8;

Napi::Object toObject(Napi::Env env, const LostLane& lost) {
  auto object = Napi::Object::New(env);
  object.Set("region", lost.region);
  object.Set("kind", lost.kind);
  object.Set("waited", lost.waited);
  object.Set("pages", static_cast<double>(lost.pages));
  auto owed = Napi::Array::New(env, lost.owed.size());
  uint32_t next = 0;
  for (const LaneRead& read : lost.owed) {
    auto ticket = Napi::Object::New(env);
    ticket.Set("page", read.page);
    ticket.Set("frame", read.frame);
    ticket.Set("generation", read.generation);
    owed.Set(next++, ticket);
  }
  object.Set("owed", owed);
  return object;
}

}  // namespace

// openLane(region: number, kind: number, fd: number, prefix: string, patience: number): see engine/lanes.h
Napi::Value Engine::openLane(const Napi::CallbackInfo& info) {
  requireOpen(info.Env());
  const Arguments args(info, "openLane");
  const uint32_t region = args.uint32(0, "region");
  const uint32_t kind = args.uint32(1, "kind");
  const int fd = args.int32(2, "fd");
  const std::string prefix = args.text(3, "prefix");
  if (!compiled_ || handles_ == nullptr) throw Napi::Error::New(info.Env(), "lanes need the compiled core, and polling");
  if (lanes_ == nullptr) startLanes(info.Env(), args.uint32(4, "patience"));
  const int failed = lanes_->open(region, kind, fd, prefix);
  if (failed != 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", failed);
  return info.Env().Undefined();
}

// closeLane(region: number, kind: number): the lane as `lostLanes` has it; null: there is none
Napi::Value Engine::closeLane(const Napi::CallbackInfo& info) {
  const Arguments args(info, "closeLane");
  LostLane lost;
  const bool closed = lanes_ != nullptr && lanes_->close(args.uint32(0, "region"), args.uint32(1, "kind"), &lost);
  return closed ? toObject(info.Env(), lost) : info.Env().Null();
}

// lostLanes(): {region, kind, waited, pages, owed: {page, frame, generation}[]}[]; each is returned once
Napi::Value Engine::lostLanes(const Napi::CallbackInfo& info) {
  auto result = Napi::Array::New(info.Env());
  if (lanes_ == nullptr || !lanes_->anyLost()) return result;
  uint32_t next = 0;
  for (const LostLane& lost : lanes_->takeLost()) result.Set(next++, toObject(info.Env(), lost));
  return result;
}

void Engine::startLanes(Napi::Env env, uint32_t patience) {
  auto lanes = std::make_unique<Lanes>(context_.core);
  int failed = lanes->begin(patience);
  if (failed != 0) throw systemError(env, "epoll_create1", failed);
  uv_loop_t* loop = handles_->poll.loop;
  failed = uv_poll_init(loop, &handles_->lanes, lanes->descriptor());
  if (failed != 0) throw systemError(env, "uv_poll_init", -failed);
  lanes->useMeters(context_.meters);
  lanes_ = std::move(lanes);
  context_.lanes = lanes_.get();
  handles_->lanes.data = handles_;
  uv_poll_start(&handles_->lanes, UV_READABLE, onLanes);
  uv_timer_init(loop, &handles_->laneTick);
  handles_->laneTick.data = handles_;
  uv_unref(reinterpret_cast<uv_handle_t*>(&handles_->laneTick));
  handles_->open += 2;
}

// Its descriptor is polled until here.
void Engine::stopLanes(Handles* handles) {
  uv_poll_stop(&handles->lanes);
  uv_timer_stop(&handles->laneTick);
  uv_close(reinterpret_cast<uv_handle_t*>(&handles->lanes), onClosed);
  uv_close(reinterpret_cast<uv_handle_t*>(&handles->laneTick), onClosed);
  context_.lanes = nullptr;
  lanes_.reset();
}

void Engine::timeLanes() {
  if (lanes_ == nullptr || !lanes_->isUntimed()) return;
  lanes_->setTimed(true);
  quietTicks_ = 0;
  uv_timer_start(&handles_->laneTick, onLaneTick, lanes_->interval(), lanes_->interval());
}

void Engine::onLanes(uv_poll_t* handle, int, int) {
  auto* self = static_cast<Handles*>(handle->data)->engine;
  if (self == nullptr) return;
  self->recent_ = true;
  self->takeReplies();
}

// False after an error.
bool Engine::takeReplies() {
  context_.stamps.end(STAMP_WAIT);
  at<uint64_t>(context_.core, NOW_AT) = monotonicNow();
  return (!lanes_->receive() && !lanes_->anyLost()) || takeTurnNow();
}

void Engine::onLaneTick(uv_timer_t* handle) {
  auto* self = static_cast<Handles*>(handle->data)->engine;
  if (self == nullptr) return;
  Lanes& lanes = *self->lanes_;
  // Replies may have come while this process did not run.
  self->takeReplies();
  if (self->lanes_ == nullptr) return;
  lanes.tick();
  if (lanes.anyLost()) self->callDispatch();
  if (self->lanes_ == nullptr) return;
  self->quietTicks_ = lanes.outstanding() == 0 ? self->quietTicks_ + 1 : 0;
  if (self->quietTicks_ < QUIET_TICKS) return;
  lanes.setTimed(false);
  uv_timer_stop(handle);
}

}  // namespace farpage
