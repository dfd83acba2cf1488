// The messages between `farpage snapshot`, `farpage dump` and a pager: one JSON document per line. The client sends one line;
// the pager answers with any number, the last of type 'found', 'absent', 'dumped', 'done' or 'error'. A client that closes
// the connection before that cancels its request.
import type { Socket } from 'node:net';
import type { CoreDump } from '../core/dump.js';
import { PagerError, type PagerErrorCode, type PagerErrorMessage } from '../errors.js';
import { isIdentity } from '../linux/identity.js';
import { checkDump } from './dump.js';

export const VERSION = 2;
/** Most bytes of a line: only paths and names of processes are long. */
const LINE_LIMIT = 65_536;
const PID_LIMIT = 2 ** 22;
const IDENTITY_LIMIT = 100;
const PATH_LIMIT = 4096;
const BUFFER_LIMIT = 2 ** 40;

/** How long the program is stopped: not at all, from before the pages are protected until the instant, or to the end. */
export type Stop = 'no' | 'instant' | 'all';
export type Format = 'image' | 'mapped-ram';

export interface SnapshotOrder {
  /** Of the process: see identity.ts. */
  identity: string;
  /** A file's whole path, or a store's URL. */
  output: string;
  format: Format;
  /** Bytes. */
  bufferLimit: number;
  /** An image's whole path, or its URL. */
  incrementalFrom: string | null;
  stop: Stop;
}

export type Request =
  | { type: 'find'; identity: string }
  | { type: 'dump'; identity: string }
  | ({ type: 'snapshot' } & SnapshotOrder);

/** A process whose memory a pager has. */
export interface Served {
  identity: string;
  /** Its pid in the pager's namespace, as in the report. */
  pid: number;
  name: string;
}

/** See docs/snapshots.md. */
export interface ControlReport {
  id: string;
  incrementalFrom: string | null;
  pid: number;
  program: string;
  pages: number;
  samePages: number;
  zeroPages: number;
  bytesWritten: number;
  seconds: number;
  instantMilliseconds: number;
  bufferPeakBytes: number;
  /** Processes that were stopped, and for how long; null without --stop. */
  stopped: { processes: number; milliseconds: number } | null;
}

export type Reply =
  | { type: 'found'; served: Served }
  | { type: 'absent'; served: Served[] }
  | { type: 'progress'; pages: number; most: number }
  | { type: 'instant' }
  | { type: 'dumped'; served: Served; dump: CoreDump }
  | { type: 'done'; report: ControlReport }
  | { type: 'error'; error: PagerErrorMessage };

export function writeLine(socket: Socket, message: Request | Reply): void {
  if (!socket.destroyed && socket.writable) socket.write(`${JSON.stringify({ farpage: VERSION, ...message })}\n`);
}

/** Splits received bytes into lines, and parses them. */
export class Lines {
  #text = '';

  /** @throws PagerError 'PROTOCOL' */
  push(text: string): unknown[] {
    const lines = (this.#text + text).split('\n');
    this.#text = lines.pop() ?? '';
    if (this.#text.length > LINE_LIMIT || lines.some((line) => line.length > LINE_LIMIT)) {
      throw odd('a line of more than 64 KiB');
    }
    return lines.map(parse);
  }
}

/** @throws PagerError 'PROTOCOL' for a message that no client of this version sends */
export function checkRequest(value: unknown): Request {
  const { type, ...fields } = versioned(value);
  const identity = identityIn(fields);
  if (type === 'find' || type === 'dump') return { type, identity };
  if (type !== 'snapshot') throw odd(`a request of type ${JSON.stringify(type)}`);
  const { incrementalFrom } = fields;
  return {
    type,
    identity,
    output: path(fields, 'output'),
    format: oneOf(fields, 'format', ['image', 'mapped-ram'] as const),
    bufferLimit: whole(fields, 'bufferLimit', 1, BUFFER_LIMIT),
    incrementalFrom: incrementalFrom === null ? null : path(fields, 'incrementalFrom'),
    stop: oneOf(fields, 'stop', ['no', 'instant', 'all'] as const),
  };
}

/** @throws PagerError 'PROTOCOL' for a message that no pager of this version sends */
export function checkReply(value: unknown): Reply {
  const { type, ...fields } = versioned(value);
  switch (type) {
    case 'found':
      return { type, served: servedOf(fields['served']) };
    case 'absent':
      return { type, served: list(fields['served']).map(servedOf) };
    case 'progress':
      return { type, pages: whole(fields, 'pages'), most: whole(fields, 'most') };
    case 'instant':
      return { type };
    case 'dumped':
      return { type, served: servedOf(fields['served']), dump: checkDump(fields['dump']) };
    case 'done':
      return { type, report: reportOf(fields['report']) };
    case 'error':
      return { type, error: errorOf(fields['error']) };
    default:
      throw odd(`a reply of type ${JSON.stringify(type)}`);
  }
}

type Fields = Record<string, unknown>;

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw odd('a line that is not JSON');
  }
}

