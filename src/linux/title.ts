// Removes secrets from this process's command line, which the process list shows to every user.
import { redact } from '../redact.js';

export const SECRET_SHOWN =
  'a URL on the command line holds a secret, which every user could see until now: name a file, ' +
  'redis://host?password-file=/path, or a variable: FARPAGE_REDIS_PASSWORD, or env:NAME for a whole URL';

/**
 * Rewrites this process's command line if a URL in it holds a secret. From then on /proc/self/cmdline is not what was typed.
 * @returns whether one of the command's own words held one, not of a program's after `--`
 */
export function hideSecrets(): boolean {
  const [, , ...words] = process.argv;
  const end = words.indexOf('--');
  const holds = (word: string): boolean => redact(word) !== word;
  if (words.some(holds)) process.title = ['farpage', ...words.map(redact)].join(' ');
  return (end < 0 ? words : words.slice(0, end)).some(holds);
}
