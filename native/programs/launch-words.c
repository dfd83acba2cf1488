/* The command line words of farpage-launch, and edits of environment lists. */
#define _GNU_SOURCE
#include "launch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A string of an environment is no longer than 128 KiB. */
#define CHUNK_BYTES 100000u
#define VARIABLE "FARPAGE_ENVIRON_"

void die(const char *what) {
  fprintf(stderr, "farpage: %s: %s\n", what, strerror(errno));
  exit(EXIT_FAILED);
}

void *allocate(size_t bytes) {
  void *memory = calloc(1, bytes);
  if (memory == NULL) die("no memory");
  return memory;
}

static int isPlain(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
         (byte != '\0' && strchr("_/=.,:+-", byte) != NULL);
}

static void putNext(const char *text, size_t length, size_t *count) {
  if (*count % CHUNK_BYTES + length > CHUNK_BYTES - 8) *count += CHUNK_BYTES - *count % CHUNK_BYTES;
  if (*count % CHUNK_BYTES == 0) printf("%s%s%zu='", *count == 0 ? "export " : "' ", VARIABLE, *count / CHUNK_BYTES);
  fwrite(text, 1, length, stdout);
  *count += length;
}

int printEnvironment(const char *pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/environ", pid);
  FILE *file = fopen(path, "r");
  if (file == NULL) return EXIT_FAILED;
  size_t count = 0;
  for (int byte = getc(file); byte != EOF; byte = getc(file)) {
    char text[8];
    const int plain = isPlain((unsigned char)byte);
    const int length = snprintf(text, sizeof text, plain ? "%c" : "%%%02X", byte);
    if (byte == '\0') putNext(" ", 1, &count);
    else putNext(text, (size_t)length, &count);
  }
  fclose(file);
  if (count > 0) puts("'");
  return fflush(stdout) == 0 ? 0 : EXIT_FAILED;
}

static int digit(char of) { return of <= '9' ? of - '0' : of - 'A' + 10; }

/* Decodes `length` encoded bytes. */
static char *decode(const char *from, size_t length) {
  char *text = allocate(length + 1);
  size_t count = 0;
  for (size_t at = 0; at < length; at++) {
    if (from[at] == '%' && at + 2 < length) {
      text[count++] = (char)(digit(from[at + 1]) * 16 + digit(from[at + 2]));
      at += 2;
    } else {
      text[count++] = from[at];
    }
  }
  return text;
}

size_t lengthOf(char **list) {
  size_t length = 0;
  while (list[length] != NULL) length++;
  return length;
}

static int names(const char *entry, const char *name, size_t length) {
  return strncmp(entry, name, length) == 0 && entry[length] == '=';
}

char **with(char **from, char *entry) {
  const size_t length = (size_t)(strchrnul(entry, '=') - entry);
  char **list = allocate((lengthOf(from) + 2) * sizeof *list);
  size_t count = 0;
  int put = 0;
  for (; *from != NULL; from++) {
    const int same = names(*from, entry, length);
    if (!same) list[count++] = *from;
    else if (!put++) list[count++] = entry;
  }
  if (!put) list[count] = entry;
  return list;
}

char **without(char **from, const char *name) {
  char **list = allocate((lengthOf(from) + 1) * sizeof *list);
  size_t count = 0;
  for (; *from != NULL; from++) {
    if (!names(*from, name, strlen(name))) list[count++] = *from;
  }
  return list;
}

char *format(const char *form, const char *name, unsigned long value) {
  char *text = allocate(64);
  snprintf(text, 64, form, name, value);
  return text;
}

/* NULL: there is none. */
static const char *valueOf(char **list, const char *name) {
  for (; *list != NULL; list++) {
    if (names(*list, name, strlen(name))) return *list + strlen(name) + 1;
  }
  return NULL;
}

char **forProgram(char **list, pid_t before) {
  static const char *const NAMES[] = {"LISTEN_PID", "WATCHDOG_PID"};
  for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
    const char *value = valueOf(list, NAMES[i]);
    if (value != NULL && atol(value) == before) list = with(list, format("%s=%lu", NAMES[i], (unsigned long)getpid()));
  }
  return list;
}

char **environmentGiven(char **from) {
  size_t bytes = 1;
  for (char **at = from; *at != NULL; at++) bytes += strlen(*at);
  char *whole = allocate(bytes);
  char *end = whole;
  for (unsigned long part = 0;; part++) {
    const char *text = valueOf(from, format("%s%lu", VARIABLE, part));
    if (text == NULL) break;
    end = stpcpy(end, text);
  }
  if (end == whole) return from;
  char **list = allocate((size_t)(end - whole + 1) * sizeof *list);
  size_t count = 0;
  for (const char *at = whole; at < end;) {
    const size_t length = strcspn(at, " ");
    list[count++] = decode(at, length);
    at += length + 1;
  }
  return list;
}

static int endsWith(const char *text, const char *end, const char *what) {
  const size_t length = strlen(what);
  return (size_t)(end - text) >= length && memcmp(end - length, what, length) == 0;
}

/* The process list shows the original memory of the words; from here on the list points to copies. */
void hideSecrets(char **list) {
  for (; *list != NULL; list++) {
    char *const shown = *list;
    char *const scheme = strstr(shown, "://");
    if (scheme == NULL) continue;
    *list = strdup(shown);
    if (*list == NULL) die("no memory");
    char *const from = scheme + 3;
    char *const query = strchr(from, '?');
    const int web = endsWith(shown, scheme, "http") || endsWith(shown, scheme, "https");
    if (web && query != NULL) memset(query + 1, '*', strlen(query + 1));
    char *user = query == NULL ? strrchr(from, '@') : memrchr(from, '@', (size_t)(query - from));
    if (user != NULL) memset(from, '*', (size_t)(user - from));
  }
}
