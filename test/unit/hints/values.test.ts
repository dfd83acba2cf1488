// covers: src/options.ts, src/units.ts, src/known-options.ts, src/store/, src/experiment/options.ts, src/serve/options.ts
// Hints that say which value is valid: the value is taken out of the hint, given in place of the wrong one, and accepted.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { makeControlFolder, socketIn } from '../../../src/control/folder.js';
import { PagerError } from '../../../src/errors.js';
import { type ExperimentFlags, planExperiment } from '../../../src/experiment/options.js';
import { checkUrl } from '../../../src/migrate/connection.js';
import { checkPagerOptions, type PagerOptions } from '../../../src/options.js';
import { checkPatience } from '../../../src/pager/migrate.js';
import { readWorkingSet, writeWorkingSet } from '../../../src/pager/working-set.js';
import { inspectProgram } from '../../../src/run/program.js';
import { Image } from '../../../src/serve/image.js';
import { chooseBlock, type RamBlock } from '../../../src/serve/mapped-ram.js';
import { checkServe } from '../../../src/serve/options.js';
import { fileStore } from '../../../src/store/file.js';
import { httpStore } from '../../../src/store/http.js';
import { pathOf } from '../../../src/store/local-path.js';
import { openStore } from '../../../src/store/open.js';
import { redisStore } from '../../../src/store/redis.js';
import { completeUrl } from '../../../src/store/secrets.js';
import { SPEC } from '../../../src/store/store.js';
import { checkTls } from '../../../src/tls-files.js';
import { parseSize } from '../../../src/units.js';
import { follow } from '../../support/hints.js';

const test = suite('hints that say which value is valid');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-values-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

/** What `wrong` is refused with says `pattern`; `right`, given what it names, is not refused. */
async function helps(wrong: () => unknown, pattern: RegExp, right: (...named: string[]) => unknown): Promise<void> {
  let error: unknown;
  try {
    await wrong();
  } catch (reason) {
    error = reason;
  }
  assert.ok(error instanceof PagerError, String(error));
  await right(...follow(error, pattern));
}

const pager = (options: object) => checkPagerOptions(options as PagerOptions);

test('sizes, limits and pages', async () => {
  await helps(
    () => parseSize('64KB', 'x'),
    /such as '(\w+)', '(\w+)' or '(\w+)'$/,
    (...sizes) => {
      assert.deepEqual(
        sizes.map((size) => parseSize(size, 'x')),
        [2 ** 16, 2 ** 28, 2 ** 33],
      );
    },
  );
  await helps(
    () => pager({ residentLimit: 1000 }),
    /^give at least \d+ pages, (.+)$/,
    (least = '') => {
      pager({ residentLimit: least.replace(' ', '') });
      assert.throws(() => pager({ residentLimit: parseSize(least.replace(' ', ''), '') - 1 }));
    },
  );
  await helps(
    () => pager({ residentLimit: 2 ** 53 - 1 }),
    /^leave it out$/,
    () => pager({}),
  );
  await helps(
    () => pager({ pageSize: 5000 }),
    /from (\w+) to (\w+)$/,
    (least, most) => {
      for (const pageSize of [least, most]) pager({ pageSize });
    },
  );
});

test('words and numbers of createPager', async () => {
  for (const name of ['engine', 'core', 'eviction', 'readahead']) {
    await helps(
      () => pager({ [name]: 'none' }),
      new RegExp(`^give ${name} as one of (.*)$`),
      (words = '') => {
        for (const [, word] of words.matchAll(/'([\w-]+)'/g)) pager({ [name]: word });
      },
    );
  }
  await helps(
    () => pager({ cpu: 5000 }),
    /from (\d+) to (\d+)$/,
    (least, most) => {
      for (const cpu of [least, most]) pager({ cpu: Number(cpu) });
    },
  );
  await helps(
    () => pager({ storePatienceMs: -1 }),
    /from (\d+) to (\d+)$/,
    (least, most) => {
      for (const storePatienceMs of [least, most]) pager({ storePatienceMs: Number(storePatienceMs) });
    },
  );
});

