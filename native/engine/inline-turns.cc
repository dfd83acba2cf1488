// The event loop's part of turns in faulting threads: see fault-turns.h.
#include "engine/engine.h"
#include "engine/inbox.h"
#include "errors.h"

namespace farpage {

using namespace layout;

void Engine::startInline(uv_loop_t* loop) {
  int error = inline_.openBell();
  if (error != 0) throw systemError(env_, "eventfd", error);
  // This thread has the lock from here on: nothing is served before the handles are there.
  error = inline_.open();
  if (error != 0) throw systemError(env_, error == ENOSPC ? "a place for inline faults" : "sigaction(SIGBUS)", error);
  int failed = uv_poll_init(loop, &handles_->bell, inline_.bell());
  if (failed != 0) {
    inline_.close();
    throw systemError(env_, "uv_poll_init", -failed);
  }
  handles_->bell.data = handles_;
  handles_->open++;
  failed = uv_poll_start(&handles_->bell, UV_READABLE, onBell);
  uv_idle_init(loop, &handles_->awake);
  handles_->awake.data = handles_;
  handles_->open++;
  uv_unref(reinterpret_cast<uv_handle_t*>(&handles_->awake));
  if (failed != 0) throw systemError(env_, "uv_poll_start", -failed);
}

// At the end of the loop's thread, or after its last region was closed.
void Engine::stopInline(Handles* handles) {
  // Its descriptor, the bell, is closed with the turns.
  uv_poll_stop(&handles->bell);
  uv_idle_stop(&handles->awake);
  inline_.close();
  uv_close(reinterpret_cast<uv_handle_t*>(&handles->bell), onClosed);
  uv_close(reinterpret_cast<uv_handle_t*>(&handles->awake), onClosed);
}

// In place of libuv, which would wait with the lock held. Its own poll finds what this one found, and returns at once.
void Engine::waitUnlocked() {
  uv_loop_t* loop = handles_->poll.loop;
  uv_idle_stop(&handles_->awake);
  uv_update_time(loop);
  const int timeout = hasNewWatchers(loop) ? 0 : uv_backend_timeout(loop);
  uv_idle_start(&handles_->awake, [](uv_idle_t*) {});
  context_.stamps.end(STAMP_LOOP);
  inline_.waitUnlocked(uv_backend_fd(loop), timeout);
  context_.stamps.resume();
}

void Engine::onBell(uv_poll_t* handle, int, int) {
  auto* self = static_cast<Handles*>(handle->data)->engine;
  if (self == nullptr || !self->inline_.answerBell()) return;
  Stamps& stamps = self->context_.stamps;
  stamps.end(STAMP_LOOP);
  stamps.beginTurn();
  readMessages(self->context_);
  stamps.end(STAMP_READ);
  if (self->ownTurn()) self->callDispatch();
  stamps.end(STAMP_REST);
  stamps.endTurn();
}

}  // namespace farpage
