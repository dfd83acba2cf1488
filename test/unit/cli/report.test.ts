import assert from 'node:assert/strict';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import type { ReportData } from '../../../src/report/data.js';
import { formatTime } from '../../../src/report/format.js';
import { renderReport } from '../../../src/report/html.js';
import { html } from '../../../src/report/markup.js';
import { byteTicks, logTicks, ticks } from '../../../src/report/scale.js';
import { writeReport } from '../../../src/report/write.js';

const test = suite('report');

const EVIL = `<script>alert("x")</script>&'\u0000`;
const DATA: ReportData = {
  title: EVIL,
  subtitle: EVIL,
  date: '2026-01-02T03:04:05.678Z',
  verdict: { ok: true, text: EVIL },
  tiles: [{ label: EVIL, value: EVIL, note: EVIL }],
  latency: {
    buckets: [
      { from: 5000, to: 5100, count: 10 },
      { from: 9000, to: 9200, count: 1 },
    ],
    marks: [{ label: 'p50', at: 5050 }],
  },
  timeline: {
    resident: [0, 1, 2].map((seconds) => ({ seconds, bytes: seconds * 1e6 })),
    faults: [0, 1, 2].map((seconds) => ({ seconds, count: seconds * 1000 })),
    limit: 2e6,
    phases: [{ name: EVIL, from: 0, to: 2 }],
  },
  map: { pagesPerCell: 1, faults: new Uint32Array([0, 1, 5, 30]) },
  grids: [{ title: EVIL, text: EVIL, head: [EVIL, EVIL], rows: [[[EVIL, EVIL], EVIL]] }],
  tables: [{ title: EVIL, rows: [[EVIL, EVIL]] }],
};

/** Markup without what is in it: that every element is closed in order. */
function checkNesting(page: string): void {
  const open: string[] = [];
  for (const [, closing, name = '', rest = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
    if (closing) assert.equal(open.pop(), name);
    else if (!rest.endsWith('/') && name !== 'meta') open.push(name);
  }
  assert.deepEqual(open, []);
}

test('nothing from outside becomes markup', () => {
  const page = renderReport(DATA);
  assert.ok(!page.includes('<script'));
  assert.ok(!page.includes('\u0000'));
  assert.ok(page.includes('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;\ufffd'));
  checkNesting(page);
});

test('needs no network, and says what its drawings show', () => {
  const page = renderReport(DATA);
  assert.ok(!/(?:src|href|url\()=?["']?https?:|@import|<link|<img/.test(page));
  assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
  assert.equal(page.match(/<svg /g)?.length, 4);
  assert.equal(page.match(/<desc /g)?.length, 4);
  assert.ok(!/NaN|Infinity|undefined/.test(page), 'a number is missing');
});

test('an experiment that was stopped at once draws too', () => {
  const page = renderReport({
    ...DATA,
    latency: { buckets: [], marks: [{ label: 'p50', at: 0 }] },
    timeline: { resident: [], faults: [], limit: 1, phases: [] },
    map: { pagesPerCell: 1, faults: new Uint32Array(1) },
  });
  assert.ok(!/NaN|Infinity|undefined/.test(page));
  assert.match(page, /No access faulted/);
  checkNesting(page);
});

test('states take the place of counts', () => {
  const map = { pagesPerCell: 2, faults: new Uint32Array(4), states: new Uint8Array([0, 1, 2, 3]) };
  const page = renderReport({ ...DATA, map });
  for (const state of ['untouched', 'resident', 'dirty', 'stored'])
    assert.ok(page.includes(`class="cell ${state}" d=`));
});

test('ticks are round and cover the range', () => {
  assert.deepEqual(ticks(95, 4), [0, 50, 100]);
  assert.deepEqual(ticks(0, 4), [0]);
  assert.deepEqual(byteTicks(130 * 2 ** 20, 4).at(-1), 192 * 2 ** 20);
  assert.deepEqual(logTicks([900, 25_000]), [1000, 2000, 5000, 10_000, 20_000]);
  assert.equal(formatTime(8310), '8.31 µs');
  assert.equal(formatTime(2e9), '2 s');
});

test('templates escape what is not a markup', () => {
  assert.equal(html`<a b="${'"'}">${html`<i>${1.239}</i>`}</a>`.text, '<a b="&quot;"><i>1.24</i></a>');
});

test('is written whole, for its owner alone, over a link but not through it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'farpage-report-'));
  try {
    const path = join(folder, 'report.html');
    const other = join(folder, 'other');
    writeFileSync(other, 'untouched');
    symlinkSync(other, path);
    await writeReport(path, DATA);
    assert.equal(readFileSync(other, 'utf8'), 'untouched');
    assert.equal(lstatSync(path).mode & 0o777, 0o600);
    assert.ok(lstatSync(path).isFile());
    await writeReport(path, DATA);
    assert.deepEqual(readdirSync(folder).sort(), ['other', 'report.html']);
    await assert.rejects(writeReport(folder, DATA));
    assert.deepEqual(readdirSync(folder).sort(), ['other', 'report.html']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
