// Writes docs/reference.md from the declarations that tsc has made of src/: what each export of an entry says of itself.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE } from './sources.mjs';

const BUILT = path.join(PACKAGE, 'dist/src');
const PAGE = path.join(PACKAGE, 'docs/reference.md');
const EXPORTS = /^export (?:type )?\{([^}]*)\} from '([^']+)';/gm;
const DECLARED = /^export (?:declare )?(?:abstract )?(interface|type|class|function|const) (\w+)/;
const COMMENT = /\/\*\*([\s\S]*?)\*\//y;
const GROUPS = { Calls: ['function', 'const'], 'Objects and options': ['interface', 'class'], Types: ['type'] };

mkdirSync(path.dirname(PAGE), { recursive: true });
writeFileSync(PAGE, `${render(declarations('index'))}\n`);

/** Exported names of an entry with the statements that declare them, in the order of their names. */
function declarations(entry) {
  const from = readFileSync(path.join(BUILT, `${entry}.d.ts`), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = [];
  for (const [, list, file] of from.matchAll(EXPORTS)) {
    const all = statements(readFileSync(path.join(BUILT, file.replace(/\.js$/, '.d.ts')), 'utf8'));
    for (const name of list.split(',').map((each) => each.trim().replace(/^type /, ''))) {
      const own = all.filter((each) => each.name === name);
      if (name !== '' && own.length === 0) throw new Error(`${file} does not declare ${name}`);
      found.push(...own);
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The exported statements of a file, each with the comment before it. They begin at the start of a line. */
function statements(text) {
  const found = [];
  let comment = '';
  for (const part of parts(text, '')) {
    if (part.startsWith('/**')) comment = part;
    else {
      const [, kind, name] = DECLARED.exec(part) ?? [];
      if (name !== undefined) found.push({ kind, name, comment, text: part });
      comment = '';
    }
  }
  return found;
}

/** Comments and statements that begin with just this indentation; deeper lines belong to the one above. */
function parts(text, indent) {
  const found = [];
  let at = 0;
  while (at < text.length) {
    const begin = text.startsWith(indent, at) ? at + indent.length : at;
    COMMENT.lastIndex = begin;
    const comment = COMMENT.exec(text);
    const end = comment === null ? endOfStatement(text, at, indent) : COMMENT.lastIndex;
    const part = text.slice(begin, end).trim();
    if (part !== '' && part !== '}') found.push(part);
    at = comment === null ? end + 1 : text.indexOf('\n', end) + 1 || text.length;
  }
  return found;
}

function endOfStatement(text, from, indent) {
  let end = lineEnd(text, from);
  while (end < text.length) {
    const next = text.slice(end + 1, end + 1 + indent.length + 1);
    const deeper = next.startsWith(indent) && /[\s}|'&>)]/.test(next.at(-1) ?? '');
    const inComment = next.trim() === '' && next !== '';
    if (text.slice(from, end).trimEnd().endsWith(';') && !deeper) break;
    if (text.slice(from, end).trimEnd().endsWith('}') && !deeper) break;
    if (!deeper && !inComment && /^\s*\/\*\*/.test(text.slice(end + 1)) && !/[=|]\s*$/.test(text.slice(from, end)))
      break;
    end = lineEnd(text, end + 1);
  }
  return end;
}

function lineEnd(text, from) {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** A comment's text as Markdown: what it says, then its parameters and errors. */
function prose(comment, indent = '') {
  const lines = comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim());
  const text = lines.join('\n').trim();
  const [said = '', ...tags] = text.split(/(?:^|\s)(?=@(?:param|throws|returns)\b)/);
  const rows = tags.map((tag) => {
    const line = tag.replace(/\s*\n\s*/g, ' ').trim();
    const [, name, rest] = /^@param (\S+) ?(.*)$/.exec(line) ?? [];
    return name === undefined
      ? line.replace(/^@throws/, 'Throws:').replace(/^@returns/, 'Returns')
      : `\`${name}\`: ${rest}`;
  });
  const paragraphs = said.trim().split(/\n\s*\n/);
  const body = paragraphs.map((each) => each.replace(/\s*\n\s*/g, ' ')).join('\n\n');
  const list = rows.map((row) => `${indent}- ${row.replace('Throws: (rejects)', 'Rejects with:')}`);
  return { body, list };
}

function render(all) {
  const groups = Object.entries(GROUPS).map(([title, kinds]) => {
    const members = all.filter(({ kind }) => kinds.includes(kind));
    return `## ${title}\n\n${members.map(entryOf).join('\n\n')}`;
  });
  return [
    '# Reference',
    "Made from the comments of the package's types by `npm run build`: what each export of `farpage` promises. [api.md](api.md) has it in tables.",
    ...groups,
  ].join('\n\n');
}

function entryOf({ kind, name, comment, text }) {
  const { body, list } = prose(comment);
  const about = [body, list.join('\n')].filter((part) => part !== '');
  const own = kind === 'interface' || kind === 'class' ? membersOf(text) : '';
  const shown =
    own === '' || text.split('\n').length < 2 ? `\`\`\`ts\n${text.replace(/^export (declare )?/, '')}\n\`\`\`` : own;
  return [`### ${name}`, ...about, shown].join('\n\n');
}

/** A list of an interface's members, each with what it promises. */
function membersOf(text) {
  const open = text.indexOf('{\n');
  if (open < 0) return '';
  const [head] = text
    .slice(0, open)
    .replace(/^export (declare )?/, '')
    .trim()
    .split('\n');
  const lines = [];
  let comment = '';
  for (const part of parts(text.slice(open + 2), '    ')) {
    if (part.startsWith('/**')) {
      comment = part;
      continue;
    }
    const { body, list } = prose(comment, '  ');
    const code = part.replace(/;$/, '').replace(/\s+/g, ' ');
    lines.push([`- \`${code}\`${body === '' ? '' : `: ${body.replace(/\n+/g, ' ')}`}`, ...list].join('\n'));
    comment = '';
  }
  return [`\`${head}\``, lines.join('\n')].join('\n\n');
}
