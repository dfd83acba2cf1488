// Arguments, variables and paths as bytes: Node.js decodes them as UTF-8, which loses other bytes.
import { readFileSync } from 'node:fs';

/** The last `count` arguments of this process. */
export function lastArguments(count: number): Buffer[] {
  const all = stringsOf('/proc/self/cmdline');
  return all.slice(all.length - count);
}

/** A variable as this process was started with it; undefined: it was not set. */
export function variable(name: string): Buffer | undefined {
  const mark = Buffer.from(`${name}=`);
  const found = stringsOf('/proc/self/environ').find((entry) => entry.subarray(0, mark.byteLength).equals(mark));
  return found?.subarray(mark.byteLength);
}

function stringsOf(file: string): Buffer[] {
  const bytes = readFileSync(file);
  const strings: Buffer[] = [];
  for (let from = 0, end = bytes.indexOf(0); end >= 0; from = end + 1, end = bytes.indexOf(0, from)) {
    strings.push(bytes.subarray(from, end));
  }
  return strings;
}
