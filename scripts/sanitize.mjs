// Builds the addon once more under AddressSanitizer and UndefinedBehaviorSanitizer, into sanitize/ beside the ordinary
// build. With --test it then runs the native contract and the smoke tests, of both engines, with that addon.
// The preload library and the programs in native/programs run in other processes and stay as they are.
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { configure, run } from './gyp.mjs';
import { PACKAGE } from './sources.mjs';

const FOLDER = path.join(PACKAGE, 'sanitize');
const ADDON = path.join(FOLDER, 'build/Release/farpage.node');
// -O1 and few symbols: the checks are the same, and the build takes two thirds of the time.
const FLAGS = '-O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g1';
const TESTS = ['contract/native', 'contract/arguments', 'live/smoke'];

build();
if (process.argv.includes('--test')) test();

function build() {
  configure(FOLDER);
  const words = [
    `-j${availableParallelism()}`,
    '-C',
    path.join(FOLDER, 'build'),
    'BUILDTYPE=Release',
    '--silent',
    'farpage',
  ];
  run('make', words, { CXXFLAGS: FLAGS, LDFLAGS: FLAGS });
}

function test() {
  const library = execFileSync('gcc', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim();
  run(process.execPath, [path.join(PACKAGE, 'dist/test/run.js'), ...TESTS], {
    FARPAGE_ADDON: ADDON,
    LD_PRELOAD: library,
    // Node.js does not free all memory at exit, so leaks are not looked for. The addon handles SIGSEGV and SIGBUS itself.
    ASAN_OPTIONS: 'detect_leaks=0:handle_segv=0:handle_sigbus=0:allow_user_segv_handler=1:use_sigaltstack=0',
    UBSAN_OPTIONS: 'print_stacktrace=1',
  });
}
