/** What a test file came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Why it failed, where the file's own output does not say. */
  faults: string[];
}

export interface Ended {
  output: string;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The budget ran out, in seconds. */
  late?: number;
  /** Processes that the file left running. */
  leaked?: readonly string[];
}

/**
 * Counts a file's tests from uvu's closing lines. An ending that is not clean is at least one failure, whatever they say:
 * uvu reports a broken `before` hook as tests that neither passed nor failed and exits with 0.
 */
export function tally({ output, code, signal, late, leaked = [] }: Ended): Tally {
  const total = closing(output, 'Total');
  const passed = closing(output, 'Passed') ?? 0;
  const skipped = closing(output, 'Skipped') ?? 0;
  const faults: string[] = [];
  if (late !== undefined) faults.push(`killed: it ran past its budget of ${late} s`);
  else if (signal !== null) faults.push(`ended by ${signal}`);
  else if (total === undefined) faults.push(`no closing line, exit code ${code}`);
  else if (code !== 0 && passed === total) faults.push(`exit code ${code} though every test passed`);
  else if (code === 0 && passed < total) faults.push('a hook failed: not every test ran');
  if (total === 0 && skipped === 0) faults.push('no test in it');
  if (leaked.length > 0) faults.push(`left running: ${leaked.join('; ')}`);
  const failed = Math.max((total ?? 0) - passed, code !== 0 || faults.length > 0 ? 1 : 0);
  return { passed, failed, skipped, faults };
}

function closing(output: string, name: string): number | undefined {
  const found = [...output.matchAll(new RegExp(`^ {2}${name}: +(\\d+)$`, 'gm'))].at(-1)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The reasons printed by `skipUnless`, each once. */
export function skipReasons(output: string): string[] {
  return [...new Set([...output.matchAll(/^skipped \[(.*?)\]/gm)].map((match) => match[0]))];
}

/** The suite's last line, which CI reads. */
export function closingLine(tallies: readonly Tally[]): string {
  const sum = (of: 'passed' | 'failed' | 'skipped') => tallies.reduce((so, one) => so + one[of], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`;
}
