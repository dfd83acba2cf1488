// Replaces this process by farpage-launch: restores inherited descriptors and signals first, as the program expects them.
#include "endings/launching.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "args.h"
#include "errors.h"

namespace farpage {

namespace {

// The strings of a file such as /proc/self/cmdline, byte for byte.
std::vector<std::string> stringsOf(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::string> strings;
  for (size_t from = 0, end = 0; (end = text.find('\0', from)) != std::string::npos; from = end + 1) {
    strings.push_back(text.substr(from, end - from));
  }
  return strings;
}

std::string targetOf(int fd) {
  char target[64];
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t length = readlink(path.c_str(), target, sizeof target);
  return length < 0 ? std::string() : std::string(target, static_cast<size_t>(length));
}

bool isBlockingPipe(int fd, const std::string& target) {
  return target.rfind("pipe:", 0) == 0 && (fcntl(fd, F_GETFL) & O_NONBLOCK) == 0;
}

/**
 * Clears close-on-exec on the descriptors that this process inherited. Node.js set it on some of them, and does not say
 * which descriptors it opened itself. Those are the first event loop's and, after it, the marked ones of the kinds that
 * Node.js opens: non-blocking pipes with both ends, and the blocking one for signals.
 */
void keepInherited() {
  std::map<int, std::string> marked;
  std::string signals;
  std::map<std::string, int> ends;
  bool loop = false;
  const int maxFd = static_cast<int>(sysconf(_SC_OPEN_MAX));
  for (int fd = 0, closed = 0; fd < maxFd && closed < 1024; fd++) {
    const int flags = fcntl(fd, F_GETFD);
    closed = flags < 0 ? closed + 1 : 0;
    if (flags < 0 || (flags & FD_CLOEXEC) == 0) continue;
    const std::string target = targetOf(fd);
    loop = loop || target == "anon_inode:[eventpoll]";
    if (!loop) fcntl(fd, F_SETFD, 0);
    else if (ends[marked[fd] = target]++ > 0 && signals.empty() && isBlockingPipe(fd, target)) signals = target;
  }
  for (const auto& [fd, target] : marked) {
    const bool pipe = target.rfind("pipe:", 0) == 0;
    const bool pair = pipe && ends[target] > 1 && (target == signals || !isBlockingPipe(fd, target));
    const bool own = target.rfind("anon_inode:", 0) == 0 || target == "/dev/null" || pair;
    if (!own) fcntl(fd, F_SETFD, 0);
  }
}

std::vector<char*> pointersTo(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& each : strings) pointers.push_back(each.data());
  pointers.push_back(nullptr);
  return pointers;
}

// becomeLauncher(program, words: string[], count): executes `program` with the words, then the last `count` of this process's
// arguments, byte for byte
Napi::Value becomeLauncher(const Napi::CallbackInfo& info) {
  const Arguments args(info, "becomeLauncher");
  std::string program = args.text(0, "program");
  std::vector<std::string> words = {program};
  for (std::string& word : args.texts(1, "words")) words.push_back(std::move(word));
  std::vector<std::string> own = stringsOf("/proc/self/cmdline");
  const size_t count = args.uint32(2, "count");
  if (count > own.size()) throw systemError(info.Env(), "/proc/self/cmdline", EINVAL);
  words.insert(words.end(), own.end() - static_cast<std::ptrdiff_t>(count), own.end());
  std::vector<std::string> entries = stringsOf("/proc/self/environ");
  std::vector<char*> arguments = pointersTo(words);
  std::vector<char*> environment = pointersTo(entries);
  keepInherited();
  // Node.js makes them non-blocking when it writes to them, and does not say what they were before.
  for (const int fd : {STDOUT_FILENO, STDERR_FILENO}) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
  // Node.js ignores these two.
  signal(SIGPIPE, SIG_DFL);
  signal(SIGXFSZ, SIG_DFL);
  execve(program.c_str(), arguments.data(), environment.data());
  throw systemError(info.Env(), "execve", errno);
}

// dropStdout(): standard output becomes /dev/null; the launched program has the only other descriptor of it
Napi::Value dropStdout(const Napi::CallbackInfo& info) {
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (null < 0) throw systemError(info.Env(), "open", errno);
  dup2(null, STDOUT_FILENO);
  if (null != STDOUT_FILENO) close(null);
  return info.Env().Undefined();
}

// ignoreSignal(signal): until the process ends
Napi::Value ignoreSignal(const Napi::CallbackInfo& info) {
  if (signal(Arguments(info, "ignoreSignal").int32(0, "signal"), SIG_IGN) == SIG_ERR) throw systemError(info.Env(), "signal", errno);
  return info.Env().Undefined();
}

}  // namespace

void defineLaunching(Napi::Env env, Napi::Object exports) {
  exports.Set("becomeLauncher", Napi::Function::New<becomeLauncher>(env, "becomeLauncher"));
  exports.Set("dropStdout", Napi::Function::New<dropStdout>(env, "dropStdout"));
  exports.Set("ignoreSignal", Napi::Function::New<ignoreSignal>(env, "ignoreSignal"));
}

}  // namespace farpage
