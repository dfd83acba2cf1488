// Turns errors of Redis and its client into StoreErrors: transient or permanent, with a hint.
import { describeError, PagerError } from '../errors.js';
import { errnoOf, errorSyscall, isTlsRefusal, StoreError, type StoreErrorCode } from './store-error.js';

/** First words of transient error replies, with a hint for each. */
const TRANSIENT_HINTS: ReadonlyMap<string, string | undefined> = new Map([
  ['LOADING', undefined],
  ['BUSY', 'a script is running on the server'],
  ['READONLY', 'the server is a replica: give the address of the master'],
  ['MASTERDOWN', undefined],
  ['CLUSTERDOWN', 'some hash slots are served by no node: look at CLUSTER INFO'],
  ['TRYAGAIN', undefined],
  ['MOVED', 'the server is part of a cluster: write redis-cluster://host:port'],
  ['ASK', undefined],
  ['OOM', 'raise maxmemory on the server (and keep maxmemory-policy noeviction), or remove other keys'],
  ['MISCONF', 'the server cannot persist to its disk: look at its log'],
  ['NOREPLICAS', 'the server waits for enough replicas'],
]);

const REFUSAL_HINTS: ReadonlyMap<string, string> = new Map([
  ['WRONGPASS', 'correct the user name, and the password (FARPAGE_REDIS_PASSWORD, ?password-file=, or in the URL)'],
  ['NOAUTH', 'give the password: FARPAGE_REDIS_PASSWORD, REDISCLI_AUTH, or redis://host?password-file=/path'],
  ['NOPERM', 'let this user GET, MGET, SET, MSET and UNLINK the keys of the prefix (ACL SETUSER)'],
  ['WRONGTYPE', 'another program uses keys of this prefix: choose another prefix'],
]);

/** Whether every further connection attempt would fail too: a wrong password, a server that is not Redis. */
export function isRefusal(error: unknown): boolean {
  return isErrorReply(error) ? !isTransientReply(error) : isTlsRefusal(error);
}

// By the name of the client's class: the client itself is loaded only if Redis is used.
function isErrorReply(error: unknown): error is Error {
  let kind: unknown = error instanceof Error ? error : null;
  while (kind !== null && (kind as object).constructor.name !== 'ErrorReply') kind = Object.getPrototypeOf(kind);
  return kind !== null;
}

function firstWord(error: Error): string {
  return /^-?([A-Z]+)/.exec(error.message)?.[1] ?? '';
}

function isTransientReply(error: Error): boolean {
  return TRANSIENT_HINTS.has(firstWord(error)) || error.message.includes('max number of clients');
}

/** Turns a client library's error into a StoreError: error replies by their first word, all others as connection errors. */
export function redisError(code: StoreErrorCode, name: string, error: unknown): PagerError {
  if (error instanceof PagerError) return error;
  if (isErrorReply(error)) {
    const word = firstWord(error);
    const hint = TRANSIENT_HINTS.get(word) ?? REFUSAL_HINTS.get(word);
    return new StoreError(code, isTransientReply(error), `${name}: ${error.message}`, { hint, cause: error });
  }
  const transient = !isTlsRefusal(error);
  return new StoreError(code, transient, `${name}: no connection: ${describeError(error)}`, {
    errno: errnoOf(error),
    syscall: errorSyscall(error),
    hint: transient
      ? 'start the server, or correct host and port in the URL'
      : 'the server has no certificate that this machine trusts: add its authority with NODE_EXTRA_CA_CERTS',
    cause: error,
  });
}

/** The key `<prefix><page>` does not exist. Permanent: only Redis can have removed it. */
export function lostPageError(name: string, page: number): StoreError {
  return new StoreError('STORE_READ', false, `${name}: Redis no longer has page ${page}`, {
    hint: 'keys must not be evicted (maxmemory-policy noeviction), and a server that restarts must keep them (appendonly yes)',
  });
}

export function wrongLengthError(name: string, page: number, got: number, wanted: number): StoreError {
  return new StoreError('STORE_READ', false, `${name}: page ${page} has ${got} bytes in Redis, not ${wanted}`, {
    hint: 'another program, or a region of another page size, uses keys of this prefix: choose another prefix',
  });
}
