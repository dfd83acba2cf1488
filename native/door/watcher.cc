// Watches a descriptor by uv_poll, and closes the handle when the thread ends, so that no handle outlives its event loop.
#include "door/watcher.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "args.h"
#include "errors.h"

namespace farpage {

struct Watcher::Handle {
  uv_poll_t poll;
  /** Closed with it; -1: the descriptor is the caller's. */
  int duplicate = -1;
  Watcher* watcher;
  napi_async_cleanup_hook_handle hook;
};

Napi::Function Watcher::define(Napi::Env env) {
  return DefineClass(env, "Watcher",
                     {
                         InstanceMethod<&Watcher::arm>("arm"),
                         InstanceMethod<&Watcher::rest>("rest"),
                         InstanceMethod<&Watcher::stop>("stop"),
                         InstanceMethod<&Watcher::close>("close"),
                     });
}

Watcher::Watcher(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Watcher>(info), env_(info.Env()) {
  const Arguments args(info, "Watcher");
  const int fd = args.int32(0, "fd");
  const Napi::Function callback = args.function(1, "callback");
  uv_loop_t* loop = nullptr;
  napi_get_uv_event_loop(env_, &loop);
  const int duplicate = args.boolean(2, "duplicated") ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : -1;
  if (duplicate < 0 && args.boolean(2, "duplicated")) throw systemError(info.Env(), "fcntl", errno);
  auto* handle = new Handle();
  handle->duplicate = duplicate;
  const int failed = uv_poll_init(loop, &handle->poll, duplicate < 0 ? fd : duplicate);
  if (failed != 0) {
    if (duplicate >= 0) ::close(duplicate);
    delete handle;
    throw systemError(info.Env(), "uv_poll_init", -failed);
  }
  callback_ = Napi::Persistent(callback);
  handle->poll.data = handle;
  handle->watcher = this;
  handle_ = handle;
  napi_add_async_cleanup_hook(env_, onEnvironmentEnd, handle, &handle->hook);
  // libuv holds a pointer to it, so the garbage collector must not free it before it is closed.
  Ref();
}

Watcher::~Watcher() {
  if (handle_ != nullptr) handle_->watcher = nullptr;
}

// arm(events: number): UV_READABLE 1, UV_WRITABLE 2. Calls back repeatedly while the descriptor is ready, until stop().
Napi::Value Watcher::arm(const Napi::CallbackInfo& info) {
  if (handle_ == nullptr) return info.Env().Undefined();
  const int events = Arguments(info, "arm").int32(0, "events");
  auto* handle = reinterpret_cast<uv_handle_t*>(&handle_->poll);
  if (events != events_) {
    const int failed = uv_poll_start(&handle_->poll, events, onEvents);
    if (failed != 0) throw systemError(info.Env(), "uv_poll_start", -failed);
    events_ = events;
  }
  uv_ref(handle);
  return info.Env().Undefined();
}

// rest(): keeps watching without keeping the event loop alive
Napi::Value Watcher::rest(const Napi::CallbackInfo& info) {
  if (handle_ != nullptr) uv_unref(reinterpret_cast<uv_handle_t*>(&handle_->poll));
  return info.Env().Undefined();
}

// stop(): stops watching until the next arm()
Napi::Value Watcher::stop(const Napi::CallbackInfo& info) {
  if (handle_ != nullptr) uv_poll_stop(&handle_->poll);
  events_ = 0;
  return info.Env().Undefined();
}

// close(): for good
Napi::Value Watcher::close(const Napi::CallbackInfo& info) {
  if (handle_ != nullptr) {
    release();
    Unref();
  }
  return info.Env().Undefined();
}

void Watcher::release() {
  Handle* handle = handle_;
  handle_ = nullptr;
  handle->watcher = nullptr;
  uv_poll_stop(&handle->poll);
  uv_close(reinterpret_cast<uv_handle_t*>(&handle->poll), onClosed);
}

void Watcher::onEvents(uv_poll_t* poll, int status, int events) {
  auto* self = static_cast<Handle*>(poll->data)->watcher;
  if (self == nullptr) return;
  napi_env env = self->env_;
  // libuv has stopped the handle itself after an error.
  if (status < 0) self->events_ = 0;
  Napi::HandleScope scope(env);
  napi_value arguments[2];
  napi_create_int32(env, status, &arguments[0]);
  napi_create_int32(env, events, &arguments[1]);
  napi_value receiver;
  napi_get_global(env, &receiver);
  // napi_make_callback, not napi_call_function: it runs promise callbacks before it returns.
  if (napi_make_callback(env, nullptr, receiver, self->callback_.Value(), 2, arguments, nullptr) == napi_pending_exception) {
    napi_value error;
    if (napi_get_and_clear_last_exception(env, &error) == napi_ok) napi_fatal_exception(env, error);
  }
}

void Watcher::onClosed(uv_handle_t* closed) {
  auto* handle = static_cast<Handle*>(closed->data);
  if (handle->duplicate >= 0) ::close(handle->duplicate);
  // The hook may only be removed once libuv has closed the handle.
  napi_remove_async_cleanup_hook(handle->hook);
  delete handle;
}

// The thread ends with the watcher open: by worker.terminate(), process.exit() or an error. Node.js waits for handles that
// are closing already, as their hook is still there.
void Watcher::onEnvironmentEnd(napi_async_cleanup_hook_handle, void* data) {
  auto* handle = static_cast<Handle*>(data);
  if (handle->watcher != nullptr) handle->watcher->release();
}

}  // namespace farpage
