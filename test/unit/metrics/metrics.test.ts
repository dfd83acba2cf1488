// covers: src/metrics/, src/pager/metrics.ts, examples/
// Metrics: the text follows Prometheus' format and conventions, prom-client prints the same; the dashboard
// asks for names that there are; the server answers scrapes and nothing else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import path from 'node:path';
import { suite } from 'uvu';
import { addTime, noTimes, PagerHistogram } from '../../../src/core/histogram.js';
import { readerOf } from '../../../src/core/reader.js';
import { StatsReader } from '../../../src/core/stats.js';
import { HomeCounts } from '../../../src/dsm/home-counts.js';
import { homeFamilies } from '../../../src/dsm/home-metrics.js';
import { PagerError } from '../../../src/errors.js';
import { expose } from '../../../src/metrics/exposition.js';
import { familiesOf, type Subject } from '../../../src/metrics/families.js';
import { registerFamilies } from '../../../src/metrics/register.js';
import { MetricsServer } from '../../../src/metrics/server.js';
import { parseListen } from '../../../src/web/listen.js';
import { homeSubject, regionSubject } from '../../support/dsm/subjects.js';
import { checkConventions, parseExposition, sampleOf } from '../../support/exposition.js';
import { follow } from '../../support/hints.js';
import { ROOT } from '../../support/paths.js';
import { skipUnless } from '../../support/skip.js';
import { Drive } from '../../support/world/core-drive.js';

const test = suite('metrics');
const require = createRequire(import.meta.url);

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

const withClient = skipUnless(test, isInstalled('prom-client'), 'needs prom-client: npm ci');

/** A pager that has answered three faults, under labels that must be escaped. */
function subject(labels: Record<string, string> = { pager: 'a "\\\n' }): Subject {
  const drive = new Drive({ limit: 64 });
  for (const page of [0, 1, 2]) drive.touch(page, 1);
  const reader = new StatsReader(readerOf(drive.core.memory.buffer));
  const reads = noTimes();
  for (const nanoseconds of [500, 1500, 3000, 2e9]) addTime(reads, nanoseconds / 64);
  const times = { fault: new PagerHistogram(reader.faultTimes()), 'store.read': new PagerHistogram(reads) };
  return {
    labels,
    stats: reader.pager(),
    pageSize: 4096,
    times,
    info: { engine: 'userfaultfd', core: 'v8', faults: 'loop' },
  };
}

test('the text follows the format, and has what the counters have', () => {
  const labels = { pager: 'a "\\\n' };
  const given = subject(labels);
  const families = parseExposition(expose([given]));
  assert.equal(sampleOf(families, 'farpage_faults_total', { ...labels, kind: 'missing' }), 3);
  assert.equal(sampleOf(families, 'farpage_fills_total', { from: 'zero' }), given.stats.fills.zero);
  assert.equal(sampleOf(families, 'farpage_resident_bytes'), given.stats.residentPages * 4096);
  assert.equal(sampleOf(families, 'farpage_resident_limit_bytes'), 64 * 4096);
  assert.equal(sampleOf(families, 'farpage_pager_info', { core: 'v8' }), 1);
  assert.equal(sampleOf(families, 'farpage_fault_duration_seconds_count'), given.times.fault?.count);
  const le = (limit: string) => sampleOf(families, 'farpage_store_read_duration_seconds_bucket', { le: limit });
  assert.deepEqual(['0.000001024', '0.000002048', '0.000004096', '+Inf'].map(le), [1, 2, 3, 4]);
  const sum = sampleOf(families, 'farpage_store_read_duration_seconds_sum');
  assert.ok(Math.abs(sum - 2.000005) < 1e-6, String(sum));
});

test('names end in their units, counters in _total; buckets only grow up to the count', () => {
  const families = parseExposition(expose([subject()]));
  assert.ok(families.size > 20);
  checkConventions(families);
});

test('each pager has labels of its own; without pagers the text is empty', () => {
  const families = parseExposition(expose([subject({ pager: '1' }), subject({ pager: '2' })]));
  for (const pager of ['1', '2'])
    assert.equal(sampleOf(families, 'farpage_faults_total', { pager, kind: 'missing' }), 3);
  assert.equal(expose([]), '');
});

