// Secrets in URLs: users, passwords, and the queries of HTTP URLs, which may be signatures or tokens.

/** Where a password holds a '/' or '#' that is not encoded, the last '@' before the query ends it all the same. */
const REDIS_USER = /\b((?:redis|valkey)s?(?:-cluster)?:\/\/)[^\s'"?]*@/gi;
const ANY_USER = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@'"]*@/gi;
const HTTP_QUERY = /\b(https?:\/\/[^\s?#'"]*)\?[^\s'"]*/gi;

/** Text for people, with every secret of a URL in it replaced by ***. */
export function redact(text: string): string {
  // Most texts hold no URL.
  if (!text.includes('://')) return text;
  return text.replace(REDIS_USER, '$1***@').replace(ANY_USER, '$1***@').replace(HTTP_QUERY, '$1?***');
}

/** A URL to be written down, and opened later with secrets from elsewhere: without user and password, and of HTTP without query. */
export function withoutSecrets(url: string): string {
  return url.replace(ANY_USER, '$1').replace(HTTP_QUERY, '$1');
}
