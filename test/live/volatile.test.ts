// budget: 240 s
// covers: assembly/paging/, src/loop/, src/pager/
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { describe, play, run, told } from './play.js';

const test = suite('volatile pages');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-live-'));
test.after(() => rmSync(folder, { recursive: true }));

const PAGES = 2048;
/** More cannot have stayed: the limit. */
const LIMIT_PAGES = 512;
const KINDS = [
  { memory: 'anonymous', engine: 'userfaultfd' },
  { memory: 'shared', engine: 'userfaultfd' },
  { memory: 'anonymous', engine: 'trap' },
];
const MODULE = `data:text/javascript,${encodeURIComponent(`
export default () => ({
  writable: false,
  async read(pages) {
    for (const { page, into } of pages) new Uint32Array(into.buffer, into.byteOffset, 1024).fill(page + 1);
  },
  async close() {},
})`)}`;

interface Seen {
  right: number;
  zeros: number;
  wrong: number;
}

for (const kind of KINDS) {
  const name = `${kind.memory} by ${kind.engine}`;

  test(`${name}: nothing is written, zeros come back, each told once`, async () => {
    const result = await play<Seen & { told: number; twice: number; writes: number; writebacks: number }>(
      'volatile',
      'told',
      kind,
    );
    assert.equal(result.wrong, 0);
    assert.ok(result.zeros >= PAGES - LIMIT_PAGES, `${result.zeros} pages were reclaimed`);
    assert.equal(result.right + result.zeros, PAGES);
    assert.equal(result.told, result.zeros);
    assert.equal(result.twice, 0);
    assert.equal(result.writes, 0);
    assert.equal(result.writebacks, 0);
  });

  test(`${name}: a function regenerates them`, async () => {
    const result = await play<Seen & { made: number; writes: number }>('volatile', 'regenerated', kind);
    assert.equal(result.right, PAGES);
    assert.ok(result.made >= PAGES - LIMIT_PAGES, `${result.made} pages were made`);
    assert.equal(result.writes, 0);
  });

  test(`${name}: a module regenerates them for a thread that just touches`, async () => {
    assert.equal(await play('volatile', 'module', { kind, url: MODULE }), 0);
  });

  test(`${name}: what cannot be regenerated is never invented`, async () => {
    const result = await run('volatile', 'failing', kind);
    assert.equal(result.code, 0, describe(result));
    // The load has rejected with the reason; no thread was refused the page.
    assert.equal(result.stderr, '');
    const { code, message } = told<{ code: string; message: string }>(result);
    assert.equal(code, 'STORE_READ');
    assert.match(message, /the picture is gone/);
  });

  test(`${name}: without the mark what is left is kept`, async () => {
    const { gone, wrong, after } = await play<{ gone: number; wrong: number; after: Seen }>(
      'volatile',
      'unmarked',
      kind,
    );
    assert.ok(gone >= PAGES - LIMIT_PAGES, `${gone} pages were reclaimed`);
    assert.equal(wrong, 0);
    assert.equal(after.right, PAGES);
  });

  test(`${name}: pinned pages stay, flush and evict write none`, async () => {
    const { pins, flushed, dropped } = await play<{ pins: Seen; flushed: number; dropped: Seen }>(
      'volatile',
      'pinned',
      kind,
    );
    assert.equal(pins.right, 16);
    assert.equal(flushed, 0);
    assert.equal(dropped.zeros, 16);
  });

  test(`${name}: what is stored already is not lost by the mark`, async () => {
    const file = path.join(folder, `${kind.memory}-${kind.engine}`);
    const { seen, later } = await play<{ seen: Seen; later: Seen }>('volatile', 'stored', { kind, file });
    assert.equal(seen.right, 64);
    // Marked and dropped from memory, its copy went with it.
    assert.equal(later.right + later.zeros, 64);
    assert.equal(later.wrong, 0);
  });

  test(`${name}: what makes no sense is refused`, async () => {
    assert.deepEqual(await play('volatile', 'refused', kind), ['REGION', 'OPTION', 'CLOSED']);
  });
}

test.run();