test('names and values of an options object', async () => {
  await helps(
    () => pager({ residentLimits: 1 }),
    /^its options are (.*)$/,
    (names = '') => {
      assert.ok(names.split(', ').includes('storePatienceMs'), names);
      for (const name of names.split(', ')) pager({ [name]: undefined });
    },
  );
  await helps(
    () => fileStore('a', { readOnly: 1 as never }),
    /^give (\w+) as (true) or (false), or leave it out$/,
    (name = '') => {
      for (const value of [true, false, undefined]) fileStore('a', { [name]: value });
    },
  );
  await helps(
    () => fileStore('a', { readOnly: true, overwrite: true }),
    /^leave one out$/,
    () => {
      fileStore('a', { readOnly: true });
      fileStore('a', { overwrite: true });
    },
  );
});

test('URLs of stores', async () => {
  await helps(
    () => openStore('memory:?compress=perhaps'),
    /^write (\S+) or (\S+)$/,
    (on, off) => {
      for (const query of [on, off]) openStore(`memory:?${query}`);
    },
  );
  await helps(
    () => openStore('memory:?limit=1&limit=2'),
    /^give (\w+) once$/,
    (name) => openStore(`memory:?${name}=1`),
  );
  await helps(
    () => openStore('file:/%zz'),
    /^write (\S+) or (\S+), with % as (\S+)$/,
    (one, other, escaped) => {
      for (const url of [one, other, `file:/a${escaped}zz`]) openStore(String(url));
      assert.equal((openStore(`file:/a${escaped}zz`)[SPEC] as { path: string }).path, '/a%zz');
    },
  );
  await helps(
    () => pathOf('file:/a?b'),
    /write (\S+) for a '(\?)' in the name, or give the path without file:$/,
    (escaped, mark) => {
      assert.equal(pathOf(`file:/a${escaped}b`), '/a?b');
      assert.equal(pathOf(`/a${mark}b`), '/a?b');
    },
  );
  await helps(
    () => openStore('redis://h:x'),
    /^write (\S+), (\S+) for TLS, or ([^;]+);/,
    (...urls) => {
      for (const url of urls) openStore(url.replaceAll('host:port', 'host:6379'));
    },
  );
  await helps(
    () => redisStore('redis://h', { prefix: '' }),
    /^give one like '(\S+)'$/,
    (prefix = '') => {
      redisStore('redis://h', { prefix });
    },
  );
  await helps(
    () => httpStore('ftp://h/x'),
    /^write (https:\S+)$/,
    (url = '') => httpStore(url),
  );
  await helps(
    () => fileStore(''),
    /such as '(\S+)'$/,
    (file = '') => fileStore(file),
  );
});

test('secrets of a URL', async () => {
  const name = 'FARPAGE_TEST_STORE_URL';
  await helps(
    () => completeUrl(`env:${name}`),
    /^export (\w+)='(\S+)'$/,
    (variable = '', url = '') => {
      process.env[variable] = url;
      try {
        assert.equal(completeUrl(`env:${name}`), url);
      } finally {
        delete process.env[variable];
      }
    },
  );
  const file = path.join(folder, 'password');
  const url = `redis://h?password-file=${file}`;
  await helps(
    () => completeUrl(url),
    /the path of a file that holds the password alone$/,
    () => writeFileSync(file, 'one\ntwo\n'),
  );
  await helps(
    () => completeUrl(url),
    /^put the password into its only line$/,
    () => writeFileSync(file, 'one\n'),
  );
  assert.equal(completeUrl(url), 'redis://:one@h');
  await helps(
    () => completeUrl(`redis://:x@h?password-file=${file}`),
    /^leave one of them out$/,
    () => {
      completeUrl('redis://:x@h');
      completeUrl(url);
    },
  );
});

