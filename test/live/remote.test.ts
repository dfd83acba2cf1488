// budget: 120 s
// covers: native/others/, assembly/books/
// The native half of paging other processes: see programs/remote.ts and remote-ends.ts for what each scene holds.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { skipUnless } from '../support/skip.js';
import { play } from './play.js';

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-remote-'));
const binary = path.join(folder, 'peer');

const suiteOf = suite('memory of other processes');
suiteOf.before(() => {
  execFileSync('cc', ['-O2', '-pthread', '-o', binary, path.join(ROOT, 'test/support/process/remote-peer.c')]);
});
suiteOf.after(() => rmSync(folder, { recursive: true }));
const test = skipUnless(suiteOf, process.getuid?.() === 0, 'needs root, for events of fork');

const scene = (name: string) => play<void>('remote', name, { binary, folder });
const ending = (name: string, input: object = {}) => play<void>('remote-ends', name, { binary, folder, ...input });

test('faults are reported with their space, and filled from here', () => scene('fills'));
test('an agent moves runs out in one request, each as far as it goes', () => scene('takes'));
test('what is too much for one request is asked in several', () => scene('takes many'));
test('a part of a run counts as what it is', () => scene('a part'));
test('what an agent says is not believed beyond what was asked', () => scene('an odd agent'));
test('an agent that is not there yet is not waited for', () => scene('an agent that is not there yet'));
test('locked pages, and those shared since a fork, stay', () => scene('locked and shared'));
test('nothing is moved while an event is unread', () => scene('changing'));
test('a dead process is reported once, and its number is the next one’s', () => ending('dead'));
test('a process killed while its agent works', () => ending('killed at work', { last: 'die' }));
test('a process that says something and is killed', () => ending('killed at work', { last: 'chatter' }));
test('a stopped process is waited for', () => ending('stopped'));
test('an agent that takes no request up holds nobody up', () => ending('silent'));
test('a fork is a space of its own, and so is its fork', () => ending('fork'));
test('a fork without a number never sees zeros', () => ending('no number for a fork'));
test('a hundred processes at once', () => scene('hundred'));
test('faults in the event loop, of one process and of several', () => scene('in the event loop'));
test('guest memory in a file is taken out from here', () => scene('a memfile'));
test('what cannot be is refused, and no descriptor is left', () => ending('refusals'));
test('a descriptor that is not a userfaultfd is refused', () => ending('what is not a userfaultfd'));

suiteOf.run();
