// The descriptor of a socket of Node.js, which has no public name for it.
import type { Socket } from 'node:net';

/** undefined: it is closed, or this runtime does not show it. */
export function descriptorOf(socket: Socket): number | undefined {
  const fd = (socket as Socket & { _handle?: { fd?: unknown } | null })._handle?.fd;
  return typeof fd === 'number' && fd >= 0 ? fd : undefined;
}
