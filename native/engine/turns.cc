// Runs an engine in its thread's event loop: reads messages when they arrive, and waits for faults in place of the loop.
#include <poll.h>
#include <sys/epoll.h>

#include <algorithm>
#include <cstring>

#include "args.h"
#include "engine/engine.h"
#include "engine/inbox.h"
#include "engine/turn.h"
#include "errors.h"
#include "calls/ranges.h"
#include "endings/last-resort.h"

namespace farpage {

using namespace layout;

namespace {

/** Milliseconds without a fault that end a ride: a loop that waits for long is an ordinary thread. */
constexpr int RIDE_QUIET = 20;

/** Whether the event loop's descriptor shows that `fd` is readable. */
bool watchInLoop(int events, int fd, bool on) {
  epoll_event event = {};
  if (on) event.events = EPOLLIN;
  event.data.fd = fd;
  return epoll_ctl(events, EPOLL_CTL_MOD, fd, &event) == 0;
}

}  // namespace

bool hasNewWatchers(const uv_loop_t* loop) {
  // libuv's list is a pair of pointers, empty if it points to itself.
  const void* first = nullptr;
  std::memcpy(&first, &loop->watcher_queue, sizeof first);
  return first != &loop->watcher_queue;
}

// start(turn: () => boolean, dispatch: () => void): starts polling. `turn` runs after each read. If it returns true,
// `dispatch` runs as a callback of its own, after which Node.js runs promise callbacks.
Napi::Value Engine::start(const Napi::CallbackInfo& info) {
  requireOpen(info.Env());
  const Arguments args(info, "start");
  turn_ = Napi::Persistent(args.function(0, "turn"));
  dispatch_ = Napi::Persistent(args.function(1, "dispatch"));
  uv_loop_t* loop = nullptr;
  napi_get_uv_event_loop(env_, &loop);
  auto* handles = new Handles();
  int failed = uv_poll_init(loop, &handles->poll, context_.means.fd);
  if (failed != 0) {
    delete handles;
    throw systemError(info.Env(), "uv_poll_init", -failed);
  }
  uv_prepare_init(loop, &handles->prepare);
  handles->poll.data = handles;
  handles->prepare.data = handles;
  handles->engine = this;
  handles->open = 2;
  handles_ = handles;
  if (views_ != nullptr) {
    failed = uv_poll_init(loop, &handles->views, views_->descriptor());
    if (failed != 0) throw systemError(info.Env(), "uv_poll_init", -failed);
    handles->views.data = handles;
    handles->open++;
    failed = uv_poll_start(&handles->views, UV_READABLE, onReadable);
    if (failed != 0) throw systemError(info.Env(), "uv_poll_start", -failed);
  }
  if (remotes_ != nullptr) {
    failed = uv_poll_init(loop, &handles->remotes, remotes_->descriptor());
    if (failed != 0) throw systemError(info.Env(), "uv_poll_init", -failed);
    handles->remotes.data = handles;
    handles->open++;
    failed = uv_poll_start(&handles->remotes, UV_READABLE, onReadable);
    if (failed != 0) throw systemError(info.Env(), "uv_poll_start", -failed);
  }
  napi_add_async_cleanup_hook(env_, onEnvironmentEnd, this, &hook_);
  failed = uv_poll_start(&handles->poll, UV_READABLE, onReadable);
  if (failed != 0) throw systemError(info.Env(), "uv_poll_start", -failed);
  uv_prepare_start(&handles->prepare, onPrepare);
  enlist(context_.core);
  letThisThreadCallDirectly();
  if (context_.inlined) startInline(loop);
  else ride_.open();
  return info.Env().Undefined();
}

void Engine::onReadable(uv_poll_t* handle, int, int) {
  auto* self = static_cast<Handles*>(handle->data)->engine;
  if (self == nullptr) return;
  self->recent_ = true;
  self->takeTurn();
}

// Runs after the callbacks of one round of the event loop, before the event loop waits.
void Engine::onPrepare(uv_prepare_t* handle) {
  auto* self = static_cast<Handles*>(handle->data)->engine;
  if (self == nullptr) return;
  if (self->inline_.isOpen()) return self->waitUnlocked();
  if (!self->recent_) return;
  // Descriptors that the event loop has not given to epoll yet: it must wait, or nothing would be heard of them.
  if (hasNewWatchers(handle->loop)) return;
  self->recent_ = false;
  if (!self->owesLoop()) self->linger();
}

// False after an error.
bool Engine::takeTurn() {
  context_.stamps.end(STAMP_WAIT);
  return (readMessages(context_) == 0 && !hasStrays()) || takeTurnNow();
}

// As `takeTurn`, for messages that were read, or pages that came over a lane.
bool Engine::takeTurnNow() {
  Stamps& stamps = context_.stamps;
  stamps.beginTurn();
  stamps.end(STAMP_READ);
  ride_.turnBegins();
  const bool went = compiled_ ? !ownTurn() || callDispatch() : callTurn();
  ride_.turnEnds();
  stamps.end(STAMP_REST);
  stamps.endTurn();
  return went;
}

// True if `dispatch` has work.
bool Engine::ownTurn() {
  // Commands that replies issued are settled before the next step.
  drain(context_);
  TurnResult result = turnOver(context_, Until::idle);
  for (uint32_t looks = 1; result.looks && looks < LOOKS_A_TURN; looks++) {
    letFaultsGoFirst();
    result = turnOver(context_, Until::idle);
  }
  unfinished_ = result.unfinished;
  timeLanes();
  return result.wanted || hasStrays();
}

// Between two steps of a pass, where the core's state is as between two turns.
void Engine::letFaultsGoFirst() {
  if (inline_.isOpen()) {
    context_.stamps.end(STAMP_REST);
    context_.stamps.endTurn();
    inline_.letOthers();
    context_.stamps.resume();
    context_.stamps.beginTurn();
  }
  readMessages(context_);
  context_.stamps.end(STAMP_READ);
}

// Faults outside a guest's memory do not reach the core: the loop fetches them when it dispatches.
bool Engine::hasStrays() const { return remotes_ != nullptr && remotes_->touches().anyStray(); }

// At most two calls into JavaScript; only the second one runs ticks and promise callbacks.
bool Engine::callTurn() {
  Napi::HandleScope scope(env_);
  napi_value receiver;
  napi_get_global(env_, &receiver);
  napi_value more = nullptr;
  const napi_status status = napi_call_function(env_, receiver, turn_.Value(), 0, nullptr, &more);
  context_.stamps.end(STAMP_SCRIPT);
  if (status != napi_ok) return reportError(status);
  bool wanted = false;
  napi_get_value_bool(env_, more, &wanted);
  return !(wanted || hasStrays()) || callDispatch();
}

bool Engine::callDispatch() {
  Napi::HandleScope scope(env_);
  napi_value receiver;
  napi_get_global(env_, &receiver);
  const napi_status status = napi_make_callback(env_, nullptr, receiver, dispatch_.Value(), 0, nullptr, nullptr);
  context_.stamps.end(STAMP_DISPATCH);
  return status == napi_ok || reportError(status);
}

bool Engine::reportError(napi_status status) {
  napi_value error;
  if (status == napi_pending_exception && napi_get_and_clear_last_exception(env_, &error) == napi_ok) {
    napi_fatal_exception(env_, error);
  }
  return false;
}

// ride(): {rides: number, moves: number, raised: number}
Napi::Value Engine::ride(const Napi::CallbackInfo& info) {
  const Ride::Figures figures = ride_.figures();
  auto result = Napi::Object::New(info.Env());
  result.Set("rides", static_cast<double>(figures.rides));
  result.Set("moves", static_cast<double>(figures.moves));
  result.Set("raised", static_cast<double>(figures.raised));
  return result;
}

// useMeters(meters: Uint8Array): times are counted there
void Engine::useMeters(const Napi::CallbackInfo& info) {
  const Arguments args(info, "useMeters");
  auto meters = args.bytes(0, "meters");
  if (meters.ByteLength() < METERS_BYTES) throw Napi::TypeError::New(info.Env(), "useMeters: the meters are too short");
  context_.meters = meters.Data();
  meters_ = Napi::Persistent(meters);
}

// useCompiledCore(): turns run over the compiled core from now on, without JavaScript
void Engine::useCompiledCore(const Napi::CallbackInfo&) { compiled_ = true; }

// stampPhases(): from now on, as FARPAGE_PHASES asks
void Engine::stampPhases(const Napi::CallbackInfo&) { context_.stamps.begin(context_.core); }

// execute(): runs the commands. A plain function with its engine as data: the hot path needs no lookup.
napi_value Engine::onExecute(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  Context& context = static_cast<Engine*>(data)->context_;
  context.stamps.end(STAMP_SCRIPT);
  execute(context);
  return nullptr;
}

// turn(): boolean, as the `turn` of src/loop/turn.ts, over the compiled core
Napi::Value Engine::turnNow(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), ownTurn()); }

