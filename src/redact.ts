// Removes secrets of URLs from texts: users, passwords, and queries of HTTP URLs, which may be signatures or tokens.

/** A password may contain an unencoded '/' or '#': the last '@' before the query ends it. */
const REDIS_USER = /\b((?:redis|valkey)s?(?:-cluster)?:\/\/)[^\s'"?]*@/gi;
const ANY_USER = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@'"]*@/gi;
const HTTP_QUERY = /\b(https?:\/\/[^\s?#'"]*)\?[^\s'"]*/gi;

/** Text for people, with every secret of a URL in it replaced by ***. */
export function redact(text: string): string {
  // The common case: a text without a URL.
  if (!text.includes('://')) return text;
  return text.replace(REDIS_USER, '$1***@').replace(ANY_USER, '$1***@').replace(HTTP_QUERY, '$1?***');
}

/** A URL without its secrets, to be stored and opened later with secrets from elsewhere. HTTP URLs lose their query. */
export function withoutSecrets(url: string): string {
  return url.replace(ANY_USER, '$1').replace(HTTP_QUERY, '$1');
}
