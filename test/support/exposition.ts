// A strict reader of Prometheus' text format, by its description: for tests of what farpage exposes.
import assert from 'node:assert/strict';

export interface Exposed {
  type: string;
  help: string;
  samples: Array<{ name: string; labels: Record<string, string>; value: number }>;
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/** The families by name; the text must follow the format to the letter. */
export function parseExposition(text: string): Map<string, Exposed> {
  assert.ok(text === '' || text.endsWith('\n'), 'the last line ends');
  const families = new Map<string, Exposed>();
  const seen = new Set<string>();
  let current = '';
  for (const line of text.split('\n').slice(0, -1)) {
    const [, word = '', name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (word === 'HELP') {
      assert.ok(!families.has(name), `${name} stands once`);
      families.set(name, { type: '', help: rest, samples: [] });
      current = name;
    } else if (word === 'TYPE') {
      assert.equal(name, current);
      assert.match(rest, /^(counter|gauge|histogram)$/);
      Object.assign(families.get(name) ?? {}, { type: rest });
    } else {
      const match = SAMPLE.exec(line);
      assert.ok(match, `'${line}' is a sample`);
      const [, full = '', labelText = '', number = ''] = match;
      const family = families.get(current);
      const suffix = full.slice(current.length);
      const suffixes = family?.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      assert.ok(full.startsWith(current) && suffixes.includes(suffix), `${full} is in ${current}`);
      assert.ok(!seen.has(line.slice(0, line.lastIndexOf(' '))), `${line} stands once`);
      seen.add(line.slice(0, line.lastIndexOf(' ')));
      const value = number === '+Inf' ? Number.POSITIVE_INFINITY : Number(number);
      assert.ok(!Number.isNaN(value), `${number} is a number`);
      family?.samples.push({ name: full, labels: labelsOf(labelText), value });
    }
  }
  return families;
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const match = LABEL.exec(text);
    assert.ok(match, `'${text}' is a list of labels`);
    const [, name = '', value = ''] = match;
    labels[name] = value.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
  }
  return labels;
}

/** The one sample of these labels. */
export function sampleOf(families: Map<string, Exposed>, name: string, labels: Record<string, string> = {}): number {
  const family = families.get(name.replace(/_(?:bucket|sum|count)$/, '')) ?? families.get(name);
  const found = family?.samples.filter(
    (sample) => sample.name === name && Object.entries(labels).every(([label, text]) => sample.labels[label] === text),
  );
  assert.equal(found?.length, 1, `${name} ${JSON.stringify(labels)}`);
  return found?.[0]?.value ?? Number.NaN;
}

/** Names end in their units, those of counters in _total; buckets only grow, up to the count. */
export function checkConventions(families: Map<string, Exposed>): void {
  for (const [name, { type, help, samples }] of families) {
    assert.match(name, /^farpage_[a-z_]+$/);
    assert.match(help, /^[A-Z].*\.$/);
    assert.equal(type === 'counter', name.endsWith('_total'), name);
    if (type === 'histogram') assert.match(name, /_seconds$/);
    if (type === 'gauge') assert.match(name, /_(?:bytes|info|regions|nodes|connections|requests)$/);
    if (type !== 'histogram') continue;
    const counts = samples.filter((sample) => sample.name === `${name}_count`);
    assert.ok(counts.length > 0, name);
    for (const { labels, value } of counts) {
      const { length } = Object.keys(labels);
      const buckets = samples
        .filter((sample) => sample.name === `${name}_bucket` && Object.keys(sample.labels).length === length + 1)
        .filter((sample) => Object.entries(labels).every(([label, text]) => sample.labels[label] === text))
        .map((sample) => sample.value);
      assert.deepEqual(
        buckets,
        buckets.toSorted((a, b) => a - b),
        name,
      );
      assert.equal(buckets.at(-1), value);
    }
  }
}
