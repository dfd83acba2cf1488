// Writes an image over another, and dies before its step n: `node image-crash.js FILE N`. Prints 'done' where there are fewer.
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { native } from '../../../src/native/native.js';

const [file = '', death = ''] = process.argv.slice(2);
let step = 0;

function maybeDie(): void {
  if (step++ === Number(death)) process.kill(process.pid, 'SIGKILL');
}

type Call = (...args: never[]) => unknown;

function mortal(of: Record<string, Call>, name: string): void {
  const call = of[name];
  if (call === undefined) throw new Error(`there is no ${name}`);
  of[name] = function (this: unknown, ...args: never[]): unknown {
    maybeDie();
    return call.apply(this, args);
  };
}

const handle = await open(import.meta.filename);
const prototype = Object.getPrototypeOf(handle) as Record<string, Call>;
await handle.close();
for (const name of ['writev', 'write', 'truncate', 'datasync', 'sync']) mortal(prototype, name);
for (const name of ['open', 'rename', 'unlink']) mortal(fs.promises as unknown as Record<string, Call>, name);
syncBuiltinESMExports();
// A job of many pieces may be cut off between any two of them.
const addon = native();
const { writePieces } = addon;
addon.writePieces = async (fd, buffer, pieces) => {
  for (let at = 0; at < pieces.length; at += 3) {
    maybeDie();
    await writePieces(fd, buffer, pieces.slice(at, at + 3));
  }
};

const { Model, writeImage } = await import('./kit.js');
const model = new Model(6, { seed: 2 }).put(1, 1).put(4, 4);
await writeImage(file, model, process.argv[4] === undefined ? {} : { parent: process.argv[4] });
process.stdout.write('done');