withClient('a registry of prom-client prints the same, as Prometheus text and as OpenMetrics', async () => {
  interface Registry {
    registerMetric(metric: never): void;
    setContentType(type: string): void;
    metrics(): Promise<string>;
    getMetricsAsJSON(): Promise<unknown[]>;
    resetMetrics(): void;
  }
  const client = require('prom-client') as { Registry: { new (): Registry; OPENMETRICS_CONTENT_TYPE: string } };
  const register = new client.Registry();
  const given = subject();
  registerFamilies(register, () => [given]);
  register.resetMetrics();
  const theirs = parseExposition((await register.metrics()).replaceAll(/\n\n/g, '\n'));
  const ours = parseExposition(expose([given]));
  // It has families without samples, too.
  for (const [name, family] of theirs) if (family.samples.length === 0) theirs.delete(name);
  assert.deepEqual(theirs, ours);
  assert.equal((await register.getMetricsAsJSON()).length, familiesOf([]).length);
  register.setContentType(client.Registry.OPENMETRICS_CONTENT_TYPE);
  assert.match(
    await register.metrics(),
    /^# TYPE farpage_faults counter\nfarpage_faults_total\{[^\n]*kind="missing"\} 3$/m,
  );
});

test('what is not a registry is refused', async () => {
  for (const wrong of [null, {}, { registerMetric: 7 }]) {
    assert.throws(
      () => registerFamilies(wrong as never, () => []),
      (error) => error instanceof PagerError && follow(error, /^give new Registry\(\) of prom-client/) !== null,
    );
  }
  registerFamilies({ registerMetric: () => {} }, () => []);
});

