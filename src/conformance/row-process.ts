// The process of one row: `row-process.js TEST MEMORY`. It reports its result, and is then killed.
import { AssertionError } from 'node:assert';
import { inspect } from 'node:util';
import { describeError, PagerError } from '../errors.js';
import { type RowMessage, Skip } from './result.js';
import { rowsOf } from './rows.js';
import { Stage } from './stage.js';
import { dieWithParent } from './target.js';

async function run(name: string, memory: string): Promise<RowMessage> {
  try {
    dieWithParent();
    const row = rowsOf([name]).find((candidate) => candidate.memory === memory);
    if (row === undefined) throw new Error(`there is no row '${name}' for '${memory}'`);
    const stage = new Stage(row.kind);
    const note = await row.test.run(stage, row.memory);
    stage.check();
    return note === undefined ? { outcome: 'passed' } : { outcome: 'passed', note };
  } catch (error) {
    if (error instanceof Skip) return { outcome: 'skipped', reason: error.message };
    return { outcome: 'failed', reason: reasonOf(error) };
  }
}

/** An error in a line. */
function reasonOf(error: unknown): string {
  if (error instanceof AssertionError) {
    const show = (value: unknown): string => inspect(value, { breakLength: Number.POSITIVE_INFINITY, compact: true });
    // Behind a message of ours comes a drawing of the difference.
    const [first = ''] = error.message.split('\n', 1);
    if (!/equal/i.test(error.operator)) return first;
    const difference = `${show(error.actual)} where ${show(error.expected)} was expected`;
    return error.generatedMessage ? difference : `${first}: ${difference}`;
  }
  if (error instanceof PagerError) {
    const system = [error.errno, error.syscall].filter((part) => part !== undefined).join(' ');
    if (system !== '') return `${error.message} (${system})`;
    return error.cause === undefined ? error.message : `${error.message}: ${describeError(error.cause)}`;
  }
  return describeError(error);
}

const [name = '', memory = ''] = process.argv.slice(2);
const message = await run(name, memory);
// It stays until it is killed: what the row left, waiting threads and children, ends with it.
process.channel?.ref();
process.send?.(message);
