// Programs that run where userfaultfd is not allowed: as another user, under a seccomp filter.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../paths.js';
import { type Child, type ChildOptions, startProgram } from './child.js';

/** 'nobody' of Debian and of the kernel's overflow ids. */
const NOBODY = 65534;

// launch ERRNO UID PROGRAM ARGUMENT…: 0 for no filter, and for no other user. The filter answers userfaultfd(2) alone, and
// is inherited by threads and children for good.
const LAUNCHER = `#include <errno.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#endif

static int fail(const char* what) {
  perror(what);
  return 125;
}

int main(int argc, char** argv) {
  if (argc < 4) return 124;
  const unsigned error = (unsigned)atoi(argv[1]);
  const unsigned user = (unsigned)atoi(argv[2]);
  if (user != 0 && (setgroups(0, NULL) != 0 || setgid(user) != 0 || setuid(user) != 0)) return fail("setuid");
  if (error != 0) {
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_userfaultfd, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error & SECCOMP_RET_DATA)),
    };
    struct sock_fprog program = {sizeof rules / sizeof rules[0], rules};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail("no new privileges");
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return fail("seccomp");
  }
  execv(argv[3], argv + 3);
  return fail(argv[3]);
}
`;

/** errno's numbers on Linux. */
const ERRNO = { EPERM: 1, ENOSYS: 38 } as const;

export interface Place {
  /** A user without privileges. */
  nobody?: boolean;
  /** What userfaultfd(2) answers; without it there is no filter. */
  refused?: keyof typeof ERRNO;
}

/** A copy of the package as built, tests included, that any user may read, and the means to run it somewhere else. */
export interface Elsewhere {
  readonly folder: string;
  /** Starts a script of dist/ on Node.js there. /dev/userfaultfd is root's: `nobody` is kept out of it. */
  start(place: Place, script: string, options?: ChildOptions): Child;
}

/** @param folder empty, and the caller's to remove */
export function elsewhere(folder: string): Elsewhere {
  const copy = path.join(folder, 'copy');
  mkdirSync(copy);
  for (const name of ['dist', 'bin', 'build/Release', 'scripts', 'package.json', 'node_modules/@assemblyscript']) {
    cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  }
  for (const name of ['commander', 'redis', '@redis', 'undici', 'cluster-key-slot']) {
    const from = path.join(ROOT, 'node_modules', name);
    if (existsSync(from)) cpSync(from, path.join(copy, 'node_modules', name), { recursive: true });
  }
  const source = path.join(folder, 'launch.c');
  const launcher = path.join(folder, 'launch');
  writeFileSync(source, LAUNCHER);
  execFileSync('cc', ['-Wall', '-Werror', '-o', launcher, source]);
  for (const name of [folder, copy, launcher]) chmodSync(name, 0o755);
  return {
    folder: copy,
    start({ nobody = false, refused }, script, options = {}) {
      const error = refused === undefined ? 0 : ERRNO[refused];
      const who = [String(error), String(nobody ? NOBODY : 0), process.execPath];
      const args = [...who, path.join(copy, 'dist', script), ...(options.args ?? [])];
      return startProgram(launcher, { cwd: copy, ...options, args });
    },
  };
}
