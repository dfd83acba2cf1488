// A home that grants without waiting for acknowledgements: a litmus test must find it.
import { Home } from '../../../src/dsm/home.js';

const home = await Home.start({ listen: 'tcp://127.0.0.1:0', noAcks: true });
process.stdout.write(`${home.url}\n`);