// drain(): runs commands until there are none, over the compiled core
void Engine::drainNow(const Napi::CallbackInfo&) { drain(context_); }

// unfinished(): whether the last turn over the compiled core ended before everything was done
Napi::Value Engine::unfinished(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), unfinished_); }

// look(): as between two steps of a turn over the compiled core
void Engine::look(const Napi::CallbackInfo&) { letFaultsGoFirst(); }

// Whether a store in the event loop has yet to answer. Then the event loop must wait, not `linger`.
bool Engine::owesLoop() const {
  const uint32_t overLanes = lanes_ == nullptr ? 0 : lanes_->outstanding();
  return at<uint32_t>(context_.core, IN_FLIGHT_COUNT_AT) != overLanes;
}

// After a fault the next one is likely to follow soon. So this waits for it here, in place of the event loop: a round of the
// event loop costs a second poll (Node.js asks libuv to measure idle time) and the checks of every phase. It also polls the
// event loop's descriptor, and returns as soon as anything else is ready, a timer is due, or an immediate is queued.
void Engine::linger() {
  uv_loop_t* loop = handles_->poll.loop;
  const int events = uv_backend_fd(loop);
  // Faults come from remotes, or from this process's own regions.
  const bool remote = remotes_ != nullptr && remotes_->any();
  const int watched = remote ? remotes_->descriptor() : context_.means.fd;
  context_.stamps.end(STAMP_LOOP);
  const int lanes = lanes_ != nullptr && lanes_->any() ? lanes_->descriptor() : -1;
  // What is watched here must not make the event loop's descriptor readable meanwhile.
  if (!watchInLoop(events, watched, false)) return;
  if (lanes >= 0) watchInLoop(events, lanes, false);
  for (;;) {
    uv_update_time(loop);
    const int fd = remote ? remotes_->waitDescriptor() : watched;
    const int replies = lanes >= 0 ? lanes_->waitDescriptor() : -1;
    pollfd polled[] = {{fd, POLLIN, 0}, {events, POLLIN, 0}, {replies, POLLIN, 0}};
    const int timeout = uv_backend_timeout(loop);
    const int ready = waitForFault(polled, lanes >= 0 ? 3 : 2, timeout);
    if (ready <= 0 || polled[1].revents != 0) break;
    // JavaScript that runs in a turn may close the engine.
    if (polled[2].revents != 0 && (!takeReplies() || context_.means.fd < 0)) break;
    if (!takeTurn() || context_.means.fd < 0 || owesLoop() || hasNewWatchers(loop)) break;
    // A thread on this CPU faults again as soon as its page is there: the loop's own work would wait without end.
    if (timeout == 0) break;
  }
  ride_.end();
  if (context_.means.fd < 0) return;
  watchInLoop(events, watched, true);
  if (lanes >= 0) watchInLoop(events, lanes, true);
}

