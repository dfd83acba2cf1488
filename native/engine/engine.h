// One userfaultfd (or trap), the core memory it serves, and its place in the event loop of the thread that opened it.
#pragma once
#include <napi.h>
#include <poll.h>
#include <uv.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "kernel/codec.h"
#include "engine/command.h"
#include "engine/fault-turns.h"
#include "engine/ride.h"
#include "engine/lanes.h"
#include "engine/spin.h"
#include "others/processes.h"
#include "others/attachments.h"

namespace farpage {

/** Whether descriptors wait to be given to epoll, at the event loop's next round. */
bool hasNewWatchers(const uv_loop_t* loop);

class Engine : public Napi::ObjectWrap<Engine> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit Engine(const Napi::CallbackInfo& info);
  ~Engine() override;

 private:
  struct Range {
    uint64_t start;
    uint64_t length;
  };

  Napi::Value features(const Napi::CallbackInfo& info);
  Napi::Value registerFrames(const Napi::CallbackInfo& info);
  Napi::Value registerRegion(const Napi::CallbackInfo& info);
  Napi::Value unregisterRegion(const Napi::CallbackInfo& info);
  Napi::Value setOwner(const Napi::CallbackInfo& info);
  Napi::Value ownerFault(const Napi::CallbackInfo& info);
  Napi::Value addView(const Napi::CallbackInfo& info);
  // remotes.cc
  Napi::Value addRemote(const Napi::CallbackInfo& info);
  Napi::Value addRemoteRegion(const Napi::CallbackInfo& info);
  Napi::Value setAgent(const Napi::CallbackInfo& info);
  Napi::Value setMailbox(const Napi::CallbackInfo& info);
  Napi::Value setMemory(const Napi::CallbackInfo& info);
  Napi::Value findFork(const Napi::CallbackInfo& info);
  Napi::Value forgetKnock(const Napi::CallbackInfo& info);
  Napi::Value duplicateRemote(const Napi::CallbackInfo& info);
  Napi::Value removeRemote(const Napi::CallbackInfo& info);
  Napi::Value deadRemotes(const Napi::CallbackInfo& info);
  Napi::Value lastThread(const Napi::CallbackInfo& info);
  Napi::Value watchFaults(const Napi::CallbackInfo& info);
  Napi::Value touchedPages(const Napi::CallbackInfo& info);
  Napi::Value strayFaults(const Napi::CallbackInfo& info);
  Napi::Value pauseAgent(const Napi::CallbackInfo& info);
  void keepFrames(const Napi::CallbackInfo& info);
  void requireRemotes(Napi::Env env) const;
  void addBacking(uint32_t region, const Backing& backing, int fd);
  void leaveRemotes();

  Napi::Value readNow(const Napi::CallbackInfo& info);
  Napi::Value ride(const Napi::CallbackInfo& info);
  void useMeters(const Napi::CallbackInfo& info);
  void useCompiledCore(const Napi::CallbackInfo& info);
  void stampPhases(const Napi::CallbackInfo& info);
  Napi::Value turnNow(const Napi::CallbackInfo& info);
  void drainNow(const Napi::CallbackInfo& info);
  Napi::Value unfinished(const Napi::CallbackInfo& info);
  void look(const Napi::CallbackInfo& info);
  Napi::Value start(const Napi::CallbackInfo& info);
  // lane-turns.cc
  Napi::Value openLane(const Napi::CallbackInfo& info);
  Napi::Value closeLane(const Napi::CallbackInfo& info);
  Napi::Value lostLanes(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  void openUffd(Napi::Env env);
  void openTrap(Napi::Env env, uint64_t pages);
  void setFrames(uint64_t start, uint64_t length);
  void openBin(Napi::Env env, int opened);
  void closeBin();
  void shut();
  void registerUffd(Napi::Env env, const Backing& backing);
  bool hasRegions() const;
  int unregisterPiece(uint64_t start, uint64_t length, bool seals);
  bool takeTurn();
  bool takeTurnNow();
  bool callTurn();
  bool callDispatch();
  bool ownTurn();
  void letFaultsGoFirst();
  bool hasStrays() const;
  bool reportError(napi_status status);
  struct Handles;
  bool owesLoop() const;
  void linger();
  int waitForFault(pollfd* polled, nfds_t count, int timeout);
  // lane-turns.cc
  void startLanes(Napi::Env env, uint32_t patience);
  void stopLanes(Handles* handles);
  void timeLanes();
  bool takeReplies();
  static void onLanes(uv_poll_t* handle, int status, int events);
  static void onLaneTick(uv_timer_t* handle);
  // inline-turns.cc
  void startInline(uv_loop_t* loop);
  void stopInline(Handles* handles);
  void waitUnlocked();
  static void onBell(uv_poll_t* handle, int status, int events);
  void stopPolling();
  void requireOpen(Napi::Env env) const;
  static void onReadable(uv_poll_t* handle, int status, int events);
  static void onPrepare(uv_prepare_t* handle);
  static void onClosed(uv_handle_t* handle);
  static napi_value onExecute(napi_env env, napi_callback_info info);
  static void onEnvironmentEnd(napi_async_cleanup_hook_handle handle, void* data);

  napi_env env_;
  Context context_;
  Digest digest_;
  Napi::Reference<Napi::Uint8Array> core_;
  Napi::Reference<Napi::Uint8Array> meters_;
  Napi::FunctionReference turn_;
  Napi::FunctionReference dispatch_;
  Range frames_ = {0, 0};
  uint64_t features_ = 0;
  bool kernelFaults_ = false;
  // The handles outlive this object until libuv has closed them.
  struct Handles {
    uv_poll_t poll;
    uv_poll_t views;
    uv_poll_t remotes;
    uv_poll_t bell;
    uv_poll_t lanes;
    uv_timer_t laneTick;
    uv_prepare_t prepare;
    // Active while libuv must not block: it would hold the lock.
    uv_idle_t awake;
    Engine* engine;
    napi_async_cleanup_hook_handle hook;
    int open;
  };
  Handles* handles_ = nullptr;
  std::unique_ptr<Views> views_;
  std::unique_ptr<Remotes> remotes_;
  /** Null until the first one is opened. */
  std::unique_ptr<Lanes> lanes_;
  bool recent_ = false;
  bool compiled_ = false;
  bool unfinished_ = false;
  /** Open if faulting threads take turns themselves. */
  FaultTurns inline_{context_};
  uint32_t quietTicks_ = 0;
  Ride ride_;
  Spin spin_;
  napi_async_cleanup_hook_handle hook_ = nullptr;
};

}  // namespace farpage
