// Numbers for people.
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(value) / 10));
  const scaled = value / 2 ** (10 * power);
  return `${power === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${UNITS[power]}`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

export function microseconds(value: number | null): string {
  if (value === null) return '–';
  if (value >= 1e6) return `${three(value / 1e6)} s`;
  return value >= 1000 ? `${three(value / 1000)} ms` : `${three(value)} µs`;
}

/** Three digits, without zeros at the end. */
function three(value: number): string {
  return String(Number(value.toPrecision(3)));
}
