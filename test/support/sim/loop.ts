// The loop: its turn is that of src/loop/turn.ts over the fake kernel, with an eye on each step and each run of commands.
import * as layout from '../../../assembly/layout.js';
import { makeTurn, type Turn } from '../../../src/loop/turn.js';
import { demand } from './audit.js';
import { check, checkPresent, checkThreads } from './checks.js';
import type { SimState } from './state.js';

const TIDY_INTERVAL = 5_000_000;

export class SimLoop {
  readonly #turn: Turn;
  #steps = 0;
  #rounds = 0;
  #soon = false;
  #later = false;
  #runs = 0;
  #said = 0;
  /** Of all regions. */
  readonly #pages: number;

  constructor(readonly state: SimState) {
    this.#turn = this.#makeTurn();
    this.#pages = state.config.regions.reduce((sum, { pages }) => sum + pages, 0);
  }

  /** The loop's own turn, over the fake kernel, with an eye on each step and each run of commands. */
  #makeTurn(): Turn {
    const { core } = this.state;
    const { settle, passPhase } = core.exports;
    const step = (): number => {
      if (this.state.strict && this.#steps++ > 0) check(this.state);
      this.#rounds = 0;
      const before = passPhase();
      const again = core.exports.step();
      this.state.pass.stepped(before);
      return again;
    };
    const execute = (): void => {
      demand(this.#rounds++ < 2000, () => 'a turn does not end');
      if (this.state.verbose) this.#sayCommands();
      this.state.kernel.execute();
      if (this.state.verbose) this.#sayCommands(this.#said);
      checkPresent(this.state);
    };
    return makeTurn({ u32: core.u32, exports: { step, settle } }, { execute });
  }

  execute(): void {
    this.#rounds = 0;
    this.#turn.drain();
  }

  /** The commands that are about to run; with `from` again, with their outcomes. */
  #sayCommands(from?: number): void {
    const { core } = this.state;
    const head = core.word(layout.COMMAND_HEAD_AT);
    let at = from ?? core.word(layout.COMMAND_DONE_AT);
    this.#said = at;
    for (; at !== head && from !== undefined; at = (at + 1) >>> 0) {
      const record = layout.COMMANDS_AT + (at & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
      const [op, purpose, region, page, count, frame] = [
        core.bytes[record],
        ...[
          layout.COMMAND_PURPOSE_AT,
          layout.COMMAND_REGION_AT,
          layout.COMMAND_PAGE_AT,
          layout.COMMAND_COUNT_AT,
          layout.COMMAND_FRAME_AT,
        ].map((offset) => core.word(record + offset)),
      ];
      const outcome = core.word(record) >>> 16;
      this.state.say(
        () => `  op ${op} purpose ${purpose} region ${region} page ${page}+${count} frame ${frame}: ${outcome}`,
      );
    }
  }

  #dispatch(): void {
    const { core } = this.state;
    while (core.requested) {
      this.takeRequests();
      this.execute();
    }
    this.#answerOperations();
    const passing = core.word(layout.PASS_AT);
    if (this.state.pass.look() || passing === 1 || this.#turn.unfinished() || this.state.running.length > 0)
      this.#soon = true;
    if (core.word(layout.RETRY_AT) !== 0) this.#soon = true;
    if (core.word(layout.WRITE_ERRNO_AT) !== 0 || passing !== 0 || core.exports.starved() !== 0) this.#later = true;
  }

  run(): void {
    this.state.kernel.read(
      this.state.random.chance(0.2) && !this.state.calm ? this.state.random.between(1, 4) : undefined,
    );
    this.#steps = 0;
    if (this.#turn.turn() || this.state.pass.busy) this.#dispatch();
    // Counting everything again takes time: large regions are looked at now and then, but for the last steps.
    if (this.state.strict || this.#pages < 400 || this.#runs++ % 8 === 0) check(this.state);
    else checkThreads(this.state);
  }

  takeRequests(): void {
    const { core } = this.state;
    let tail = core.word(layout.REQUEST_TAIL_AT);
    const head = core.word(layout.REQUEST_HEAD_AT);
    const lost: [number, number, number][] = [];
    for (; tail !== head; tail = (tail + 1) >>> 0) {
      const at = layout.REQUESTS_AT + (tail & layout.REQUEST_MASK) * layout.REQUEST_BYTES;
      const kind = core.word(at + layout.REQUEST_KIND_AT);
      const region = core.word(at + layout.REQUEST_REGION_AT);
      const page = core.word(at + layout.REQUEST_PAGE_AT);
      if (kind === layout.REQUEST_FAIL) {
        const loadOnly = core.word(at + layout.REQUEST_FRAME_AT) === 1;
        if (loadOnly)
          demand(this.state.config.refused > 0, () => `region ${region} page ${page}: a load fails without need`);
        else lost.push([region, page, core.word(at + layout.REQUEST_CAUSE_AT)]);
        continue;
      }
      if (kind === layout.REQUEST_SAVED) {
        this.state.pass.saved(
          region,
          page,
          core.word(at + layout.REQUEST_FRAME_AT),
          core.word(at + layout.REQUEST_GENERATION_AT),
        );
        continue;
      }
      const frame = core.word(at + layout.REQUEST_FRAME_AT);
      const generation = core.word(at + layout.REQUEST_GENERATION_AT);
      const held = kind === layout.REQUEST_WRITE ? this.state.tokensOf(frame).join() : '';
      this.state.jobs.push({ kind, region, page, frame, generation, held, order: this.state.order++ });
      this.state.say(() => `request ${kind} region ${region} page ${page} frame ${frame}`);
    }
    core.put(layout.REQUEST_TAIL_AT, tail);
    for (const [region, page, cause] of lost) this.giveUp(region, page, cause);
  }

  giveUp(region: number, page: number, cause: number): void {
    const home = this.state.regionOf(region);
    const written = cause === layout.CAUSE_NO_FRAME && this.state.writeTrouble > 0;
    const { leaves, patience } = this.state.config;
    const full =
      (cause === layout.CAUSE_NO_TABLE && leaves !== undefined) ||
      (cause === layout.CAUSE_INSTALL &&
        (this.state.config.refused > 0 || this.state.config.busy > 0) &&
        patience !== undefined) ||
      (cause === layout.CAUSE_NO_FRAME && patience !== undefined);
    // A page that was moved as it was given up is so again where it went.
    demand(
      home.mayFail.has(page) || home.failed.has(page) || written || full,
      () => `region ${region} page ${page} is given up for cause ${cause}, without need`,
    );
    this.state.say(() => `gives up region ${region} page ${page}`);
    home.failed.add(page);
    this.state.core.exports.fail(region, page);
    this.execute();
  }

  #answerOperations(): void {
    const { core } = this.state;
    for (let i = this.state.running.length - 1; i >= 0; i--) {
      const each = this.state.running[i];
      if (each === undefined) continue;
      const status = core.exports.operationStatus(each.operation);
      if (status === layout.OPERATION_RUNNING) continue;
      core.exports.endOperation(each.operation);
      this.state.running.splice(i, 1);
      each.ended(status === layout.OPERATION_DONE);
    }
  }

  poll(): boolean {
    const { kernel } = this.state;
    if (!kernel.hasMessages) return false;
    this.run();
    return true;
  }

  comeBack(): boolean {
    // A store that failed leaves the loop looking for work: that alone is not being busy.
    const waits =
      this.state.running.length > 0 ||
      this.state.core.word(layout.PASS_AT) !== 0 ||
      this.state.core.exports.starved() > 0;
    const later = this.#later && (!this.state.calm || waits);
    if (this.#soon && !(later && this.state.random.chance(0.3))) {
      this.#soon = false;
      this.run();
      return true;
    }
    if (later) {
      this.#later = false;
      this.state.kernel.pass(TIDY_INTERVAL);
      this.run();
      return true;
    }
    return false;
  }

  describe(): string {
    return `soon ${this.#soon}, later ${this.#later}`;
  }
}
