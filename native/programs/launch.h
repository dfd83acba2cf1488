/* The parts of farpage-launch. */
#ifndef FARPAGE_LAUNCH_H
#define FARPAGE_LAUNCH_H

#include <stddef.h>
#include <sys/types.h>

#define EXIT_FAILED 1

/* One line with errno's text, and the end. */
__attribute__((noreturn)) void die(const char *what);
/* Zeroed, or the end; never freed. */
void *allocate(size_t bytes);

/* Prints the environment of a process, for environmentGiven: an exit code. */
int printEnvironment(const char *pid);
/* What has been given so, or `from` where nothing has. */
char **environmentGiven(char **from);

size_t lengthOf(char **list);
/* A copy of `from` with `entry` in the place of those of its name, or at the end. */
char **with(char **from, char *entry);
char **without(char **from, const char *name);
/* Of URLs in these words, in the process list: users, passwords, HTTP's queries. The list keeps them. */
void hideSecrets(char **list);
char *format(const char *form, const char *name, unsigned long value);
/* systemd names the process that it has started, `before`, whose place the calling process takes. */
char **forProgram(char **list, pid_t before);

/* Closes all descriptors from 3 up but these. */
void closeOthers(const int *kept, size_t count);
/* /dev/null at this number. */
void putNull(int at);
/* Moves a descriptor off the standard three, which may be closed and have to stay so. */
int movedUp(int fd);

/* The witness's socket. */
extern int witness;
/* With all signals blocked. */
void startWitness(char **shown);
/* Whether the signal that has just come was sent to the whole group. To be asked of each that comes. */
int isForGroup(int number);

/* Where Node.js writes its messages, and where they go; -1: Node.js has the terminal or file itself. */
extern int relay;
extern int messages;
/*
 * Node.js makes its standard error non-blocking where that is a pipe or socket, and the program has the same one: it gets
 * a pipe of its own. Returns the end to write to, or -1.
 */
int openRelay(void);
/* Passes on what is there. What cannot be written within a second is lost. */
void relayMessages(void);

#endif
