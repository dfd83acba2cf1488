/* Declarations shared by the parts of farpage-launch. */
#ifndef FARPAGE_LAUNCH_H
#define FARPAGE_LAUNCH_H

#include <stddef.h>
#include <sys/types.h>

#define EXIT_FAILED 1

/* Writes one line with errno's text, and exits. */
__attribute__((noreturn)) void die(const char *what);
/* Allocates zeroed memory, or exits; never freed. */
void *allocate(size_t bytes);

/* Prints the environment of a process in the form of environmentGiven; returns an exit code. */
int printEnvironment(const char *pid);
/* The environment given in that form, or `from` if none was given. */
char **environmentGiven(char **from);

size_t lengthOf(char **list);
/* A copy of `from` with `entry` replacing entries of the same name, or appended. */
char **with(char **from, char *entry);
char **without(char **from, const char *name);
/* Hides users, passwords and HTTP queries of URLs from the process list; the list of words keeps them. */
void hideSecrets(char **list);
char *format(const char *form, const char *name, unsigned long value);
/* Updates systemd's variables that name the process it started, `before`, which the calling process replaces. */
char **forProgram(char **list, pid_t before);

/* Closes all descriptors from 3 up but these. */
void closeOthers(const int *kept, size_t count);
/* Opens /dev/null at this descriptor. */
void putNull(int at);
/* Moves a descriptor above the standard three, which may be closed and must stay closed. */
int movedUp(int fd);

/* The witness's socket. */
extern int witness;
/* Call with all signals blocked. */
void startWitness(char **shown);
/* Whether the signal that has just arrived was sent to the whole group. Call for each signal. */
int isForGroup(int number);

/* The pipe of Node.js's messages, and their destination; -1: Node.js has the terminal or file itself. */
extern int relay;
extern int messages;
/*
 * Node.js makes its standard error non-blocking if that is a pipe or socket, and the program shares it: so Node.js gets a
 * pipe of its own. Returns the write end, or -1.
 */
int openRelay(void);
/* Forwards available bytes. Bytes that cannot be written within a second are lost. */
void relayMessages(void);

#endif