test('the flags of an experiment', async () => {
  const flags: ExperimentFlags = {
    region: '8MiB',
    resident: '64MiB',
    store: 'memory:',
    source: 'none',
    workload: 'random',
    writeRatio: '0.5',
    ops: '10',
    seed: '1',
    eviction: 'clock',
    readahead: 'off',
    engine: 'auto',
    core: 'auto',
    faults: 'auto',
    memory: 'anonymous',
    threads: '1',
    populate: true,
  } as ExperimentFlags;
  const plan = (some: Partial<ExperimentFlags>) => planExperiment({ ...flags, ...some });
  plan({});
  for (const name of ['memory', 'workload', 'eviction', 'readahead', 'engine', 'core'] as const) {
    await helps(
      () => plan({ [name]: 'none' } as never),
      /^give one of (.*)$/,
      (words = '') => {
        for (const word of words.split(', ')) plan({ [name]: word } as never);
      },
    );
  }
  for (const name of ['threads', 'ops', 'seed', 'cpu'] as const) {
    await helps(
      () => plan({ [name]: '-1' }),
      /from (\d+) to \d+$/,
      (least = '') => plan({ [name]: least }),
    );
  }
  await helps(
    () => plan({ writeRatio: '2' }),
    /from (\d) to (\d)$/,
    (least = '', most = '') => {
      for (const writeRatio of [least, most]) plan({ writeRatio });
    },
  );
  await helps(
    () => plan({ pageSize: '3KiB' }),
    /from (\w+) to (\w+)$/,
    (least = '', most = '') => {
      for (const pageSize of [least, most]) plan({ pageSize, resident: '64MiB' });
    },
  );
  await helps(
    () => plan({ region: '4KiB', threads: '2' }),
    /^give a larger (--region)$/,
    () => plan({ region: '8KiB', threads: '2' }),
  );
  await helps(
    () => plan({ region: '3TiB' }),
    /^give at most (\w+)$/,
    (region = '') => plan({ region }),
  );
  await helps(
    () => plan({ region: '5GiB', threads: '2' }),
    /use --threads (\d)$/,
    (threads = '') => plan({ region: '5GiB', threads }),
  );
  await helps(
    () => plan({ resident: '1KiB' }),
    /^give a larger (--resident)$/,
    () => plan({ resident: '4KiB' }),
  );
  await helps(
    () => plan({ memory: 'huge', pageSize: '4KiB' }),
    /huge pages have (\w+): leave it out$/,
    (pageSize = '') => {
      plan({ memory: 'huge', pageSize, resident: '64MiB' });
      plan({ memory: 'huge', resident: '64MiB' });
    },
  );
  const { region: _none, ...unsized } = flags;
  const missing = path.join(folder, 'source.bin');
  await helps(
    () => planExperiment({ ...unsized, source: `file:${missing}` }),
    /the path of a file that exists$/,
    () => {
      writeFileSync(missing, Buffer.alloc(8192));
      planExperiment({ ...unsized, source: `file:${missing}` });
    },
  );
  await helps(
    () => plan({ report: path.join(folder, 'none/report.html') }),
    /a path in a folder that exists and can be written$/,
    () => plan({ report: path.join(folder, 'report.html') }),
  );
  await helps(
    () => plan({ report: folder }),
    /^give the path of a file$/,
    () => plan({ report: path.join(folder, 'report.html') }),
  );
});

test('the flags of serve', async () => {
  const serve = (options: object) => checkServe({ socket: '/s', image: 'none', ...options } as never);
  await helps(
    () => serve({ image: '' }),
    /^a file, a URL, or '(\w+)'$/,
    (image) => serve({ image }),
  );
  await helps(
    () => serve({ socket: '' }),
    /^give the path to listen at$/,
    () => serve({}),
  );
  await helps(
    () => serve({ faults: 'inline' }),
    /^give '(auto)' or 'loop': the pager's loop serves the faults of other processes$/,
    (faults) => serve({ faults }),
  );
  await helps(
    () => serve({ record: 'a', replay: 'a' }),
    /^give two$/,
    () => serve({ record: 'a', replay: 'b' }),
  );
  await helps(
    () => serve({ record: 'a', image: 'a' }),
    /would take the image’s place$/,
    () => serve({ record: 'b', image: 'a' }),
  );
  await helps(
    () => serve({ store: 'https://h/x' }),
    /^(\w+:), (\w+:) or (\w+:)$/,
    (memory, file, redis) => {
      for (const store of [memory, `${file}/x`, `${redis}//h`]) serve({ store });
    },
  );
});

