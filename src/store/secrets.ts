// Reads a store's secrets from environment variables and files, and keeps them from programs. See docs/stores.md.
import { readFileSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { errnoOf, errorSyscall } from './store-error.js';

/** For farpage only: programs that it starts do not get this variable. */
const OWN_PASSWORD = 'FARPAGE_REDIS_PASSWORD';
/** redis-cli's variable; it may be for another server. */
const AMBIENT_PASSWORD = 'REDISCLI_AUTH';
const VARIABLE_URL = /^env:([A-Za-z_][A-Za-z0-9_]*)$/;
const REDIS = /^((?:redis|valkey)s?(?:-cluster)?:\/\/)([^/?#]*@)?/;
const MAX_PASSWORD_BYTES = 4096;

const variablesRead = new Set([OWN_PASSWORD]);

/** Environment variables that held secrets for farpage: programs that it starts do not get them. */
export function secretVariables(): string[] {
  return [...variablesRead];
}

/** Whether the password came from redis-cli's variable: the server may have none. */
export function isAmbient(password: string | undefined): boolean {
  return password !== undefined && password === process.env[AMBIENT_PASSWORD];
}

/**
 * The URL with its secrets: `env:NAME` means the URL in that variable, and a Redis URL without a password gets that of its
 * `?password-file=`, of FARPAGE_REDIS_PASSWORD, or of REDISCLI_AUTH.
 * @throws PagerError 'OPTION' if the variable or the file cannot be read
 */
export function completeUrl(url: string): string {
  const whole = fromVariable(url);
  const [start = '', scheme = '', userinfo = ''] = REDIS.exec(whole) ?? [];
  if (start === '') return whole;
  const { rest, file } = withoutPasswordFile(whole.slice(start.length));
  const [user = '', given] = userinfo.slice(0, -1).split(/:(.*)/s);
  if (given !== undefined && given !== '') {
    if (file === undefined) return whole;
    throw new PagerError('OPTION', 'Redis URL: a password and a password-file', { hint: 'leave one of them out' });
  }
  const password = file === undefined ? fromEnvironment() : readPassword(file);
  if (password === undefined) return whole;
  return `${scheme}${user}:${encodeURIComponent(password)}@${rest}`;
}

function fromVariable(url: string): string {
  const name = VARIABLE_URL.exec(url)?.[1];
  if (name === undefined) return url;
  const value = process.env[name];
  if (value === undefined || value === '' || VARIABLE_URL.test(value)) {
    throw new PagerError('OPTION', `env:${name}: there is no URL in the variable ${name}`, {
      hint: `export ${name}='redis://:password@host:6379'`,
    });
  }
  variablesRead.add(name);
  return value;
}

function fromEnvironment(): string | undefined {
  return process.env[OWN_PASSWORD] || process.env[AMBIENT_PASSWORD] || undefined;
}

function withoutPasswordFile(rest: string): { rest: string; file: string | undefined } {
  const [before = '', query] = rest.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query ?? '');
  const file = parameters.get('password-file') ?? undefined;
  if (file === undefined) return { rest, file };
  // Other parts stay as written: encoding a prefix again could change it.
  const others = (query ?? '').split('&').filter((each) => !each.startsWith('password-file='));
  return { rest: others.length === 0 ? before : `${before}?${others.join('&')}`, file };
}

function readPassword(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new PagerError('OPTION', `password-file: ${file} cannot be read`, {
      errno: errnoOf(cause),
      syscall: errorSyscall(cause),
      hint: 'give the path of a file that holds the password alone',
      cause,
    });
  }
  const password = bytes.toString('utf8').replace(/\r?\n$/, '');
  if (password !== '' && bytes.length <= MAX_PASSWORD_BYTES && !password.includes('\n')) return password;
  throw new PagerError('OPTION', `password-file: ${file} does not hold a password`, {
    hint: 'put the password into its only line',
  });
}

/** A stored URL without secrets, completed with user and password of `like` if both name the same servers. */
export function withSecretsOf(url: string, like: string): string {
  const parts = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*@)?([^/?#]*)/i;
  const [, scheme, own, hosts] = parts.exec(url) ?? [];
  const [, otherScheme, userinfo, otherHosts] = parts.exec(like) ?? [];
  if (scheme === undefined || own !== undefined || userinfo === undefined) return url;
  if (scheme !== otherScheme || hosts !== otherHosts) return url;
  return scheme + userinfo + url.slice(scheme.length);
}
