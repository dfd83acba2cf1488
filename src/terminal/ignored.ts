// Ignores the signals that were ignored when the command was started (nohup(1)). Node.js resets them at its start;
// farpage-launch passes them on in a variable.
import { constants } from 'node:os';
import { native } from '../native/native.js';

const VARIABLE = 'FARPAGE_IGNORED';
const bits = BigInt(`0x${process.env[VARIABLE] ?? '0'}`);
const ignored = new Set(
  Object.entries(constants.signals)
    .filter(([, number]) => ((bits >> BigInt(number - 1)) & 1n) === 1n)
    .map(([name]) => name),
);
delete process.env[VARIABLE];

export function isIgnored(signal: NodeJS.Signals): boolean {
  return ignored.has(signal);
}

/** Ignores them again. */
export function keepIgnored(): void {
  for (const [name, number] of Object.entries(constants.signals)) {
    if (!ignored.has(name)) continue;
    try {
      native().ignoreSignal(number);
    } catch {
      // The addon is not built yet: for `farpage build` a listener is enough.
      process.on(name, () => {});
    }
  }
}
