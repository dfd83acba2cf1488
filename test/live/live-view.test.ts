// budget: 180 s
// covers: src/live/
// The live view in a real browser, and its server to clients that mean no good.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { suite } from 'uvu';
import type { LiveView, Pager, Region } from '../../src/index.js';
import { HomeProcess } from '../support/dsm/nodes.js';
import { ROOT } from '../support/paths.js';
import { startProgram } from '../support/process/child.js';
import { find } from '../support/process/packages.js';
import { DelayedLine } from '../support/servers/delay.js';
import { until } from '../support/servers/servers.js';
import { createPager } from './programs/variant.js';
import { MAIN } from './run/kit.js';

const MIB = 2 ** 20;
const PAGE = 4096;
const test = suite('the live view');
let browser: Browser;
let pager: Pager;
let region: Region;
let view: LiveView;

test.before(async () => {
  browser = await chromium.launch({
    executablePath: find('chromium'),
    // As root Chromium has no sandbox; a container's /dev/shm may be small.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
  });
  pager = await createPager({ residentLimit: '16MiB', readahead: 'off' });
  region = await pager.map({ byteLength: '64MiB' });
  await pager.map({ byteLength: '1TiB' });
  view = await pager.live();
});

test.after(async () => {
  await pager.close();
  await browser.close();
});

/** A page that shows `url`, and what its console says. */
async function open(url: string): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
  await says(page, '#state', 'live');
  return { page, errors };
}

async function says(page: Page, selector: string, text: string | RegExp): Promise<void> {
  let last = '';
  const matches = async () => {
    last = (await page.textContent(selector)) ?? '';
    return typeof text === 'string' ? last === text : text.test(last);
  };
  await until(matches, `${selector} says ${text}`).catch((cause) => {
    throw new Error(`${selector} says ${JSON.stringify(last)}, not ${text}`, { cause });
  });
}

test('regions that other processes share: what came and went, and the worst page', async () => {
  const home = await HomeProcess.start(['--lease', '30000']);
  const sharing = await createPager();
  try {
    const { page, errors } = await open((await sharing.live()).url);
    assert.equal(await page.isVisible('#sharing'), false);
    const options = { name: 'prices', byteLength: 8 * PAGE, holdMs: 0 };
    const [one, two] = [await sharing.join(home.url, options), await sharing.join(home.url, options)];
    for (const region of [one, two, one, two, one]) await region.load(3 * PAGE, PAGE, { write: true });
    await says(
      page,
      '#shared',
      /prices, node 0\s*8 pages; 0 came to be read, 3 to be written; 2 recalled.* 2 hand-offs/,
    );
    await says(page, '#shared', /most hand-offs: page 3 \(2\)/);
    await Promise.all([one.close(), two.close()]);
    await until(async () => !(await page.isVisible('#sharing')), 'the panel is hidden');
    assert.deepEqual(errors, []);
    await page.close();
  } finally {
    await sharing.close();
    await home.end();
  }
});

test('it draws what the counters say', async () => {
  const bytes = region.view(Uint8Array, 0, 64 * MIB);
  // A quarter of the region, from its beginning: all of the limit but the frames.
  for (let at = 0; at < 8 * MIB; at += PAGE) bytes[at] = 1;
  const { page, errors } = await open(view.url);
  const { residentPages, faults } = pager.stats();
  await says(page, '#tiles', new RegExp(`resident${(residentPages * PAGE) / MIB}\\.0 MiBof 16\\.0 MiB`));
  await says(page, '#tiles', new RegExp(`${faults.missing.toLocaleString('en')} in all`));
  await page.waitForFunction(`document.getElementById('map').dataset.resident === '${residentPages}'`);
  const [first, last]: string[] = await page.evaluate(`(() => {
    const { width, height } = document.getElementById('map');
    const { data } = document.getElementById('map').getContext('2d').getImageData(0, 0, width, height);
    const at = (x, y) => [...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3)].join();
    return [at(3, 3), at(3, height / 2)];
  })()`);
  const none = await page.evaluate(`getComputedStyle(document.documentElement).getPropertyValue('--none').trim()`);
  const colour = (parts = '') =>
    `#${parts
      .split(',')
      .map((each) => Number(each).toString(16).padStart(2, '0'))
      .join('')}`;
  assert.notEqual(colour(first), none, 'pages that are present are drawn as absent');
  assert.equal(colour(last), none, 'pages that are absent are drawn as something else');
  await says(page, '#regions', /region 1 at 0x[0-9a-f]+64\.0 MiB, present 8\.0 MiB/);
  assert.deepEqual(errors, []);
  await page.close();
});

