// Finds out which privileges this process has, and the command that grants a missing one. Each command has a test.
import { readFileSync } from 'node:fs';

/** CAP_SYS_PTRACE: userfaultfd requires it for fork events, and for faults in the kernel unless something else permits these. */
const SYS_PTRACE = 19n;
/** The initial user namespace maps all ids to themselves. */
const WHOLE_MAP = /^\s*0\s+0\s+4294967295\s*$/;

function statusLine(name: string): string {
  const text = readFileSync('/proc/self/status', 'latin1');
  return new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(text)?.[1] ?? '0';
}

function mayTrace(): boolean {
  return ((BigInt(`0x${statusLine('CapEff')}`) >> SYS_PTRACE) & 1n) === 1n;
}

/** A namespace that does not map all ids to themselves: capabilities in it do not count outside. */
export function inUserNamespace(): boolean {
  try {
    return !WHOLE_MAP.test(readFileSync('/proc/self/uid_map', 'latin1'));
  } catch {
    return false; // a kernel without user namespaces
  }
}

/** A filter of system calls is in force, as container runtimes set one. */
export function isFiltered(): boolean {
  return statusLine('Seccomp') === '2';
}

/** What permits `farpage run` after the kernel refused it. */
export function tracingHint(): string {
  const docker = 'docker run --cap-add SYS_PTRACE --device /dev/userfaultfd …';
  if (inUserNamespace()) {
    return (
      'CAP_SYS_PTRACE counts only outside of user namespaces: start it outside of unshare -r, rootless podman and ' +
      `the like; with a rootful engine: ${docker}`
    );
  }
  if (mayTrace()) return isFiltered() ? `a seccomp filter is in force; give it the device: ${docker}` : docker;
  if (process.getuid?.() === 0) return `this root lacks CAP_SYS_PTRACE; in a container: ${docker}`;
  const who = `--reuid=${process.getuid?.()} --regid=${process.getgid?.()} --init-groups`;
  return `sudo setpriv ${who} --inh-caps=+sys_ptrace --ambient-caps=+sys_ptrace farpage run -- …`;
}

/** What permits userfaultfd itself, or its faults in the kernel, to everybody. */
export function deviceHint(): string {
  if (isFiltered()) return 'in a container: docker run --device /dev/userfaultfd …';
  return 'sudo chmod 666 /dev/userfaultfd, or sudo sysctl -w vm.unprivileged_userfaultfd=1';
}
