// What a peer has sent that is not served. criu restore waits for no answer: when it is refused, or its restore fails here, it may have sent all of its
// tasks and its last word, and the tasks run. If it has more to send, it fails.
import { failureLine } from '../errors.js';
import type { DescriptorSocket } from '../userfaultfd/index.js';
import { door } from '../userfaultfd/native.js';

/** Receives what was sent, and refuses what is sent from now on. Resolves to the descriptors, which must stay open as long as their tasks run. */
export async function receiveRest(socket: DescriptorSocket, say: (line: string) => void): Promise<number[]> {
  const descriptors: number[] = [];
  try {
    door.endReading(socket.fd);
    for (let rest = await socket.receive(); rest !== null; rest = await socket.receive()) {
      descriptors.push(...rest.descriptors);
    }
  } catch (error) {
    say(`process ${socket.peer.pid} at the socket: ${failureLine(error)}`);
  }
  return descriptors;
}
