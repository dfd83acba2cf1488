// Compiles the addon when the package is installed, and says what to do where that fails.
import { spawnSync } from 'node:child_process';

if (process.platform !== 'linux') {
  console.error('farpage: this works on Linux alone: it needs userfaultfd.');
  process.exit(1);
}

// npm brings node-gyp along and puts it on the path of the scripts it runs.
const { status, error } = spawnSync('node-gyp', ['rebuild'], { stdio: 'inherit' });
if (status !== 0) {
  const why = error === undefined ? '' : ` (${error.message})`;
  console.error(`
farpage: the addon could not be compiled${why}. It takes a C++ compiler, make, Python 3 and the kernel's headers:
  Debian, Ubuntu:  apt-get install g++ make python3 linux-libc-dev
  Fedora:          dnf install gcc-c++ make python3 kernel-headers
  Alpine:          apk add g++ make python3 linux-headers
then install again. What node-gyp said is above; started by hand, this is \`npm run build:native\`.`);
  process.exit(1);
}
