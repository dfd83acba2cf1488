// The addon's functions on mailboxes: create, serve, post, and read the answer.
#include "conformance/target.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "args.h"
#include "errors.h"
#include "names.h"

namespace farpage {

namespace {

Mailbox* mailboxOf(const Arguments& args) { return static_cast<Mailbox*>(args.pointer(0, "mailbox")); }

// makeMailbox(): its address, a bigint; it is never unmapped
Napi::Value makeMailbox(const Napi::CallbackInfo& info) {
  void* start = mmap(nullptr, sizeof(Mailbox), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) throw systemError(info.Env(), "mmap", errno);
  catchSignals();
  return Napi::BigInt::New(info.Env(), reinterpret_cast<uint64_t>(start));
}

void* threadMain(void* box) {
  serveForever(static_cast<Mailbox*>(box));
  return nullptr;
}

// startThread(mailbox): starts a thread that serves it. It blocks all signals but those of its own faults.
Napi::Value startThread(const Napi::CallbackInfo& info) {
  Mailbox* box = mailboxOf(Arguments(info, "startThread"));
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  for (const int fault : {SIGBUS, SIGSEGV, SIGILL, SIGFPE, SIGTRAP}) sigdelset(&all, fault);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  const int error = pthread_create(&thread, nullptr, threadMain, box);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (error != 0) throw systemError(info.Env(), "pthread_create", error);
  pthread_detach(thread);
  return info.Env().Undefined();
}

void put(const Arguments& args, Mailbox* box) {
  const std::string name = args.text(1, "operation");
  const int operation = operationOf(name.c_str());
  if (operation < 0) throw Napi::Error::New(args.env(), "no operation '" + name + "'");
  const std::vector<uint64_t> arguments = args.words64(2, "arguments");
  box->operation = static_cast<uint32_t>(operation);
  for (size_t i = 0; i < ARGUMENTS; i++) box->arguments[i] = i < arguments.size() ? arguments[i] : 0;
}

// post(mailbox, operation, arguments: bigint[]): the thread that serves the mailbox runs it
Napi::Value post(const Napi::CallbackInfo& info) {
  const Arguments args(info, "post");
  Mailbox* box = mailboxOf(args);
  put(args, box);
  box->request.fetch_add(1, std::memory_order_release);
  wakeServer(box);
  return info.Env().Undefined();
}

// runHere(mailbox, operation, arguments: bigint[]): the calling thread runs it
Napi::Value runHere(const Napi::CallbackInfo& info) {
  const Arguments args(info, "runHere");
  Mailbox* box = mailboxOf(args);
  put(args, box);
  box->request.fetch_add(1, std::memory_order_release);
  serve(box);
  return info.Env().Undefined();
}

// answer(mailbox, results): the result of the last operation, or null while it runs
Napi::Value answer(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const Arguments args(info, "answer");
  const Mailbox* box = mailboxOf(args);
  const uint32_t count = std::min<uint32_t>(args.uint32(1, "results"), RESULTS);
  const uint32_t done = box->done.load(std::memory_order_acquire);
  if (done != box->request.load(std::memory_order_acquire)) return env.Null();
  auto result = Napi::Object::New(env);
  result.Set("value", Napi::BigInt::New(env, box->value));
  if (box->error != 0) result.Set("errno", errnoName(box->error));
  if (box->signal != 0) result.Set("signal", signalName(box->signal));
  result.Set("address", Napi::BigInt::New(env, box->address));
  auto results = Napi::Array::New(env, count);
  for (uint32_t i = 0; i < count; i++) results.Set(i, Napi::BigInt::New(env, box->results[i]));
  result.Set("results", results);
  return result;
}

// server(mailbox): the id of the thread that serves it; 0 before one does
Napi::Value server(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), mailboxOf(Arguments(info, "server"))->thread.load(std::memory_order_acquire));
}

// reap(process): null while it runs, else its exit code, or minus the signal that ended it
Napi::Value reap(const Napi::CallbackInfo& info) {
  int status = 0;
  const pid_t child = Arguments(info, "reap").int32(0, "process");
  const pid_t ended = waitpid(child, &status, WNOHANG);
  if (ended < 0) throw systemError(info.Env(), "waitpid", errno);
  if (ended == 0) return info.Env().Null();
  return Napi::Number::New(info.Env(), WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status));
}

// unread(fd): whether the descriptor is readable
Napi::Value unread(const Napi::CallbackInfo& info) {
  pollfd asked = {Arguments(info, "unread").int32(0, "fd"), POLLIN, 0};
  const int ready = poll(&asked, 1, 0);
  if (ready < 0 && errno != EINTR) throw systemError(info.Env(), "poll", errno);
  return Napi::Boolean::New(info.Env(), ready > 0 && (asked.revents & POLLIN) != 0);
}

// dieWithParent(): the kernel sends SIGKILL once the process that started this one has ended
Napi::Value dieWithParent(const Napi::CallbackInfo& info) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) throw systemError(info.Env(), "prctl", errno);
  return info.Env().Undefined();
}

}  // namespace

void defineTarget(Napi::Env env, Napi::Object exports) {
  auto target = Napi::Object::New(env);
  target.Set("makeMailbox", Napi::Function::New<makeMailbox>(env, "makeMailbox"));
  target.Set("startThread", Napi::Function::New<startThread>(env, "startThread"));
  target.Set("post", Napi::Function::New<post>(env, "post"));
  target.Set("runHere", Napi::Function::New<runHere>(env, "runHere"));
  target.Set("answer", Napi::Function::New<answer>(env, "answer"));
  target.Set("server", Napi::Function::New<server>(env, "server"));
  target.Set("reap", Napi::Function::New<reap>(env, "reap"));
  target.Set("unread", Napi::Function::New<unread>(env, "unread"));
  target.Set("dieWithParent", Napi::Function::New<dieWithParent>(env, "dieWithParent"));
  exports.Set("target", target);
}

}  // namespace farpage
