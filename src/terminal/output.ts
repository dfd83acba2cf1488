/** Listens to errors of standard output, which also reach the callback of the write: that handles them. */
export const heard = (): void => {};

/**
 * Writes to standard output, and waits until it is written. A reader that ends early
 * (`farpage doctor | head -1`) is not a failure. Only here and in screen.ts, which has a terminal, is `process.stdout` used: it
 * makes a pipe non-blocking for all processes that share it.
 */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error: NodeJS.ErrnoException | null | undefined): void => {
      if (!error) resolve();
      else if (error.code === 'EPIPE') process.exit();
      else reject(error);
    };
    if (!process.stdout.listeners('error').includes(heard)) process.stdout.on('error', heard);
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, end);
  });
}

/** The one document of `--json`. JSON leaves the control characters U+007F to U+009F as they are: they are escaped, too. */
export function printJson(value: unknown): Promise<void> {
  const escaped = (character: string): string => `\\u00${character.charCodeAt(0).toString(16)}`;
  return print(JSON.stringify(value, null, 2).replace(/[\u007f-\u009f]/g, escaped));
}

/** Colours for a terminal that takes them, by NO_COLOR and `isTTY`. */
export function paint(): (text: string, style: Style) => string {
  return painter(process.stdout.isTTY);
}

export function painter(terminal: boolean): (text: string, style: Style) => string {
  const on = terminal && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  return on ? (text, style) => `\u001b[${STYLES[style]}m${text}\u001b[0m` : (text) => text;
}

const STYLES = { bold: 1, faint: 2, red: 31, green: 32, yellow: 33 } as const;
export type Style = keyof typeof STYLES;

/** Lines of cells in columns as wide as their widest, the last one open; widths are of the cells without colour. */
export function columns(rows: ReadonlyArray<ReadonlyArray<string>>, indent = '  '): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, visibleLength(cell));
  }
  return rows
    .map(
      (row) =>
        indent +
        row
          .map((cell, i) => pad(cell, widths[i] ?? 0))
          .join('  ')
          .trimEnd(),
    )
    .join('\n');
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - visibleLength(cell));
}

function visibleLength(text: string): number {
  const [first = '', ...painted] = text.split('\u001b[');
  return painted.reduce((length, part) => length + part.length - part.indexOf('m') - 1, first.length);
}