test('the map is zoomed and moved by keys, and shows a region of 1 TiB', async () => {
  const { page, errors } = await open(view.url);
  await says(page, '#detail', /^pages 0 to 16,383 /);
  await page.focus('#map');
  await page.keyboard.press('+');
  await says(page, '#detail', /^pages 4,\d{3} to 12,\d{3} /);
  await page.keyboard.press('ArrowLeft');
  await says(page, '#detail', /^pages 2,\d{3} to 10,\d{3} /);
  await page.keyboard.press('0');
  await says(page, '#detail', /^pages 0 to 16,383 /);
  await page.selectOption('#region', { index: 1 });
  await says(page, '#detail', /^pages 0 to 268,435,455 from 0x[0-9a-f]+, 1\.0 TiB; a cell is [\d,]+ pages; present 0/);
  assert.deepEqual(errors, []);
  await page.close();
});

test('a connection that is lost is made again, and nothing is missing', async () => {
  const line = await DelayedLine.open({ to: Number(new URL(view.url).port), delay: 0 });
  const { page } = await open(view.url.replace(/:\d+/, `:${line.port}`));
  line.cut(true);
  await says(page, '#state', /^no connection/);
  line.mend();
  const bytes = region.view(Uint8Array, 0, 64 * MIB);
  for (let at = 8 * MIB; at < 9 * MIB; at += PAGE) bytes[at] = 1;
  await says(page, '#state', 'live');
  await says(page, '#tiles', new RegExp(`${pager.stats().faults.missing.toLocaleString('en')} in all`));
  await page.close();
  line.close();
});

test('who has no token, asks under another name, or asks for what is not there gets nothing', async () => {
  const { host, port, pathname } = new URL(view.url);
  const status = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject);
      asked.end();
    });
  assert.equal(await status(pathname), 200);
  assert.equal(await status('/'), 404);
  for (const path of ['//', '//:x', '/%', `${pathname}/`]) assert.equal(await status(path), 404, path);
  assert.equal(await status(`${pathname.replace(/.\/$/, '')}x/`), 404);
  assert.equal(await status(`${pathname}events`, { host: `evil.example:${port}` }), 404);
  assert.equal(await status(pathname, { host }, 'POST'), 405);
  assert.equal(await status(`${pathname}../../package.json`), 404);
  assert.equal(await status(`${pathname}constructor`), 404);
  const map = (query: string) => status(`${pathname}map?${query}`);
  assert.equal(await map('core=0&region=1&first=0&end=100&cells=10'), 200);
  assert.equal(await map('core=0&region=9&first=0&end=100&cells=10'), 404);
  assert.equal(await map('core=7&region=1&first=0&end=100&cells=10'), 404);
  for (const wrong of [
    'first=-1&end=100&cells=10',
    'first=0&end=1e99&cells=1e9',
    'first=5&end=5&cells=1',
    'first=0&end=9',
  ])
    assert.equal(await map(`core=0&region=1&${wrong}`), 400, wrong);
});

test('a browser that watches keeps no process alive, and an end waits for none', async () => {
  const script = `import { createPager } from ${JSON.stringify(path.join(ROOT, 'dist/src/index.js'))};
    const pager = await createPager();
    console.log((await pager.live()).url);
    process.stdin.once('data', () => process.stdin.destroy());`;
  const child = startProgram(process.execPath, { args: ['--input-type=module', '-e', script], budget: 30_000 });
  const [url = ''] = await child.waitFor(/http:\S+/);
  const events = await fetch(`${url}events`);
  // From here on nothing but the view could keep it alive.
  child.write('\n');
  assert.equal((await child.result).code, 0);
  await assert.rejects(events.text());
});

test('options that cannot be are refused, and a port that is taken', async () => {
  const { port } = new URL(view.url);
  await rejects(() => pager.live({ port: 70_000 }), /^live: port: 70000 is not a port/);
  await rejects(() => pager.live({ host: '' }), /^live: host: {2}is not an address/);
  await rejects(() => pager.live({ port: Number(port) }), /^live: cannot listen at 127\.0\.0\.1:\d+/);
});

test('under run it shows the process, with its program and number', async () => {
  const script = 'import sys; held = bytearray(48 << 20); print("ready", flush=True); sys.stdin.readline()';
  const args = [MAIN, 'run', '--live', '--resident', '16MiB', '--', 'python3', '-c', script];
  const child = startProgram('sh', { args: ['-c', 'exec "$@" 2>&1', 'sh', process.execPath, ...args], budget: 60_000 });
  const [, url = ''] = await child.waitFor(/live view at (http:\S+)\n/);
  await child.waitFor(/ready\n/);
  const { page, errors } = await open(url);
  await says(page, '#title', 'farpage run python3');
  await says(page, '#regions', /^python3 \(\d+\)/);
  await says(page, '#detail', /present [1-9]/);
  child.write('\n');
  await says(page, '#state', 'ended');
  assert.deepEqual(errors, []);
  assert.equal((await child.result).code, 0);
  await page.close();
});

test('it ends with its pager, and the page says so', async () => {
  const other = await createPager();
  const { url } = await other.live();
  const { page, errors } = await open(url);
  await other.close();
  await says(page, '#state', 'ended');
  await rejects(() => other.live(), /the pager is closed/);
  assert.deepEqual(errors, []);
  await page.close();
});

async function rejects(call: () => Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(call, (error: Error) => message.test(error.message));
}

test.run();