// As poll(2), but rides with the faulting thread, or polls for a while before it blocks.
int Engine::waitForFault(pollfd* polled, nfds_t count, int timeout) {
  // The guard of a ride does not know of replies.
  const bool awaited = lanes_ != nullptr && lanes_->outstanding() != 0;
  if (awaited) ride_.end();
  const bool rides = timeout != 0 && !awaited && ride_.begin(context_.toucher, polled[0].fd, polled[1].fd);
  context_.stamps.end(STAMP_RIDE);
  if (rides) {
    const int quiet = timeout < 0 ? RIDE_QUIET : std::min(timeout, RIDE_QUIET);
    const int ready = poll(polled, count, quiet);
    if (ready != 0 || quiet == timeout) return ready;
    ride_.end();
    if (timeout > 0) timeout -= quiet;
  } else if (timeout != 0 && !ride_.isOnOneCpu()) {
    const int ready = spin_.look(polled, count);
    if (ready != 0) return ready;
  }
  return poll(polled, count, timeout);
}

void Engine::stopPolling() {
  if (handles_ == nullptr) return;
  Handles* handles = handles_;
  handles_ = nullptr;
  dismiss(context_.core);
  if (inline_.isOpen()) stopInline(handles);
  ride_.close();
  handles->engine = nullptr;
  // The hook may only be removed once libuv has closed the handles.
  handles->hook = hook_;
  hook_ = nullptr;
  uv_poll_stop(&handles->poll);
  uv_prepare_stop(&handles->prepare);
  uv_close(reinterpret_cast<uv_handle_t*>(&handles->poll), onClosed);
  if (handles->views.data != nullptr) {
    uv_poll_stop(&handles->views);
    uv_close(reinterpret_cast<uv_handle_t*>(&handles->views), onClosed);
  }
  if (lanes_ != nullptr) stopLanes(handles);
  if (handles->remotes.data != nullptr) {
    uv_poll_stop(&handles->remotes);
    uv_close(reinterpret_cast<uv_handle_t*>(&handles->remotes), onClosed);
  }
  uv_close(reinterpret_cast<uv_handle_t*>(&handles->prepare), onClosed);
}

void Engine::onClosed(uv_handle_t* handle) {
  auto* handles = static_cast<Handles*>(handle->data);
  if (--handles->open > 0) return;
  if (handles->hook != nullptr) napi_remove_async_cleanup_hook(handles->hook);
  delete handles;
}

}  // namespace farpage
