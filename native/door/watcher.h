// A descriptor in the event loop of its thread, by uv_poll. It ends with the thread: a handle left open aborts a Worker.
#pragma once
#include <napi.h>
#include <uv.h>

namespace farpage {

/**
 * new Watcher(fd, callback: (status: number, events: number) => void, duplicated: boolean)
 *
 * `duplicated`: it watches a duplicate, since the event loop knows the descriptor already, and closes that itself.
 * arm(events) starts watching and keeps the event loop alive. rest() keeps watching without keeping the event loop alive.
 * stop() stops watching. close() releases the descriptor, which the caller then closes.
 */
class Watcher : public Napi::ObjectWrap<Watcher> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit Watcher(const Napi::CallbackInfo& info);
  ~Watcher() override;

 private:
  struct Handle;

  Napi::Value arm(const Napi::CallbackInfo& info);
  Napi::Value rest(const Napi::CallbackInfo& info);
  Napi::Value stop(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  void release();
  static void onEvents(uv_poll_t* poll, int status, int events);
  static void onClosed(uv_handle_t* closed);
  static void onEnvironmentEnd(napi_async_cleanup_hook_handle hook, void* data);

  napi_env env_;
  Napi::FunctionReference callback_;
  // Outlives this object until libuv has closed it.
  Handle* handle_ = nullptr;
  int events_ = 0;
};

}  // namespace farpage