test('the dashboard asks for metrics and labels that there are', () => {
  const dashboard = JSON.parse(readFileSync(path.join(ROOT, 'examples/grafana-dashboard.json'), 'utf8')) as {
    panels: Array<{
      id: number;
      title: string;
      gridPos: object;
      targets: Array<{ expr: string; legendFormat: string }>;
    }>;
    templating: { list: Array<{ name: string; query: unknown }> };
  };
  const times = { load: new PagerHistogram(noTimes()), 'store.write': new PagerHistogram(noTimes()) };
  const given = subject();
  const families = [
    ...familiesOf([{ ...given, times: { ...given.times, ...times } }]),
    ...homeFamilies(homeSubject(), [regionSubject(new HomeCounts(1))]),
  ];
  const labelsOf = new Map<string, Set<string>>();
  for (const { name, samples } of families) {
    for (const { suffix, labels } of samples) labelsOf.set(`${name}${suffix}`, new Set(Object.keys(labels)));
  }
  const { panels, templating } = dashboard;
  assert.ok(panels.length >= 8);
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  const asked = new Set<string>();
  const queries = panels.flatMap(({ targets }) => targets.map(({ expr, legendFormat }) => ({ expr, legendFormat })));
  for (const { expr, legendFormat } of queries) {
    const names = expr.match(/farpage_\w+/g) ?? [];
    assert.ok(names.length > 0, expr);
    for (const name of names) {
      assert.ok(labelsOf.has(name), `${name} in ${expr}`);
      asked.add(name);
      const by = /by \((\w+)\)/.exec(expr)?.[1];
      if (by !== undefined) assert.ok(labelsOf.get(name)?.has(by), `${name} has ${by}`);
      if (name.endsWith('_total') || name.endsWith('_bucket')) assert.match(expr, /rate\(/);
    }
    const legend = /\{\{(\w+)\}\}/.exec(legendFormat)?.[1];
    if (legend !== undefined) assert.ok(expr.includes(`by (${legend})`), expr);
    const variables = expr.match(/\$(?!__)\w+/g) ?? [];
    for (const variable of variables)
      assert.ok(
        templating.list.some(({ name }) => `$${name}` === variable),
        variable,
      );
  }
  assert.match(
    JSON.stringify(templating),
    /label_values\(\{__name__=~\\"farpage_pager_info\|farpage_home_connections\\"\}, job\)/,
  );
  assert.ok(asked.size >= 12);
});

test('OpenTelemetry’s instruments observe the counters, and times since the last export', async () => {
  const { observePager } = (await import(path.join(ROOT, 'examples/opentelemetry.mjs'))) as {
    observePager(pager: object, meter: object): () => void;
  };
  const given = subject();
  const observed: unknown[][] = [];
  const callbacks = new Set<(result: object) => void>();
  const instrument = (name: string) => ({ name });
  const stop = observePager(
    { stats: () => given.stats, histogram: () => given.times.fault },
    {
      createObservableCounter: instrument,
      createObservableUpDownCounter: instrument,
      createObservableGauge: instrument,
      addBatchObservableCallback: (callback: (result: object) => void) => callbacks.add(callback),
      removeBatchObservableCallback: (callback: (result: object) => void) => callbacks.delete(callback),
    },
  );
  const observe = ({ name }: { name: string }, value: number, labels?: object) => observed.push([name, value, labels]);
  for (const callback of callbacks) callback({ observe });
  const find = (name: string) => observed.filter(([of]) => of === name);
  assert.deepEqual(find('farpage.faults')[0], ['farpage.faults', 3, { kind: 'missing' }]);
  // No fault came between the two.
  assert.deepEqual(find('farpage.fault.duration')[0], ['farpage.fault.duration', 0, { percentile: '50' }]);
  assert.equal(
    observed.every(([, value]) => typeof value === 'number'),
    true,
  );
  stop();
  assert.equal(callbacks.size, 0);
});

test('addresses: a port, HOST:PORT, [ADDRESS]:PORT; anything else is refused with one that works', () => {
  const loopback = (port: number) => ({ host: '127.0.0.1', port });
  assert.deepEqual(parseListen('--metrics', '9464'), loopback(9464));
  assert.deepEqual(parseListen('--metrics', ':0'), loopback(0));
  assert.deepEqual(parseListen('--metrics', '0.0.0.0:80'), { host: '0.0.0.0', port: 80 });
  assert.deepEqual(parseListen('--metrics', '[::1]:9464'), { host: '::1', port: 9464 });
  assert.deepEqual(parseListen('--metrics', 'my-host.example:1'), { host: 'my-host.example', port: 1 });
  for (const wrong of [
    '',
    'x',
    'http://127.0.0.1:9464',
    '1.2.3.4',
    '::1:80',
    '127.0.0.1:65536',
    '1:2:3',
    'a b:1',
    '-1',
  ]) {
    assert.throws(
      () => parseListen('--metrics', wrong),
      (error) => {
        assert.ok(error instanceof PagerError, `'${wrong}': ${String(error)}`);
        const [address = ''] = follow(error, /^give HOST:PORT, as ([\d.:]+), or a port alone$/);
        return error.code === 'OPTION' && parseListen('--metrics', address).port === 9464;
      },
    );
  }
});

test('the server answers scrapes at /metrics, and nothing else; an address in use is refused', async () => {
  const server = await MetricsServer.listen({ host: '127.0.0.1', port: 0 }, '--metrics', () => 'a 1\n');
  try {
    const { url } = server;
    const answer = await fetch(url);
    assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    assert.equal(await answer.text(), 'a 1\n');
    assert.equal((await fetch(`${url}?x=1`)).status, 200);
    assert.equal((await fetch(url.replace('/metrics', '/'))).status, 404);
    const posted = await fetch(url, { method: 'POST', body: 'x' });
    assert.deepEqual([posted.status, posted.headers.get('allow')], [405, 'GET, HEAD']);
    const port = Number(new URL(url).port);
    let error: unknown;
    await MetricsServer.listen({ host: '127.0.0.1', port }, '--metrics', () => '').catch((reason: unknown) => {
      error = reason;
    });
    assert.ok(error instanceof PagerError, String(error));
    assert.deepEqual([error.errno, error.syscall], ['EADDRINUSE', 'listen']);
    const [any = ''] = follow(error, /port (\d+) takes any$/);
    const other = await MetricsServer.listen({ host: '127.0.0.1', port: Number(any) }, '--metrics', () => '');
    await other.close();
    // A connection that asks for nothing does not delay the close.
    const idle = connect(port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    idle.on('error', () => undefined);
    const ended = new Promise((resolve) => idle.once('close', resolve));
    await server.close();
    await ended;
  } finally {
    await server.close();
  }
});

test.run();
