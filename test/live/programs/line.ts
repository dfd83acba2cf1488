// One end of a connection as a migration has it, with short intervals: says what becomes of it.
import net from 'node:net';
import { Connection } from '../../../src/migrate/packet.js';

const [host = '', port = ''] = process.argv.slice(2);
// A process that is only busy would be waited for for ever.
const silence = { interval: 100, short: 5, long: Number.MAX_SAFE_INTEGER };

function begin(socket: net.Socket): void {
  const connection = new Connection(socket, () => {}, silence);
  socket.once('data', () => console.log('heard'));
  void connection.closed.then((error) => {
    console.log(String(error));
    process.exit();
  });
}

if (port !== '') {
  const socket = net.connect(Number(port), host, () => begin(socket));
} else {
  const server = net.createServer(begin).listen(0, host, () => {
    const bound = server.address();
    if (bound !== null && typeof bound === 'object') console.log(`port ${bound.port}`);
  });
}
