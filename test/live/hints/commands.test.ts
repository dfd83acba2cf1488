// budget: 300 s
// covers: src/cli/, src/run/program.ts, src/control/, src/store/http-check.ts, src/store/http.ts
// Hints of the command line, and of servers: what they say is typed in place of what was wrong, and the command goes further.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { follow, refused, works } from '../../support/hints.js';
import { ROOT } from '../../support/paths.js';
import { attempt } from '../../support/process/attempt.js';
import { type ChildResult, runProgram } from '../../support/process/child.js';
import { skipUnless } from '../../support/skip.js';

const COMMAND = path.join(ROOT, 'bin/farpage.js');
const test = suite('hints of commands');
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root, as farpage run does');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-commands-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

function farpage(args: readonly string[], before: readonly string[] = []): Promise<ChildResult> {
  const [program = '', ...words] = [...before, COMMAND, ...args];
  return runProgram(program, { args: words, input: '', budget: 60_000 });
}

/** What the command is refused with, and what its hint names. */
async function refusal(args: readonly string[], pattern: RegExp, before: readonly string[] = []): Promise<string[]> {
  const { code, stderr } = await farpage(args, before);
  assert.ok(code !== 0, args.join(' '));
  const [, message = '', hint = ''] = /^farpage: (.*)\nhint: (.*)$/m.exec(stderr) ?? [];
  return follow({ message, hint: hint === '' ? stderr : hint }, pattern);
}

async function succeeds(args: readonly string[], before: readonly string[] = []): Promise<ChildResult> {
  const result = await farpage(args, before);
  assert.equal(result.code, 0, `${args.join(' ')}\n${result.stderr}`);
  return result;
}

/** It comes past what it was refused for: what it then lacks is another matter. */
async function goesFurther(args: readonly string[], pattern: RegExp): Promise<void> {
  const { stderr } = await farpage(args);
  assert.ok(!pattern.test(/^hint: (.*)$/m.exec(stderr)?.[1] ?? ''), stderr);
}

const readBack = (image: string): string => `
  const pager = await farpage.createPager({ residentLimit: '1MiB' });
  const region = await pager.map({ byteLength: '1MiB', source: farpage.snapshotStore(${JSON.stringify(image)}) });
  await region.load(0, 4096, { pin: true });
  return region.view(Uint8Array, 0, 1)[0];`;

const PROGRAM = ['--', '/bin/true'];

asRoot('the flags of run', async () => {
  const [least = ''] = await refusal(['run', '--min-mapping', '1KiB', ...PROGRAM], /^give (\w+) or more$/);
  await succeeds(['run', '--min-mapping', least, ...PROGRAM]);
  const [cpu = ''] = await refusal(['run', '--cpu', 'x', ...PROGRAM], /^give (\d+) to \d+$/);
  await succeeds(['run', '--cpu', cpu, ...PROGRAM]);
  const output = path.join(folder, 'report.json');
  await refusal(
    ['run', '--json', '--output', path.join(folder, 'none/report'), ...PROGRAM],
    /^give a path in a folder that exists and can be written$/,
  );
  await refusal(['run', '--json', '--output', folder, ...PROGRAM], /^give the path of a file$/);
  await succeeds(['run', '--json', '--output', output, ...PROGRAM]);
  assert.ok(readFileSync(output, 'utf8').startsWith('{'));
  await refusal(['run', '--', 'no-such-program'], /^give the path of a program$/);
  const [words = ''] = await refusal(['run', '--', ''], /^write: farpage (run --) program$/);
  await succeeds([...words.split(' '), '/bin/true']);
});

asRoot('a /proc of another PID namespace: the option of unshare that the hint names', async () => {
  const inside = ['unshare', '--pid', '--fork'];
  const [options = ''] = await refusal(['run', ...PROGRAM], /\(unshare (--[\w-]+)\)$/, inside);
  await succeeds(['run', ...PROGRAM], [...inside, options]);
});

test('the flags of snapshot', async () => {
  const image = path.join(folder, 'x.img');
  const take = (...more: string[]) => ['snapshot', '--pid', '1', '--output', image, ...more];
  const pid = /^give the number of a process$/;
  await refusal(['snapshot', '--pid', 'init', '--output', image], pid);
  await goesFurther(take(), pid);
  const moments = /^give '(\w+)' \(or nothing\) or '(\w+)'$/;
  const named = await refusal(take('--stop=now'), moments);
  for (const word of named) await goesFurther(take(`--stop=${word}`), moments);
  await goesFurther(take('--stop'), moments);
  for (const [output, hint] of [
    ['-', /^give a path$/],
    ['', /^give a file or a URL$/],
  ] as const) {
    await refusal(['snapshot', '--pid', '1', '--output', output], hint);
    await goesFurther(take(), hint);
  }
  await refusal(take('--incremental-from', ''), /^give an image$/);
  await goesFurther(take('--incremental-from', image), /^give an image$/);
});

