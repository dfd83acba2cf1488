// Prometheus' text exposition format, 0.0.4.
import { type Family, familiesOf, type Subject } from './families.js';

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** The metrics of these pagers, which have labels of their own. */
export function expose(subjects: readonly Subject[]): string {
  return exposeFamilies(familiesOf(subjects));
}

/** Those that have samples. */
export function exposeFamilies(families: readonly Family[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(textOf)
    .join('');
}

function textOf({ name, help, type, samples }: Family): string {
  const lines = samples.map(({ suffix, labels, value }) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text).replaceAll('"', '\\"')}"`);
    return `${name}${suffix}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`;
  });
  return `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
