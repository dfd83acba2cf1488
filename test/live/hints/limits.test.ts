// budget: 300 s
// uses: hugepages
// alone: it raises limits of the machine, and puts them back
// covers: src/pager/engine.ts, src/core/addresses.ts, src/linux/privilege.ts, native/trap/
// Hints that name a limit of the process or of the machine: each is provoked, followed as it is written, and seen to help.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { within } from '../../support/budget.js';
import { follow, refused, works } from '../../support/hints.js';
import { type Attempt, type AttemptOptions, attempt } from '../../support/process/attempt.js';
import { elsewhere } from '../../support/process/seccomp.js';
import { skipUnless } from '../../support/skip.js';
import { until } from '../programs/kit.js';

const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const isRoot = process.getuid?.() === 0;
const test = suite('hints that name a limit');
const asRoot = skipUnless(test, isRoot, 'needs root, to change a limit');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-hints-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string): string => path.join('/proc/sys', name.replaceAll('.', '/'));
const current = (name: string): string => readFileSync(fileOf(name), 'utf8').trim();

/** The limits are as before afterwards, whatever `work` did to them. */
async function keeping(names: readonly string[], work: () => Promise<void>): Promise<void> {
  const before = names.map((name) => [name, current(name)] as const);
  try {
    await work();
  } finally {
    for (const [name, value] of before) writeFileSync(fileOf(name), value);
  }
}

/** Under `ulimit`, as the hint writes it. */
const limited = (limit: string): AttemptOptions => ({ before: ['bash', '-c', `ulimit ${limit} && exec "$0" "$@"`] });

const TRAP_FULL = (pages: number) => `
  const first = await farpage.createPager({ engine: 'trap', residentLimit: ${pages} * 4096 });
  const second = await farpage.createPager({ engine: 'trap', residentLimit: '1MiB' });
  return (await second.map({ byteLength: '1MiB' })).byteLength;`;

asRoot('no mapping is left for a trap: vm.max_map_count', () =>
  keeping(['vm.max_map_count'], async () => {
    const { trap } = works(await attempt('return farpage.probe();')) as { trap: { pages: number } };
    // All that is left, and more than a second pager then has.
    const body = TRAP_FULL(trap.pages);
    const [name = ''] = refused(await attempt(body), /^raise sysctl (vm\.\w+)/);
    execFileSync('sysctl', ['-q', `${name}=${Number(current(name)) * 2}`]);
    assert.equal(works(await attempt(body)), 2 ** 20);
  }),
);

const TRAP_LOWERED = (more: string) => `
  const told = [];
  process.on('warning', ({ code, detail }) => { if (code === 'FARPAGE_LIMIT_LOWERED') told.push(detail); });
  const pager = await farpage.createPager({ engine: 'trap', residentLimit: '150MiB', ${more} });
  await new Promise(setImmediate);
  return told;`;

asRoot('a trap’s limit was lowered: each of the three ways of its advice', () =>
  keeping(['vm.max_map_count'], async () => {
    const [advice = ''] = works(await attempt(TRAP_LOWERED(''))) as string[];
    const words = /^raise sysctl (vm\.\w+), give a larger (pageSize), or allow userfaultfd/;
    const [name = '', option = ''] = follow({ message: 'lowered', hint: advice }, words);
    assert.deepEqual(works(await attempt(TRAP_LOWERED(`${option}: '64KiB'`))), []);
    assert.deepEqual(works(await attempt(TRAP_LOWERED(`engine: 'userfaultfd'`))), []);
    execFileSync('sysctl', ['-q', `${name}=${Number(current(name)) * 2}`]);
    assert.deepEqual(works(await attempt(TRAP_LOWERED(''))), []);
  }),
);

test('no address is left for a region: map less', async () => {
  const body = (count: number) => `
    const pager = await farpage.createPager({ residentLimit: '1MiB' });
    for (let i = 0; i < ${count}; i++) {
      await pager.map({ byteLength: '7TiB', store: { writable: true, read() {}, write() {}, close() {} } });
    }
    return true;`;
  refused(await attempt(body(40)), /^map less,/);
  works(await attempt(body(1)));
});

