// The metrics as entries of a registry of prom-client, without importing it: the registry asks each for its values.
import { PagerError } from '../errors.js';
import { type Family, familiesOf, type Labels, type Subject } from './families.js';

/** What is used of prom-client's `Registry`. */
export interface MetricRegister {
  // `never`: any registry fits, whatever its type of a metric is.
  registerMetric(metric: never): void;
}

interface Value {
  value: number;
  labels: Labels;
  metricName: string;
}

/** One metric, as prom-client's registry uses it. */
class Metric {
  /** The registry renames counters for OpenMetrics. */
  name: string;
  readonly aggregator = 'sum';
  readonly type: Family['type'];
  readonly #find: () => Family;

  constructor({ name, type }: Family, find: () => Family) {
    this.name = name;
    this.type = type;
    this.#find = find;
  }

  async get(): Promise<{ name: string; help: string; type: string; values: Value[]; aggregator: string }> {
    const { help, type, samples } = this.#find();
    const { name, aggregator } = this;
    const values = samples.map(({ suffix, labels, value }) => ({ value, labels, metricName: `${name}${suffix}` }));
    return { name, help, type, values, aggregator };
  }

  /** A pager's counters are never reset. */
  reset(): void {}
}

/** Registers the metrics of what `subjects` returns when the registry is asked. @throws PagerError 'OPTION' */
export function registerFamilies(register: MetricRegister, subjects: () => readonly Subject[]): void {
  if (typeof (register as MetricRegister | null)?.registerMetric !== 'function') {
    throw new PagerError('OPTION', 'registerMetrics: register is not a Registry of prom-client', {
      hint: 'give new Registry() of prom-client, or its `register`',
    });
  }
  // A registry asks all metrics in one go: they are of one instant, and counted once.
  let counted: Family[] | undefined;
  const families = (): Family[] => {
    if (counted === undefined) {
      counted = familiesOf(subjects());
      queueMicrotask(() => {
        counted = undefined;
      });
    }
    return counted;
  };
  for (const [index, family] of familiesOf([]).entries()) {
    const find = (): Family => families()[index] ?? family;
    register.registerMetric(new Metric(family, find) as never);
  }
}
