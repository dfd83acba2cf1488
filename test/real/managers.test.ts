// budget: 900 s
// parts: 3
// The tarball under package managers with their defaults, on a PATH without a compiler: nothing is built, and it works.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from '../support/parts.js';
import { type ChildResult, runProgram } from '../support/process/child.js';
import { userEnvironment } from '../support/process/npm.js';
import { find } from '../support/process/packages.js';
import { fromRegistry } from '../support/process/registry.js';
import { pack } from '../support/process/tarball.js';
import { skipUnless } from '../support/skip.js';

interface Manager {
  title: string;
  package: string;
  range: string;
  /** Its script in the package. */
  script: string;
  install: (tarball: string) => string[];
  /** What runs a package's command. */
  exec: string[];
  /** It has a Node.js of its own manner, which finds packages where it has put them. */
  ownNode?: boolean;
}

const npm = (range: string, ...more: string[]): Manager => ({
  title: ['npm', range, ...more].join(' '),
  package: 'npm',
  range,
  script: 'bin/npm-cli.js',
  install: (tarball) => ['install', tarball, ...more],
  exec: ['exec', '--', 'farpage'],
});
const MANAGERS: readonly Manager[] = [
  npm('12'),
  npm('11'),
  npm('10'),
  npm('12', '--ignore-scripts'),
  {
    title: 'pnpm',
    package: 'pnpm',
    range: 'latest',
    script: 'bin/pnpm.mjs',
    install: (tarball) => ['add', tarball],
    exec: ['exec', 'farpage'],
  },
  {
    title: 'yarn 1',
    package: 'yarn',
    range: '1',
    script: 'bin/yarn.js',
    install: (tarball) => ['add', `file:${tarball}`],
    exec: ['run', '--silent', 'farpage'],
  },
  {
    title: 'yarn 4, Plug’n’Play',
    package: '@yarnpkg/cli-dist',
    range: 'latest',
    script: 'bin/yarn.js',
    install: (tarball) => ['add', `farpage@file:${tarball}`],
    exec: ['run', 'farpage'],
    ownNode: true,
  },
];

/** The README's first example. */
const EXAMPLE = `
import { createPager } from 'farpage';

const pager = await createPager({ residentLimit: '16MiB' });
const region = await pager.map({ byteLength: '256MiB' });
await region.load(0, 4096);
const page = region.view(Uint32Array, 0, 1024);
page.fill(7);
await region.use(8192, 4096, async (bytes) => console.log(bytes.length));
await pager.close();
`;

/** All that a small image has: no compiler, make or python3. */
const PROGRAMS = ['sh', 'env', 'uname', 'readlink', 'true'];

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-managers-'));
const programs = path.join(folder, 'bin');
mkdirSync(programs);
for (const name of PROGRAMS) symlinkSync(find(name), path.join(programs, name));
symlinkSync(process.execPath, path.join(programs, 'node'));
const env = {
  ...userEnvironment(),
  PATH: programs,
  // Stores and settings of their own: nothing of this user's.
  HOME: folder,
  XDG_DATA_HOME: undefined,
  XDG_CACHE_HOME: undefined,
  COREPACK_ENABLE_STRICT: '0',
  YARN_ENABLE_TELEMETRY: '0',
  // The newest versions of what farpage needs may be a day old.
  YARN_NPM_MINIMAL_AGE_GATE: '0',
};

const test = suite('package managers');
test.after(() => rmSync(folder, { recursive: true, force: true }));

const tarball = await pack(folder);
const found = await Promise.all(MANAGERS.map((manager) => fromRegistry(manager.package, manager.range)));

function succeed(result: ChildResult): ChildResult {
  assert.equal(result.code, 0, `exit code ${result.code}, ${result.signal}\n${result.stdout}\n${result.stderr}`);
  return result;
}

for (const [at, manager] of MANAGERS.entries()) {
  const installed = found[at] ?? { missing: 'not looked for' };
  skipUnless(
    test,
    'folder' in installed,
    'missing' in installed ? installed.missing : '',
  )(manager.title, async () => {
    assert.ok('folder' in installed);
    const app = path.join(folder, `app-${at}`);
    mkdirSync(app);
    writeFileSync(path.join(app, 'package.json'), '{ "name": "app", "version": "1.0.0", "private": true }');
    // Yarn looks for a project in the folders above unless this one has a lockfile.
    writeFileSync(path.join(app, 'yarn.lock'), '');
    writeFileSync(path.join(app, 'example.mjs'), EXAMPLE);
    const run = (args: readonly string[]) =>
      runProgram(process.execPath, {
        args: [path.join(installed.folder, manager.script), ...args],
        cwd: app,
        env,
        budget: 240_000,
      });
    succeed(await run(manager.install(tarball.file)));
    const example = path.join(app, 'example.mjs');
    const { stdout } = succeed(
      await (manager.ownNode === true
        ? run(['node', example])
        : runProgram(process.execPath, { args: [example], env })),
    );
    assert.equal(stdout, '4096\n');
    const doctor = succeed(await run([...manager.exec, 'doctor']));
    assert.match(doctor.stdout, /native parts +prebuilds\//);
    assert.match(doctor.stdout, /your own code +yes/);
    // Root is what `run` needs: doctor tries it.
    if (process.getuid?.() === 0) assert.match(doctor.stdout, /farpage run +yes/);
  });
}

test.run();