test('images of serve', async () => {
  const open = async (where: string, block?: string) => (await Image.open(where, 0, block)).close();
  await helps(
    () => open('memory:'),
    /^write '--image (\w+)' for zeros$/,
    (image = '') => open(image),
  );
  await helps(
    () => open('redis://h'),
    /^add their prefix to the URL: redis:\/\/host:port(\?prefix=\S+)$/,
    (query = '') => {
      assert.equal((openStore(`redis://h${query}`)[SPEC] as { temporary: boolean }).temporary, false);
    },
  );
  const plain = path.join(folder, 'plain.mem');
  writeFileSync(plain, Buffer.alloc(8192, 1));
  await helps(
    () => open(plain, 'ram'),
    /^leave it out$/,
    () => open(plain),
  );
  const blocks = ['a', 'b'].map((name) => ({ name }) as RamBlock);
  await helps(
    () => chooseBlock(blocks, 'none', 'x'),
    /^give one of its own with --ram-block: (.*)$/,
    (names = '') => {
      for (const name of names.split(', ')) assert.equal(chooseBlock(blocks, name, 'x').name, name);
    },
  );
});

test('a working set: made with --record, as the hints say, it is taken by --replay', async () => {
  const file = path.join(folder, 'vm.set');
  await helps(
    () => readWorkingSet(file),
    /^make it with --record$/,
    () => writeFileSync(file, 'no working set'),
  );
  await helps(
    () => readWorkingSet(file),
    /^make another one with --record$/,
    () => writeWorkingSet(file, { pageSize: 4096, pages: [3, 1] as never }),
  );
  assert.deepEqual([...(await readWorkingSet(file)).pages], [3, 1]);
  await helps(
    () => writeWorkingSet(path.join(folder, 'none/vm.set'), { pageSize: 4096, pages: [1] as never }),
    /a folder that can be written to$/,
    () => writeWorkingSet(path.join(folder, 'other.set'), { pageSize: 4096, pages: [1] as never }),
  );
});

test('places, patience and certificates of a migration', async () => {
  await helps(
    () => checkUrl('host'),
    /^write '(\S+)' or '(\S+)'$/,
    (tcp = '', unix = '') => {
      checkUrl(tcp.replace('port', '7000'));
      checkUrl(unix);
    },
  );
  await helps(
    () => checkPatience({ patienceMs: 0 }),
    /up to (\d+)$/,
    (most) => checkPatience({ patienceMs: Number(most) }),
  );
  await helps(
    () => checkPatience({ patience: 0 }),
    /up to (\d+)$/,
    (most) => checkPatience({ patience: Number(most) }),
  );
  await helps(
    () => checkTls({ ca: 'a' } as never),
    /^give (\w+), (\w+) and (\w+),/,
    (...names) => checkTls(Object.fromEntries(names.map((name) => [name, '/x.pem'])) as never),
  );
});

test('a program, and the folder of control sockets', async () => {
  await helps(
    () => inspectProgram('no-such-program'),
    /^give the path of a program$/,
    () => inspectProgram('/bin/sh'),
  );
  const before = process.env['XDG_RUNTIME_DIR'];
  try {
    const open = path.join(folder, 'open');
    mkdirSync(open, { mode: 0o700 });
    writeFileSync(path.join(open, 'farpage-control'), '');
    process.env['XDG_RUNTIME_DIR'] = open;
    await helps(
      () => makeControlFolder(),
      /^remove it, or set (\w+) to a folder of your own$/,
      (variable = '') => {
        const own = path.join(folder, 'own');
        mkdirSync(own, { mode: 0o700 });
        process.env[variable] = own;
        makeControlFolder();
        process.env[variable] = open;
        rmSync(path.join(open, 'farpage-control'));
        makeControlFolder();
      },
    );
  } finally {
    if (before === undefined) delete process.env['XDG_RUNTIME_DIR'];
    else process.env['XDG_RUNTIME_DIR'] = before;
  }
  await helps(
    () => socketIn(`/${'x'.repeat(100)}`),
    /^set (\w+), or (\w+), to a shorter path$/,
    () => socketIn('/x'),
  );
});

test.run();