test('ulimit -n: as many as the documents say are enough', async () => {
  const body = `const open = [];
    for (let i = 0; i < 12; i++) open.push(await farpage.createPager({ residentLimit: '1MiB' }));
    return open.length;`;
  // Node.js opens most of the package's modules at the same time.
  const told = await attempt(body, limited('-n 100'));
  assert.equal(told.errno, 'EMFILE');
  const [limit = '', page = ''] = refused(
    told,
    /raise the limit of open files: ulimit (-n), .*\((docs\/\S+\.md) has the numbers/,
  );
  const [, each = ''] = /^\| a pager \| (\d+)[^\n]*One more while it rides/m.exec(documented(page)) ?? [];
  assert.ok(Number(each) > 0, `no number in ${page}`);
  assert.equal(works(await attempt(body, limited(`${limit} ${100 + 12 * (Number(each) + 1)}`))), 12);
});

test('ulimit -n: the kernel’s interface says so too', async () => {
  const body = `const open = []; for (let i = 0; i < 150; i++) open.push(binding.sharedMemory(4096)); return open.length;`;
  const [limit = ''] = refused(await attempt(body, limited('-n 120')), /too many open files: ulimit (-n)/);
  assert.equal(works(await attempt(body, limited(`${limit} 300`))), 150);
});

test('ulimit -v: the kernel’s interface says so', async () => {
  const body = `return binding.anonymous(2 ** 40).byteLength;`;
  const [limit = ''] = refused(
    await attempt(body, limited('-v 67108864')),
    /map less, or raise the limits \(ulimit (-v),/,
  );
  assert.equal(works(await attempt(body, limited(`${limit} unlimited`))), 2 ** 40);
  works(await attempt(body.replace('2 ** 40', '4096'), limited('-v 67108864')));
});

const HUGE = `const pager = await farpage.createPager({ pageSize: '2MiB' });
  const region = await pager.map({ byteLength: '8MiB', memory: 'huge' });
  await region.load(0, region.byteLength);
  return new Uint8Array(region.buffer).length;`;

/** Pages that an ended process still holds stay reserved until the kernel has taken them back. */
async function reserve(pages: number): Promise<void> {
  const isSo = (): boolean => {
    writeFileSync(fileOf('vm.nr_hugepages'), String(pages));
    return current('vm.nr_hugepages') === String(pages);
  };
  await within(30_000, until(isSo), `${pages} huge pages`);
}

const hugeOf = (options: string, before = '') => `
  const { createPager } = farpage;
  const pager = await ${options};
  ${before}
  return (await pager.map({ byteLength: '4MiB', memory: 'huge' })).pageSize;`;

asRoot('a pager that has another page size already: one of its own, with the page size of the hint', () =>
  keeping(['vm.nr_hugepages'], async () => {
    await reserve(4);
    const small = hugeOf("createPager({ residentLimit: '8MiB' })", "await pager.map({ byteLength: '1MiB' });");
    const [another = ''] = refused(await attempt(small), /^use a pager of its own: (createPager\(\{.*\}\))$/);
    assert.equal(works(await attempt(hugeOf(another))), 2 * 2 ** 20);
    const trap = hugeOf("createPager({ engine: 'trap' })");
    const [ordinary = ''] = refused(
      await attempt(trap),
      /^use pages of 2 MiB of ordinary memory: (createPager\(\{.*\}\))$/,
    );
    const instead = hugeOf(ordinary.replace('{', "{ engine: 'trap',")).replace(", memory: 'huge'", '');
    assert.equal(works(await attempt(instead)), 2 * 2 ** 20);
  }),
);

asRoot('huge pages are missing: the command of each hint reserves as many as are needed', async () => {
  const pool = ['vm.nr_hugepages'];
  await keeping(pool, async () => {
    await reserve(0);
    const [command = ''] = refused(await attempt(HUGE), /as root: (sysctl vm\.nr_hugepages=\d+)$/);
    execFileSync('sh', ['-c', command]);
    assert.equal(works(await attempt(HUGE)), 8 * 2 ** 20);
  });
  await keeping(pool, async () => {
    await reserve(0);
    const body = 'return binding.hugePages(8 * 2 ** 20).byteLength;';
    const [command = ''] = refused(await attempt(body), /as root: (echo \d+ > \/proc\/sys\/vm\/nr_hugepages),/);
    execFileSync('sh', ['-c', command]);
    assert.equal(works(await attempt(body)), 8 * 2 ** 20);
  });
});

const CPUSET = '/sys/fs/cgroup/cpuset';
const inCpuset = skipUnless(
  test,
  isRoot && existsSync(path.join(CPUSET, 'cpuset.cpus')) && availableParallelism() > 1,
  'needs root, a cpuset cgroup and two CPUs',
);

inCpuset('a CPU that the process may not use: one of the list that the hint names', async () => {
  const group = mkdtempSync(path.join(CPUSET, 'farpage-'));
  try {
    writeFileSync(path.join(group, 'cpuset.cpus'), '0');
    writeFileSync(path.join(group, 'cpuset.mems'), '0');
    const inside = { before: ['sh', '-c', `echo $$ > ${group}/tasks && exec "$0" "$@"`] };
    const body = (cpu: number) => `
      const pager = await farpage.createPager({ residentLimit: '1MiB', cpu: ${cpu} });
      return (await pager.map({ byteLength: '1MiB' })).byteLength;`;
    const [field = '', file = ''] = refused(await attempt(body(1), inside), /give one of (\w+) in (\S+)$/);
    const list = works(await attempt(`return (await import('node:fs')).readFileSync('${file}', 'utf8');`, inside));
    const [, cpu = ''] = new RegExp(`^${field}:\\s+(\\d+)$`, 'm').exec(String(list)) ?? [];
    assert.equal(works(await attempt(body(Number(cpu)), inside)), 2 ** 20);
  } finally {
    // The kernel lets a process go a moment after its parent has heard of its end.
    const isEmpty = (): boolean => readFileSync(path.join(group, 'tasks'), 'utf8') === '';
    await within(30_000, until(isEmpty), 'an empty cgroup');
    rmdirSync(group);
  }
});

if (isRoot) {
  const copy = elsewhere(folder);
  const asNobody = (body: string): Promise<Attempt> =>
    attempt(body, { before: NOBODY, root: copy.folder, env: { TMPDIR: undefined, XDG_RUNTIME_DIR: undefined } });

  asRoot('userfaultfd is for root alone: the sysctl of each hint opens it', () =>
    keeping(['vm.unprivileged_userfaultfd'], async () => {
      writeFileSync(fileOf('vm.unprivileged_userfaultfd'), '0');
      const { advice } = works(await asNobody('return farpage.probe();')) as { advice: string[] };
      const [command = ''] = follow({ message: 'doctor', hint: advice.join('\n') }, /sudo (sysctl -w vm\.\w+=1)/);
      const open = 'const uffd = new binding.Userfaultfd({ via: "syscall" }); return uffd !== null;';
      const [setting = ''] = refused(await asNobody(open), /^run as root, or .* set sysctl (vm\.\w+=1);/);
      works(await attempt(open));
      assert.equal(command, `sysctl -w ${setting}`);
      execFileSync('sh', ['-c', command]);
      works(await asNobody(open));
      const after = works(await asNobody('return farpage.probe();')) as { advice: string[]; userfaultfd: object };
      assert.deepEqual(after.advice, []);
    }),
  );
}

function documented(page: string): string {
  return readFileSync(path.join(import.meta.dirname, '../../../../', page), 'utf8');
}

test.run();
