// The commands that permit what `farpage doctor` found refused: on the host, in Docker and under systemd.
import { inUserNamespace } from '../linux/privilege.js';
import { packageFile } from '../place.js';

/** What permits a use, to paste: `…` stands for the program. */
export interface Ways {
  /** Says where these commands must be given, if not here. */
  note: string | null;
  host: string;
  docker: string;
  systemd: string;
}

const OUTSIDE = 'here is a user namespace (unshare -r, rootless podman): give these outside of it';

function who(): { user: number; root: boolean; ids: string } {
  const user = process.getuid?.() ?? 0;
  return { user, root: user === 0, ids: `--reuid=${user} --regid=${process.getgid?.() ?? 0} --init-groups` };
}

/** What permits `farpage run`. */
export function runWays(): Ways {
  const { user, root, ids } = who();
  const command = `${packageFile('bin/farpage.js')} run -- …`;
  const caps = `${ids} --inh-caps=+sys_ptrace --ambient-caps=+sys_ptrace`;
  return {
    note: noteHere(),
    // PATH, because sudo would look for node in another.
    host: root ? `sudo ${command}` : `sudo env "PATH=$PATH" setpriv ${caps} ${command}`,
    docker: 'docker run --cap-add SYS_PTRACE --device /dev/userfaultfd IMAGE farpage run -- …',
    systemd: `sudo systemd-run --pipe --uid=${user} -p AmbientCapabilities=CAP_SYS_PTRACE ${command}`,
  };
}

/** What lets system calls touch absent pages. */
export function deviceWays(): Ways {
  return {
    note: noteHere(),
    host: 'sudo chmod 666 /dev/userfaultfd',
    docker: 'docker run --device /dev/userfaultfd IMAGE …',
    systemd: `sudo systemd-run --pipe --uid=${who().user} -p AmbientCapabilities=CAP_SYS_PTRACE node …`,
  };
}

/** What raises the number of separate pages that the engine trap can keep: the setting is the kernel's, for all containers. */
export function trapWays(): Ways {
  const command = 'sudo sysctl -w vm.max_map_count=1048576';
  return { note: null, host: command, docker: `${command}  # on the host`, systemd: command };
}

function noteHere(): string | null {
  return inUserNamespace() ? OUTSIDE : null;
}
