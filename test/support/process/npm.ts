/** What `npm test` adds to the environment, taken away: npm as a user starts it, with nothing of this checkout. */
export function userEnvironment(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => /^npm_/i.test(name) || name === 'INIT_CWD');
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
