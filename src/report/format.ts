// Formats numbers for people.
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** '131,072' */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** '131,072 pages', '1 page' */
export function formatPages(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'page' : 'pages'}`;
}

/** '1.2k', '30k', '4M': a count for an axis. */
export function formatShort(count: number): string {
  if (count >= 1e6) return `${trim(count / 1e6)}M`;
  if (count >= 1e3) return `${trim(count / 1e3)}k`;
  return trim(count);
}

/** '500 ns', '20 µs', '1.5 ms', '2 s' from nanoseconds. */
export function formatTime(nanoseconds: number): string {
  if (nanoseconds >= 1e9) return `${trim(nanoseconds / 1e9)} s`;
  if (nanoseconds >= 1e6) return `${trim(nanoseconds / 1e6)} ms`;
  if (nanoseconds >= 1e3) return `${trim(nanoseconds / 1e3)} µs`;
  return `${trim(nanoseconds)} ns`;
}

/** At most three significant digits, without zeros at the end. */
export function trim(value: number): string {
  return String(Number(value.toPrecision(3)));
}