test('the flags of migrate', async () => {
  const send = (...more: string[]) => ['migrate', 'send', '--memory', '/none', '--to', `unix:${folder}/none`, ...more];
  const patience = /^give more than 0 and up to (\d+)$/;
  const [most = ''] = await refusal(send('--patience', '0'), patience);
  await goesFurther(send('--patience', most), patience);
  const keys = /^give all three at both ends/;
  const file = path.join(folder, 'x.pem');
  await refusal(send('--tls-ca', file), keys);
  await goesFurther(send('--tls-ca', file, '--tls-cert', file, '--tls-key', file), keys);
  const both = /^(--devices) is .*, '(tcp:host:port)' or '(unix:path)', and (--qmp) is the control socket of this one$/;
  const [devices = '', , unix = '', qmp = ''] = await refusal(send('--qmp', '/none'), both);
  await goesFurther(send(qmp, '/none', devices, unix), both);
});

test('what an experiment’s source, and a conformance run’s tests, are called', async () => {
  const small = ['experiment', '--region', '1MiB', '--resident', '256KiB', '--ops', '10'];
  const [none = ''] = await refusal([...small, '--source', 'redis://localhost'], /^give (none), file:\/path or http/);
  await succeeds([...small, '--source', none]);
  const [names = ''] = await refusal(['conformance', 'poisn'], /^the tests are (.*)$/);
  assert.ok(names.split(', ').includes('poison'), names);
});

test('a server whose certificate nobody knows, and one that wants credentials', async () => {
  const [key, certificate] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject],
    { stdio: 'pipe' },
  );
  const content = Buffer.alloc(8192, 7);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) => {
    if (request.headers.authorization !== 'Bearer right') return void response.writeHead(401).end();
    const [, from = 0, to = 0] = (/bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []).map(Number);
    const part = content.subarray(from, Math.min(to + 1, content.length));
    const range = `bytes ${from}-${from + part.length - 1}/${content.length}`;
    response.writeHead(206, { etag: '"1"', 'content-range': range, 'content-length': part.length }).end(part);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  try {
    const url = `https://localhost:${(server.address() as AddressInfo).port}/x`;
    const read = (options: string) => `const pager = await farpage.createPager({ residentLimit: '1MiB' });
      const region = await pager.map({ byteLength: 8192, source: farpage.httpStore('${url}'${options}) });
      await region.load(0, 4096, { pin: true }); return region.view(Uint8Array, 0, 1)[0];`;
    const right = ", { headers: { authorization: 'Bearer right' } }";
    const [variable = ''] = refused(await attempt(read(right)), /add its authority with (\w+)$/);
    const env = { [variable]: certificate };
    const [option = ''] = refused(await attempt(read(''), { env }), /give credentials: httpStore\(url, (\{.*\})\)$/);
    assert.equal(works(await attempt(read(`, ${option.replace('…', 'Bearer right')}`), { env })), 7);
    const [form = ''] = refused(
      await attempt(read(', { headers: 5 }'), { env }),
      /^give (\{ authorization: 'Bearer …' \})$/,
    );
    assert.equal(works(await attempt(read(`, { headers: ${form.replace('…', 'right')} }`), { env })), 7);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('a chain of images whose parts are elsewhere, merged where they are, is whole', async () => {
  const at = (name: string) => path.join(folder, name);
  const made = await attempt(`
    const pager = await farpage.createPager({ residentLimit: '1MiB' });
    const region = await pager.map({ byteLength: '1MiB' });
    await region.use(0, 4096, (bytes) => new Uint8Array(bytes.buffer, bytes.byteOffset, 4096).fill(5));
    await region.snapshot(${JSON.stringify(at('base.img'))});
    await region.snapshot(${JSON.stringify(at('next.img'))}, { incrementalFrom: ${JSON.stringify(at('base.img'))} });`);
  works(made);
  await succeeds(['image', 'merge', at('next.img'), '--output', at('whole.img')]);
  await succeeds(['image', 'verify', at('whole.img')]);
  const bytes = readFileSync(at('whole.img'));
  const content = bytes.indexOf(Buffer.alloc(1024, 5));
  assert.ok(content > 0);
  bytes[content] = 6;
  writeFileSync(at('broken.img'), bytes);
  const [verify = ''] = refused(
    await attempt(readBack(at('broken.img'))),
    /take it from a copy; farpage (image verify) tells which pages are$/,
  );
  const told = await farpage([...verify.split(' '), at('broken.img')]);
  assert.match(`${told.stdout}${told.stderr}`, /page 0\b/);
  assert.equal(works(await attempt(readBack(at('whole.img')))), 5);
});

test.run();
