// Question: for how long does a guest stand still while it moves, against QEMU's own postcopy?
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, type Context, middle, type Question, row, Skip } from '../harness.js';
import { packageRoot } from '../package-root.js';

/** MiB: the guest's memory, and what its program fills, checks and writes again, a fortieth of it each 50 ms. */
const MEMORY = 256;
const FILLED = 128;
/** Milliseconds each way, of memory and devices' state alike. */
const DELAY = 5;

/** One move of a guest, a program of the tests, in dist/test. */
const PROGRAM = 'support/guest/move-run.js';

/** A guest of an unmodified QEMU moves: by farpage, and by QEMU's own postcopy. */
async function run(context: Context): Promise<Answer> {
  const tests = join(packageRoot(), 'dist', 'test');
  if (!existsSync(tests)) throw new Skip('its guest is made by the tests: ask it in a checkout of the repository');
  const program = join(tests, ...PROGRAM.split('/'));
  const side = (by: string) => ({ program, args: { by, memory: MEMORY, filled: FILLED, delay: DELAY } });
  const runs = await context.inTurn(
    { farpage: side('farpage'), 'QEMU postcopy': side('postcopy'), 'QEMU postcopy, preempt': side('preempt') },
    { rounds: context.quick ? 2 : 5 },
  );
  const rows = (['QEMU postcopy', 'QEMU postcopy, preempt'] as const).flatMap((name) => {
    const line = (what: string, field: string, target: Parameters<typeof row>[4]) => {
      const against = { name, value: middle(runs[name], field) };
      return row(what, 'ms', middle(runs.farpage, field), against, target);
    };
    const goal = name === 'QEMU postcopy' ? ({ compare: '<=', value: 1 } as const) : null;
    return [
      line('downtime: source stopped to destination running', 'downtime', goal),
      line('longest time between two ticks of the guest', 'longestGap', null),
    ];
  });
  const notes = [
    `a guest of ${MEMORY} MiB under QEMU's software emulation, ${FILLED} MiB of them in use and checked by it all the time; both QEMUs on this machine, every connection between them held back by ${DELAY} ms each way; its ticks are ${middle(runs.farpage, 'usualGap').toFixed(0)} ms apart before it moves`,
    "downtime by the two QEMUs' own clocks (STOP of the source, RESUME of the destination), median of the runs; QEMU's postcopy with no cap on its bandwidth",
  ];
  return { rows, runs, notes };
}

export const downtime: Question = {
  name: 'downtime',
  minutes: 2.5,
  title: '`farpage migrate`: a running guest moves',
  target: "downtime ≤ 1.0 × QEMU's own postcopy of the same guest",
  run,
};
