// A home that breaks a rule on purpose, by a number BREAK_ of assembly/dsm/layout.ts: a test must find it.
import { Home } from '../../../src/dsm/home.js';

const home = await Home.start({ listen: 'tcp://127.0.0.1:0', breaks: Number(process.argv[2]) });
process.stdout.write(`${home.url}\n`);
