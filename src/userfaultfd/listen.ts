// Listens where an earlier server may have left its socket file.
import { lstatSync, unlinkSync } from 'node:fs';
import { createConnection } from 'node:net';
import { PagerError } from '../errors.js';
import { type DescriptorServer, DescriptorSocket } from './descriptors.js';

/** Listens at a path for streams; a socket file that a killed server has left there is removed. @throws PagerError as `listen` */
export async function listenAfresh(path: string): Promise<DescriptorServer> {
  try {
    return await DescriptorSocket.listen(path, { type: 'stream' });
  } catch (error) {
    const inUse = error instanceof PagerError && error.errno === 'EADDRINUSE';
    if (!inUse) throw error;
    const stale = lstatSync(path, { bigint: true });
    if (!stale.isSocket() || (await answers(path))) throw error;
    // But not that of another server that listens there meanwhile.
    if (lstatSync(path, { bigint: true, throwIfNoEntry: false })?.ino === stale.ino) unlinkSync(path);
    return DescriptorSocket.listen(path, { type: 'stream' });
  }
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(path);
    connection.on('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.on('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
  });
}
