// Every hint that farpage gives, found in its sources: what the table of docs/hints.md is compared with.

export interface Hint {
  file: string;
  line: number;
  /** What is computed stands as …. */
  text: string;
}

interface Token {
  kind: 'word' | 'text' | 'mark';
  text: string;
  at: number;
}

/** A name that holds hints: `hint`, `advice`, `BUILD_HINT`, `REFUSAL_HINTS`, `deviceHint`. */
const HOLDER = /^(?:hints?|advice)$|_HINTS?$|^HINTS?$|[a-z]Hints?$|^hint[A-Z]/;
const OPENS = new Set(['(', '[', '{']);
const CLOSES = new Set([')', ']', '}']);
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<word>[\w$#]+)|'(?<single>(?:[^'\\\n]|\\.)*)'|"(?<double>(?:[^"\\\n]|\\.)*)"|(?<mark>=>|\S)/y;
const REGULAR = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;

/** The tokens of a TypeScript file, without its comments and regular expressions. */
function tokens(source: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const last = found.at(-1);
    if (/\s/.test(source[at] ?? '')) {
      at++;
      continue;
    }
    if (source[at] === '`') {
      const { text, end } = template(source, at + 1);
      found.push({ kind: 'text', text, at });
      at = end;
      continue;
    }
    const operand = last === undefined || (last.kind === 'mark' && !CLOSES.has(last.text)) || last.text === 'return';
    if (source[at] === '/' && operand && !/[/*]/.test(source[at + 1] ?? '')) {
      REGULAR.lastIndex = at;
      const regular = REGULAR.exec(source);
      if (regular !== null) {
        at = REGULAR.lastIndex;
        continue;
      }
    }
    TOKEN.lastIndex = at;
    const { word, single, double, mark } = TOKEN.exec(source)?.groups ?? {};
    const text = single ?? double;
    if (word !== undefined) found.push({ kind: 'word', text: word, at });
    else if (text !== undefined) found.push({ kind: 'text', text: text.replace(/\\(.)/g, '$1'), at });
    else if (mark !== undefined) found.push({ kind: 'mark', text: mark, at });
    at = Math.max(at + 1, TOKEN.lastIndex);
  }
  return found;
}

/** A template from behind its first mark; what it computes becomes …. */
function template(source: string, from: number): { text: string; end: number } {
  let text = '';
  let at = from;
  while (at < source.length && source[at] !== '`') {
    if (source.startsWith('${', at)) {
      let depth = 1;
      for (at += 2; depth > 0 && at < source.length; at++) {
        if (source[at] === '`') at = template(source, at + 1).end - 1;
        else if (source[at] === '{') depth++;
        else if (source[at] === '}') depth--;
      }
      text += '…';
    } else {
      if (source[at] === '\\') at++;
      text += source[at++];
    }
  }
  return { text, end: at + 1 };
}

/** Functions that take a hint as an argument: the argument's place, by the function's name. */
function takers(code: readonly Token[]): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i < code.length; i++) {
    const named = code[i]?.text === 'function' ? code[i + 1] : undefined;
    const arrow =
      code[i]?.text === 'const' && code[i + 2]?.text === '=' && code[i + 3]?.text === '(' ? code[i + 1] : undefined;
    const open = named !== undefined ? i + 2 : i + 3;
    const name = (named ?? arrow)?.text;
    if (name === undefined || code[open]?.text !== '(') continue;
    const place = argumentsFrom(code, open).findIndex((argument) => argument[0]?.text === 'hint');
    if (place >= 0) found.set(name, place);
  }
  return found;
}

/** The arguments of the list that opens at `open`, as tokens. */
function argumentsFrom(code: readonly Token[], open: number): Token[][] {
  const list: Token[][] = [[]];
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    const token = code[i] as Token;
    const mark = token.kind === 'mark';
    if (mark && CLOSES.has(token.text) && --depth === 0) break;
    if (mark && token.text === ',' && depth === 1) list.push([]);
    else if (i > open) list.at(-1)?.push(token);
    if (mark && OPENS.has(token.text)) depth++;
  }
  return list;
}

/** From behind a `:`, `=` or the name of a function to the end of what it names. */
function valueFrom(code: readonly Token[], from: number, isFunction: boolean): Token[] {
  let depth = 0;
  for (let i = from; i < code.length; i++) {
    const { kind, text } = code[i] as Token;
    if (kind !== 'mark') continue;
    if (OPENS.has(text)) depth++;
    else if (CLOSES.has(text)) depth--;
    if (depth < 0 || (depth === 0 && !isFunction && /^[,;]$/.test(text))) return code.slice(from, i);
    if (depth === 0 && isFunction && text === '}') return code.slice(from, i);
  }
  return code.slice(from);
}

/** The hints of a source file. `shared` are functions of other files that take one. */
function hintsOf(file: string, source: string, code: readonly Token[], shared: ReadonlyMap<string, number>): Hint[] {
  const given = new Map([...shared, ...takers(code)]);
  const found = new Map<number, Hint>();
  const take = (values: readonly Token[]): void => {
    let last: Hint | undefined;
    for (const [i, { kind, text, at }] of values.entries()) {
      // What is added to a text continues it.
      const continues = last !== undefined && values[i - 1]?.text === '+';
      if (kind !== 'text') {
        if (text !== '+') last = undefined;
      } else if (continues && last !== undefined) {
        last.text = `${last.text}${text}`;
      } else {
        last = { file, line: source.slice(0, at).split('\n').length, text };
        found.set(at, last);
      }
    }
  };
  for (const [i, { kind, text }] of code.entries()) {
    if (kind !== 'word') continue;
    const [before, after, then] = [code[i - 1], code[i + 1], code[i + 2]];
    if (HOLDER.test(text)) {
      if (before?.text === 'function') take(valueFrom(code, i + 1, true));
      else if (after?.text === '.' && /^(?:push|unshift)$/.test(then?.text ?? ''))
        take(argumentsFrom(code, i + 3).flat());
      else if (after?.text === '=') take(valueFrom(code, i + 2, false));
      // The value of a constant stands behind its type.
      else if (after?.text === ':' && before?.text === 'const')
        take(valueFrom(code, code.findIndex(({ text }, at) => at > i && text === '=') + 1, false));
      else if (after?.text === ':') take(valueFrom(code, i + 2, false));
    }
    const place = given.get(text);
    if (place !== undefined && after?.text === '(' && before?.text !== 'function')
      take(argumentsFrom(code, i + 1)[place] ?? []);
  }
  // One word is a key, an errno or a mark.
  return [...found.values()].filter(({ text }) => /[a-z]\S*\s+\S/i.test(text)).sort((a, b) => a.line - b.line);
}

/** All hints of the files. */
export function findHints(sources: ReadonlyMap<string, string>): Hint[] {
  const codes = new Map([...sources].map(([file, source]) => [file, tokens(source)]));
  const shared = new Map<string, number>();
  for (const [file, code] of codes) {
    const exported = new Set(
      [...(sources.get(file) ?? '').matchAll(/^export function (\w+)/gm)].map(([, name]) => name),
    );
    for (const [name, place] of takers(code)) if (exported.has(name)) shared.set(name, place);
  }
  return [...sources].flatMap(([file, source]) => hintsOf(file, source, codes.get(file) ?? [], shared));
}

/** The ends of the lines that the preload library says, where it says what becomes of the process. */
export function findLines(sources: ReadonlyMap<string, string>): Hint[] {
  return [...sources].flatMap(([file, source]) =>
    [...source.matchAll(/^\s+say\((.*)\);$/gm)].flatMap(({ 1: call = '', index }) =>
      [...call.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => ({
        file,
        line: source.slice(0, index).split('\n').length,
        text,
      })),
    ),
  );
}
