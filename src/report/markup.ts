// HTML and SVG templates that escape every value.
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that stands for itself in HTML and SVG, in content and in quoted attributes. */
export function escapeMarkup(text: string): string {
  // Control characters are allowed in no XML, so that not even an escape would carry them.
  const printable = text.replace(/[^\t\n\r -~\u0080-\u{10ffff}]/gu, '\ufffd');
  return printable.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Markup that is done: the only thing that `html` lets through as it is. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | ReadonlyArray<Markup>;

/** A template whose values are escaped, but for Markup. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  let text = strings[0] ?? '';
  for (const [i, part] of parts.entries()) text += render(part) + (strings[i + 1] ?? '');
  return new Markup(text);
}

function render(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return escapeMarkup(part);
  if (typeof part === 'number') return Number.isInteger(part) ? String(part) : String(Math.round(part * 100) / 100);
  return part.map(({ text }) => text).join('');
}
