// Question: how much does `farpage run` slow a program down that fits its limit?
import { median } from '../data.js';
import { needRun, runWords } from '../farpage.js';
import { type Answer, type Context, middle, type Question, type Run, row, type Side, values } from '../harness.js';

const MIB = 128;
const MODES = { touch: 'touches', malloc: 'allocates' } as const;
type Mode = keyof typeof MODES;
/** How long the bare program is to run. */
const SECONDS = { quick: 3, whole: 10 } as const;
/** Rounds of the two trials that find out how long a round takes. */
const TRIALS = { touch: [100, 500], malloc: [4, 20] } as const;

/** How far apart the bare program's runs may be for a verdict at 3 %: the longest by the shortest. */
const MAX_SPREAD = 1.1;

function spread(runs: readonly Run[] | undefined): number {
  const seconds = values(runs, 'seconds');
  return Math.max(...seconds) / Math.min(...seconds);
}

/** Of the program and whatever it was started under. */
function processorTime(runs: readonly Run[] | undefined): number {
  return median(values(runs, 'user').map((user, i) => user + (values(runs, 'system')[i] as number)));
}

/** What the program itself told. */
function told(runs: readonly Run[] | undefined, field: string): number {
  return middle(
    (runs ?? []).map(({ command }) => command as Run),
    field,
  );
}

/**
 * Rounds for which the bare program runs `seconds`. Machines differ by a multiple, and the share of the start in a run depends
 * on the run's length. Processor time tells: other work on the machine makes a trial's wall time longer.
 */
async function roundsFor(
  seconds: number,
  [few, many]: readonly [number, number],
  bare: (rounds: number) => Promise<Run>,
) {
  const short = processorTime([await bare(few)]);
  const long = processorTime([await bare(many)]);
  const each = (long - short) / (many - few);
  return each > 0 ? Math.max(many, Math.round(many + (seconds - long) / each)) : many;
}

async function run(context: Context): Promise<Answer> {
  needRun();
  const { cpu } = context;
  const under = runWords({ resident: '1GiB', store: 'memory:', cpu });
  const program = context.peer('busy', {}).program;
  const length = SECONDS[context.quick ? 'quick' : 'whole'];
  const sides: Record<string, Side> = {};
  for (const mode of Object.keys(MODES) as Mode[]) {
    const words = (rounds: number) => [program, '--mode', mode, '--mib', String(MIB), '--rounds', String(rounds)];
    const bare = (rounds: number): Side => ({ ...context.peer('launch', {}, cpu), words: words(rounds) });
    const rounds = await roundsFor(length, TRIALS[mode], (trial) => context.once(bare(trial)));
    sides[`bare, ${mode}`] = bare(rounds);
    sides[`farpage run, ${mode}`] = { ...context.peer('launch', {}, cpu), words: [...under, ...words(rounds)] };
  }
  sides['bare, true'] = { ...context.peer('launch', {}, cpu), words: ['true'] };
  sides['farpage run, true'] = { ...context.peer('launch', {}, cpu), words: [...under, 'true'] };
  const runs = await context.inTurn(sides, { rounds: 3 });
  const seconds = (name: string) => middle(runs[name], 'seconds');
  const pages = (MIB * 2 ** 20) / 4096;
  const rows = (Object.keys(MODES) as Mode[]).flatMap((mode) => {
    const [ours, bare] = [`farpage run, ${mode}`, `bare, ${mode}`];
    const steady = (name: string) => told(runs[name], 'seconds') - told(runs[name], 'firstSeconds');
    const first = (name: string) => (told(runs[name], 'firstSeconds') * 1e6) / pages;
    const against = (value: number) => ({ name: 'bare', value });
    const target = spread(runs[bare]) <= MAX_SPREAD ? ({ compare: '<=', value: 1.03 } as const) : null;
    const [cpuOurs, cpuBare] = [processorTime(runs[ours]), processorTime(runs[bare])];
    return [
      row(`${MODES[mode]}, wall time, start included`, 's', seconds(ours), against(seconds(bare)), target),
      row(`${MODES[mode]}, processor time of all, start included`, 's', cpuOurs, against(cpuBare), null),
      row(`${MODES[mode]}, once its memory is there`, 's', steady(ours), against(steady(bare)), null),
      row(`${MODES[mode]}, first round, by page`, 'µs', first(ours), against(first(bare)), null),
    ];
  });
  rows.push(
    row(
      'starting and ending (`true`)',
      's',
      seconds('farpage run, true'),
      { name: 'bare', value: seconds('bare, true') },
      null,
    ),
  );
  const notes = [
    `\`peers/busy.c\`: one program touches words of random pages of ${MIB} MiB, another fills, checks and frees blocks from malloc, about ${MIB} MiB alive; the limit is 1 GiB, so nothing is evicted; trial runs of the bare program choose how many rounds take about ${length} s, the same for both sides`,
    'wall time from fork to wait, from outside: it has the start of Node.js and the first touch of every page in it, which are paid once; a program that runs for longer pays the less of it, so the rows below show both by themselves',
    ...(Object.keys(MODES) as Mode[]).flatMap((mode) => {
      const found = spread(runs[`bare, ${mode}`]);
      if (found <= MAX_SPREAD) return [];
      return `${MODES[mode]}: NO VERDICT (to reach: ≤ 1.03): the longest bare run took ${found.toFixed(2)} × the shortest, so the machine was busy with something else; processor time is the better figure, and wall times are available again`;
    }),
    'memory warmed before every run, program and pager pinned to one CPU',
  ];
  return { rows, notes, runs };
}

export const overhead: Question = {
  name: 'overhead',
  minutes: 2.5,
  title: '`farpage run` when nothing is evicted, against the bare program',
  target: 'wall time ≤ 1.03 ×',
  run,
};