function versioned(value: unknown): Fields {
  const fields = fieldsOf(value);
  if (fields['farpage'] !== VERSION) throw odd(`version ${JSON.stringify(fields['farpage'])}`);
  return fields;
}

function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw odd('something that is not an object');
  return value as Fields;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw odd('something that is not a list');
  return value;
}

function whole(fields: Fields, name: string, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  const value = fields[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw odd(`${name} ${JSON.stringify(value)}`);
}

function amount(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw odd(`${name} ${JSON.stringify(value)}`);
}

function text(fields: Fields, name: string, max = LINE_LIMIT): string {
  const value = fields[name];
  if (typeof value === 'string' && value.length <= max) return value;
  throw odd(`${name} ${JSON.stringify(value)}`);
}

function path(fields: Fields, name: string): string {
  const value = text(fields, name, PATH_LIMIT);
  if (value === '' || value.includes('\0')) throw odd(`${name} ${JSON.stringify(value)}`);
  return value;
}

function oneOf<T extends string>(fields: Fields, name: string, words: readonly T[]): T {
  const found = words.find((word) => word === fields[name]);
  if (found === undefined) throw odd(`${name} ${JSON.stringify(fields[name])}`);
  return found;
}

function servedOf(value: unknown): Served {
  const fields = fieldsOf(value);
  return { identity: identityIn(fields), pid: whole(fields, 'pid', 1, PID_LIMIT), name: text(fields, 'name') };
}

function identityIn(fields: Fields): string {
  const value = text(fields, 'identity', IDENTITY_LIMIT);
  if (isIdentity(value)) return value;
  throw odd(`identity ${JSON.stringify(value)}`);
}

function reportOf(value: unknown): ControlReport {
  const fields = fieldsOf(value);
  const from = fields['incrementalFrom'];
  const stopped = fields['stopped'] === null ? null : fieldsOf(fields['stopped']);
  return {
    id: text(fields, 'id'),
    incrementalFrom: from === null ? null : text(fields, 'incrementalFrom'),
    pid: whole(fields, 'pid', 1, PID_LIMIT),
    program: text(fields, 'program'),
    pages: whole(fields, 'pages'),
    samePages: whole(fields, 'samePages'),
    zeroPages: whole(fields, 'zeroPages'),
    bytesWritten: whole(fields, 'bytesWritten'),
    seconds: amount(fields, 'seconds'),
    instantMilliseconds: amount(fields, 'instantMilliseconds'),
    bufferPeakBytes: whole(fields, 'bufferPeakBytes'),
    stopped:
      stopped === null
        ? null
        : { processes: whole(stopped, 'processes'), milliseconds: amount(stopped, 'milliseconds') },
  };
}

const CODES: readonly PagerErrorCode[] = [
  'UNSUPPORTED',
  'PERMISSION',
  'OPTION',
  'REGION',
  'STORE_READ',
  'STORE_WRITE',
  'PROTOCOL',
  'CLOSED',
  'LAYOUT',
  'INTERNAL',
];

function errorOf(value: unknown): PagerErrorMessage {
  const fields = fieldsOf(value);
  const maybe = (name: string) => (fields[name] === undefined ? undefined : text(fields, name));
  return {
    code: oneOf(fields, 'code', CODES),
    message: text(fields, 'message'),
    errno: maybe('errno'),
    syscall: maybe('syscall'),
    hint: maybe('hint'),
    cause: maybe('cause'),
  };
}

function odd(what: string): PagerError {
  return new PagerError('PROTOCOL', `${what} came through a control socket`, {
    hint: 'the command and the pager must be of one version of farpage',
  });
}
