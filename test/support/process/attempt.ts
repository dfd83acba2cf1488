// A few lines of a user's program in a process of their own, which say what became of them.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../paths.js';
import { type ChildResult, runProgram } from './child.js';

export interface Attempt {
  /** What the lines returned; undefined where they threw. */
  value?: unknown;
  failed: boolean;
  code?: string;
  errno?: string;
  message: string;
  hint: string;
  stderr: string;
}

export interface AttemptOptions {
  /** Words before `node`: what starts it somewhere else. */
  before?: readonly string[];
  /** Options of Node.js. */
  flags?: readonly string[];
  env?: Readonly<Record<string, string | undefined>>;
  budget?: number;
  /** The package's top folder. */
  root?: string;
}

/** Runs `body`, which has all of farpage in `farpage` and all of farpage/userfaultfd in `binding`, and may return JSON. */
export async function attempt(body: string, options: AttemptOptions = {}): Promise<Attempt> {
  const { before = [], flags = [], env = {}, budget = 60_000, root = ROOT } = options;
  const from = (file: string) => JSON.stringify(pathToFileURL(path.join(root, 'dist/src', file)).href);
  const script = `import * as farpage from ${from('index.js')};
    import * as binding from ${from('userfaultfd/index.js')};
    let told;
    try {
      told = { failed: false, value: await (async () => { ${body} })() };
    } catch (error) {
      const { code, errno, message, hint } = error;
      told = { failed: true, code, errno, message: String(message ?? error), hint };
    }
    process.stdout.write('told ' + JSON.stringify(told) + '\\n', () => process.exit());`;
  const [command = '', ...args] = [...before, process.execPath, ...flags, '--input-type=module', '-e', script];
  const result = await runProgram(command, { args, env, budget, input: '' });
  const [, line] = /^told (.*)$/m.exec(result.stdout) ?? [];
  if (line === undefined) throw new Error(`it said nothing: ${show(result)}`);
  return { message: '', hint: '', ...(JSON.parse(line) as { failed: boolean }), stderr: result.stderr };
}

function show({ code, signal, stdout, stderr }: ChildResult): string {
  return `code ${code}, signal ${signal}\n${stdout}\n${stderr}`;
}
