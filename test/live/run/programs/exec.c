/*
 * What a process is started with.
 *   exec with COMMAND ARGUMENT…   sets much of it, then becomes the command; each '@' in its words is the byte 0xe9
 *   exec show                     prints it
 *   exec alarm SECONDS COMMAND…   with an alarm that goes off in the command
 *   exec job COMMAND…             as a job of a shell's: in a group of its own, which its parent looks after
 *   exec first COMMAND…           as the first process of a PID namespace
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int fail(const char *what) {
  perror(what);
  return 125;
}

static void printBytes(const char *what, const char *bytes) {
  printf("%s ", what);
  if (strlen(bytes) > 1000) {
    unsigned long sum = 5381;
    for (const char *at = bytes; *at != '\0'; at++) sum = sum * 33 + (unsigned char)*at;
    printf("%.8s…, %zu bytes, sum %lu\n", bytes, strlen(bytes), sum);
    return;
  }
  for (; *bytes != '\0'; bytes++) printf(*bytes > ' ' && *bytes < 127 ? "%c" : "<%02x>", (unsigned char)*bytes);
  putchar('\n');
}

static void printStatus(void) {
  char line[256];
  FILE *file = fopen("/proc/self/status", "r");
  while (fgets(line, sizeof line, file) != NULL) {
    if (strncmp(line, "Sig", 3) == 0 && (line[3] == 'B' || line[3] == 'I')) fputs(line, stdout);
    if (strncmp(line, "Name", 4) == 0) fputs(line, stdout);
  }
  fclose(file);
}

/* What is closed by exec(2) was opened after it: the library's own. */
static void printDescriptors(void) {
  for (int fd = 0; fd < 4096; fd++) {
    char path[64];
    char target[256];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0) continue;
    target[length] = '\0';
    if ((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0) continue;
    struct stat stat;
    fstat(fd, &stat);
    printf("descriptor %d flags %o type %o\n", fd, fcntl(fd, F_GETFL), stat.st_mode & S_IFMT);
  }
}

static int show(int argc, char **argv) {
  printStatus();
  static const int LIMITS[] = {RLIMIT_NOFILE, RLIMIT_CORE, RLIMIT_STACK, RLIMIT_FSIZE};
  for (size_t i = 0; i < sizeof LIMITS / sizeof LIMITS[0]; i++) {
    struct rlimit limit;
    getrlimit(LIMITS[i], &limit);
    printf("limit %d %lu %lu\n", LIMITS[i], (unsigned long)limit.rlim_cur, (unsigned long)limit.rlim_max);
  }
  const mode_t mask = umask(0);
  umask(mask);
  printf("umask %o nice %d group %d session %d\n", mask, getpriority(PRIO_PROCESS, 0), getpgrp(), getsid(0));
  const char *pid = getenv("LISTEN_PID");
  if (pid != NULL) printf("activated: %s\n", atoi(pid) == getpid() ? "this process" : "another");
  printDescriptors();
  for (int i = 0; i < argc; i++) printBytes("argument", argv[i]);
  for (char **at = environ; *at != NULL; at++) {
    if (strncmp(*at, "LD_PRELOAD=", 11) != 0 && strncmp(*at, "FARPAGE_RUN=", 12) != 0 &&
        strncmp(*at, "LISTEN_PID=", 11) != 0) {
      printBytes("variable", *at);
    }
  }
  return 0;
}

static char **bytesIn(char **words) {
  for (char **word = words; *word != NULL; word++) {
    for (char *at = *word; *at != '\0'; at++) {
      if (*at == '@') *at = (char)0xe9;
    }
  }
  return words;
}

static int with(char **command) {
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  sigaddset(&blocked, SIGRTMIN + 3);
  if (sigprocmask(SIG_SETMASK, &blocked, NULL) != 0) return fail("sigprocmask");
  signal(SIGHUP, SIG_IGN);
  signal(SIGUSR2, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  const struct rlimit files = {300, 2048};
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) return fail("setrlimit");
  umask(027);
  if (nice(3) == -1) return fail("nice");
  const int file = open("/proc/self/comm", O_RDONLY);
  if (dup2(file, 7) != 7 || dup2(file, 290) != 290) return fail("dup2");
  int ends[2];
  /* As make's job server has it, and a standard input that does not block. */
  if (pipe(ends) != 0 || dup2(ends[0], 8) != 8 || dup2(ends[1], 9) != 9) return fail("pipe");
  if (pipe2(ends, O_NONBLOCK) != 0 || dup2(ends[0], 0) != 0) return fail("pipe");
  for (int fd = 3; fd < 290; fd++) {
    if (fd < 7 || fd > 9) close(fd);
  }
  char pid[32];
  snprintf(pid, sizeof pid, "LISTEN_PID=%d", getpid());
  static char large[120000] = "LARGE=";
  memset(large + 6, '\n', sizeof large - 7);
  char *entries[] = {"Z=1", "a.b=of no shell's name", "BASH_FUNC_f%%=() { echo; }", "=", "A=1", "no value",
                     "BYTES=\x80\xff\xe9", "A=2", large, "PWD=/nowhere", "_=x", "LISTEN_FDS=1", pid, getenv("KEPT_PATH"), getenv("KEPT_FOLDER"), getenv("KEPT_OPTIONS"), NULL};
  environ = entries;
  bytesIn(command);
  execvp(command[0], command);
  return fail(command[0]);
}

static int job(char **command) {
  const pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    execvp(command[0], command);
    _exit(fail(command[0]));
  }
  printf("run %d\n", child);
  fflush(stdout);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int first(char **command) {
  if (unshare(CLONE_NEWPID | CLONE_NEWNS) != 0) return fail("unshare");
  const pid_t child = fork();
  if (child == 0) {
    execlp("sh", "sh", "-c", "mount --make-rprivate / && mount -t proc proc /proc && exec \"$@\"", "sh", command[0],
           command[1], command[2], command[3], command[4], command[5], command[6], NULL);
    _exit(fail("sh"));
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv) {
  if (argc > 2 && strcmp(argv[1], "with") == 0) return with(argv + 2);
  if (argc > 3 && strcmp(argv[1], "alarm") == 0) {
    alarm((unsigned)atoi(argv[2]));
    execvp(argv[3], argv + 3);
    return fail(argv[3]);
  }
  if (argc > 2 && strcmp(argv[1], "job") == 0) return job(argv + 2);
  if (argc > 2 && strcmp(argv[1], "first") == 0) {
    char *words[8] = {0};
    for (int i = 0; i < 7 && argv[i + 2] != NULL; i++) words[i] = argv[i + 2];
    return first(words);
  }
  return show(argc, argv);
}
