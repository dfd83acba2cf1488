// Before `npm pack`: fills prebuilds/ with what this machine has compiled where `npm run prebuilds` has not made it, throws
// out what other sources made, and says what is packed. With --all, before `npm publish`: refuses unless all of them are
// there and zig has made them.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashSources, machineHere, PACKAGE, partsOf, STAMP, TARGETS } from './sources.mjs';

const PREBUILDS = path.join(PACKAGE, 'prebuilds');
const RELEASE = path.join(PACKAGE, 'build/Release');
const HERE = 'this machine';

const sources = hashSources();
const host = machineHere();

/** What made the parts for a target; undefined: they are missing, or not made of these sources. */
function makerOf(name) {
  const folder = path.join(PREBUILDS, name);
  const stamp = path.join(folder, STAMP);
  if (!existsSync(stamp)) return undefined;
  const [from, ...maker] = readFileSync(stamp, 'utf8').trim().split(' ');
  const whole = partsOf(name).every((part) => existsSync(path.join(folder, part)));
  return from === sources && whole ? maker.join(' ') : undefined;
}

function takeOwn() {
  const parts = partsOf(host).map((part) => path.join(RELEASE, part));
  const stamp = path.join(RELEASE, STAMP);
  const current = existsSync(stamp) && readFileSync(stamp, 'utf8') === `${sources} ${host}`;
  if (!current || !parts.every((part) => existsSync(part))) fail('build/Release is not current: npm run build:native');
  mkdirSync(PREBUILDS, { recursive: true });
  const folder = mkdtempSync(path.join(PREBUILDS, '.new-'));
  for (const part of parts) cpSync(part, path.join(folder, path.basename(part)));
  writeFileSync(path.join(folder, STAMP), `${sources} ${HERE}\n`);
  rmSync(path.join(PREBUILDS, host), { recursive: true, force: true });
  renameSync(folder, path.join(PREBUILDS, host));
}

function fail(why) {
  console.error(`farpage: ${why}`);
  process.exit(1);
}

for (const name of Object.keys(TARGETS)) {
  if (makerOf(name) === undefined) rmSync(path.join(PREBUILDS, name), { recursive: true, force: true });
}
if (process.argv.includes('--all')) {
  const missing = Object.keys(TARGETS).filter((name) => makerOf(name)?.startsWith('zig ') !== true);
  const { repository, bugs } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8'));
  // npm gives a provenance only to what names the repository that builds it.
  if (repository === undefined || bugs === undefined) {
    fail(
      'package.json must name the repository and where bugs are reported, each by its https:// address: ' +
        'npm pkg set repository.type=git repository.url=git+REPOSITORY bugs.url=BUGS',
    );
  }
  if (missing.length > 0) fail(`not prebuilt from these sources: ${missing.join(', ')}; type: npm run prebuilds`);
} else if (makerOf(host) === undefined) {
  takeOwn();
}
// npm prints its own answer on standard output.
for (const name of Object.keys(TARGETS)) {
  console.error(`farpage: ${name}: ${makerOf(name) ?? 'not packed: npm run prebuilds makes it'}`);
}
