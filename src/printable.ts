// Text that somebody else has chosen, for a terminal: control characters could begin an escape sequence.

/** One line, such as the name of a process: each control character is replaced by '?'. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

/** A message, which may have several lines and tabs. */
export function printableLines(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '?');
}
