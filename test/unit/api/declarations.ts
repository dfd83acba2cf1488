// The public types of the package, as its users' compilers see them: read from the declarations that tsc has written, since
// TypeScript 7 has no interface for programs. Each statement of such a file begins at the start of a line.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../support/paths.js';

const BUILT = path.join(ROOT, 'dist/src');
const BEGINS = /^(export|declare|import|interface|type|abstract|class|function|const)\b/;
const EXPORTS = /^export (?:type )?\{([^}]*)\} from '([^']+)';/gm;
const IMPORTS = /^import (?:type )?\{([^}]*)\} from '(\.[^']*)';/gm;
const DECLARED = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class|function|const) (\w+)/;

export interface PublicApi {
  /** Each exported name's declarations, without comments, by name. */
  text: string;
  /** Types of ours that a public declaration names and that nobody can import. */
  hidden: string[];
}

function declarationsOf(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

function statementsOf(text: string): string[] {
  const statements: string[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    if (BEGINS.test(line) || statements.length === 0) statements.push(line);
    else statements.push(`${statements.pop()}\n${line}`);
  }
  return statements;
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .flatMap((each) =>
      each
        .trim()
        .replace(/^type /, '')
        .split(' as ')
        .slice(-1),
    )
    .filter(Boolean);
}

/** Of an entry: 'index', 'userfaultfd/index'. */
export function readApi(entry: string): PublicApi {
  const folder = path.dirname(path.join(BUILT, entry));
  const exported = new Map<string, string>();
  for (const [, list = '', from = ''] of declarationsOf(path.join(BUILT, `${entry}.d.ts`)).matchAll(EXPORTS)) {
    for (const name of namesIn(list)) exported.set(name, path.join(folder, from.replace(/\.js$/, '.d.ts')));
  }
  const parts: string[] = [];
  const hidden: string[] = [];
  for (const [name, file] of [...exported].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const text = declarationsOf(file);
    const statements = statementsOf(text);
    const ours = new Set(statements.map((each) => DECLARED.exec(each)?.[1]));
    for (const [, list = ''] of text.matchAll(IMPORTS)) for (const imported of namesIn(list)) ours.add(imported);
    for (const statement of statements.filter((each) => DECLARED.exec(each)?.[1] === name)) {
      parts.push(statement);
      const used = new Set(statement.replace(/'[^']*'/g, '').match(/\b[A-Z]\w*\b/g));
      // A table of values, of whose type a name is: `keyof typeof FEATURES`.
      for (const each of used)
        if (ours.has(each) && !exported.has(each) && !/^[A-Z_]+$/.test(each)) hidden.push(`${name}: ${each}`);
    }
    if (!statements.some((each) => DECLARED.exec(each)?.[1] === name)) hidden.push(`${name}: no declaration`);
  }
  return { text: `${parts.join('\n')}\n`, hidden };
}

/** For each program, what the compiler says against it. */
export function compile(sources: readonly string[]): string[][] {
  const folder = mkdtempSync(path.join(ROOT, 'dist/test/types-'));
  try {
    for (const [at, text] of sources.entries()) writeFileSync(path.join(folder, `p${at}.ts`), text);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      target: 'es2022',
      lib: ['es2023', 'esnext.disposable'],
      types: ['node'],
      module: 'nodenext',
    };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    let said = '';
    try {
      const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
      execFileSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder, stdio: 'pipe' });
    } catch (error) {
      said = String((error as { stdout?: unknown }).stdout);
    }
    return sources.map((_, at) => said.split('\n').filter((line) => line.startsWith(`p${at}.ts(`)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
