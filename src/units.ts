// Parses and formats sizes in bytes.
import { PagerError } from './errors.js';

/** Bytes: a number, or text with a binary unit: '64KiB', '256MiB', '8GiB'. */
export type Size = number | string;

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/**
 * Reads a size in bytes.
 * @param name what the size is of, for the error
 * @throws PagerError 'OPTION' if it is not a whole number of bytes from 0 to 2^53 - 1
 */
export function parseSize(size: Size, name: string): number {
  const bytes = typeof size === 'number' ? size : parseText(size);
  if (Number.isSafeInteger(bytes) && bytes >= 0) return bytes;
  throw new PagerError('OPTION', `${name}: '${size}' is not a size`, {
    hint: `give ${name} as a number of bytes, or as text with a binary unit such as '64KiB', '256MiB' or '8GiB'`,
  });
}

function parseText(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KiB|MiB|GiB|TiB|)$/.exec(String(text).trim());
  const unit = match?.[2] === undefined ? undefined : UNITS[match[2]];
  return match?.[1] === undefined || unit === undefined ? Number.NaN : Number(match[1]) * unit;
}

/** '128 MiB': a size for people, three digits at most. */
export function formatSize(bytes: number): string {
  const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < names.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${names[unit]}`;
}
