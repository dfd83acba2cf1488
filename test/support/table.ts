// Holds the code of a state machine to the table and the diagram in its source: what both machines' tests share.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.js';

const ILLEGAL = 255;

interface Step {
  name: string;
  number: number;
}

export class StateTable {
  readonly steps: readonly Step[];
  readonly #source: string;
  readonly #states: readonly string[];

  /**
   * @param file its path in the package; a row of its table ends with the state's name as a comment
   * @param states their names, in the order of their numbers
   */
  constructor(file: string, states: readonly string[]) {
    this.#source = readFileSync(path.join(ROOT, file), 'utf8');
    this.#states = states;
    this.steps = [...this.#source.matchAll(/^export const STEP_(\w+) = (\d+);/gm)]
      .filter(([, name]) => name !== 'COUNT')
      .map(([, name = '', number]) => ({ name, number: Number(number) }));
  }

  /** The comment at the head of the file, without the marks. */
  get diagram(): string {
    return this.#source.slice(0, this.#source.indexOf('import')).replaceAll('\n//', '');
  }

  /** @param prefix of the states' names in the table */
  check(stepFrom: (state: number, step: number) => number, prefix: string): void {
    const rows = [...this.#source.matchAll(/^\s*((?:\w+,\s*)+)\/\/ (\w+)$/gm)];
    assert.deepEqual(
      rows.map(([, , state]) => state),
      this.#states,
    );
    for (const [state, [, cells = '']] of rows.entries()) {
      const targets = cells.split(',').map((cell) => cell.trim());
      targets.pop();
      assert.equal(targets.length, this.steps.length);
      for (const [step, target] of targets.entries()) {
        const expected = target === '__' ? ILLEGAL : this.#states.indexOf(target.replace(prefix, ''));
        assert.notEqual(expected, -1, target);
        assert.equal(stepFrom(state, step), expected, `${this.#states[state]} ${this.steps[step]?.name}`);
      }
    }
    assert.deepEqual(
      this.steps.map(({ number }) => number),
      this.steps.map((_, index) => index),
    );
    assert.throws(() => stepFrom(this.#states.length, 0), /the table has this state and step/);
    assert.throws(() => stepFrom(0, this.steps.length), /the table has this state and step/);
  }

  /** The steps that lead somewhere from a state. */
  from(stepFrom: (state: number, step: number) => number, state: number): Array<{ name: string; to: number }> {
    return this.steps
      .map(({ name, number }) => ({ name, to: stepFrom(state, number) }))
      .filter(({ to }) => to !== ILLEGAL);
  }
}
