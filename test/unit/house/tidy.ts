import path from 'node:path';

/** What a file of the project may not hold; each returns `file:line: what` or `file: what`. */
export type Check = (file: string, text: string) => string[];

/** With a bracket in each word, so that these checks do not find themselves. */
const UNFINISHED = /\b(TO[D]O|FIX[M]E|XX[X])\b|not imp[l]emented|unimp[l]emented|coming [s]oon/;
const MACHINE = /(^|[\s'"`(=:])\/(wor[k]|far[m]|hom[e]|roo[t]|tmp\/bash_jobs)\//;
const POSTED = /\b(MessageChannel|MessagePort|postMessage)\b/;
/** A view of the core's memory under one of its usual names, written to. */
const WORD_WRITTEN =
  /\b(u8|u16|u32|u64|i32|i64)\[[^\]=]*\]\s*([-+*|&^]|<<|>>>?)?=[^=>]|Atomics\.(store|add|sub|or|and|xor|exchange|compareExchange)\(\s*(core\.|this\.#core\.)?u(32|64)\b/;
const RING_WORD = /\bREQUEST(S_AT|_[A-Z]+_AT|_MASK|_BYTES)\b/;
const SILENCED = /biome[-]ignore|@ts[-](ignore|nocheck|expect-error)/;
const SINGLED = /\.[o]nly\(/;
const ANY = /(?::|<|,|\||&|\bas|=)\s*any\b(?!['"])/;

const SCRIPT = /\.m?[jt]s$/;
const LONGEST = 400;

export const unfinished = perLine(/./, UNFINISHED, 'unfinished work');
export const machinePaths = perLine(/./, MACHINE, "a path of someone's machine");
/** Editors take AssemblyScript for TypeScript, which knows no decorated functions; no build reads what silences them. */
const DECORATOR = /^\s*\/\/ @ts[-]ignore: decorator\n(?=\s*@)/gm;

export const silenced: Check = (file, text) =>
  perLine(
    SCRIPT,
    SILENCED,
    'a check silenced',
  )(file, file.startsWith('assembly/') ? text.replace(DECORATOR, '\n') : text);
export const singledOut = perLine(/\.test\.ts$/, SINGLED, 'a test singled out');

/** `any` in code: comments and strings are blanked first. */
export const anyType: Check = (file, text) =>
  /\.ts$/.test(file) ? perLine(/./, ANY, "the type 'any'")(file, blank(text)) : [];

/** Threads of the product speak over a wire (src/call), whose messages have types, ends and an order. */
export const posted = perLine(/^src\/(?!call\/)/, POSTED, 'posts past the wire');

/** The core's words are written by the core, by the shim and by src/core; everybody else calls. */
export const wordWritten = perLine(/^src\/(?!core\/)/, WORD_WRITTEN, 'writes a word of the core’s memory');

/** The request ring is read by src/core; everybody else gets requests as typed values. */
export const ringRead = perLine(/^src\/(?!core\/)/, RING_WORD, 'reads a word of the request ring');

const GENERATED = ['native/layout.h', 'native/core/core.c'];

export const tooLong: Check = (file, text) => {
  if (!/^(assembly|src|native|test\/support)\//.test(file) || GENERATED.includes(file)) return [];
  const lines = text.split('\n').length - 1;
  return lines > LONGEST ? [`${file}: ${lines} lines, more than ${LONGEST}`] : [];
};

/** A file of these folders begins with what it promises. */
const HEADED = /^(assembly|src|native|scripts|bench|test\/support)\/.*\.(ts|mjs|cc|c|h)$/;

export const headless: Check = (file, text) =>
  HEADED.test(file) && !GENERATED.includes(file) && !/^(#![^\n]*\n)?(\/\/|\/\*)/.test(text)
    ? [`${file}: no comment at its head`]
    : [];

function perLine(files: RegExp, pattern: RegExp, what: string): Check {
  return (file, text) => {
    if (!files.test(file)) return [];
    return text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1}: ${what}`] : []));
  };
}

/** Blanks comments and strings, keeping the lines. */
function blank(text: string): string {
  const parts = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return text.replace(parts, (part) => `''${part.replace(/[^\n]/g, '')}`);
}

/** Relative links of a Markdown file that lead nowhere, a missing heading included. `read` gives a file's text, if it is there. */
export function brokenLinks(file: string, text: string, read: (file: string) => string | undefined): string[] {
  const broken: string[] = [];
  const prose = text
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ''))
    .replace(/`[^`\n]*`/g, '');
  prose.split('\n').forEach((line, at) => {
    for (const match of line.matchAll(
      /\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)|<(?:img|a)\b[^>]*?(?:src|href)="([^"]+)"/g,
    )) {
      const link = match[1] ?? match[2] ?? match[3] ?? '';
      if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue;
      const [to = '', heading] = link.split('#');
      const target = to === '' ? file : path.posix.join(path.posix.dirname(file), decodeURI(to));
      const there = to === '' ? text : read(target);
      if (there === undefined) broken.push(`${file}:${at + 1}: no ${target}`);
      else if (heading && /\.md$/.test(target) && !headings(there).has(heading))
        broken.push(`${file}:${at + 1}: no heading #${heading}`);
    }
  });
  return broken;
}

/** The anchors of a Markdown file's headings, by the rule of the usual forges. */
function headings(text: string): Set<string> {
  const prose = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const anchors = new Set<string>();
  for (const [, title = ''] of prose.matchAll(/^#+ +(.*?)\s*$/gm)) {
    const anchor = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    let unique = anchor;
    for (let n = 1; anchors.has(unique); n++) unique = `${anchor}-${n}`;
    anchors.add(unique);
  }
  return anchors;
}
