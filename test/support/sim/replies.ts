// Stores in the event loop: each request is answered some time, in any order but for writes of one page.
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { EIO } from '../kernel/errnos.js';
import { demand } from './audit.js';
import type { SimLoop } from './loop.js';
import type { SimState } from './state.js';
import { TORN_TOKEN } from './store.js';

export class Stores {
  constructor(
    readonly state: SimState,
    readonly loop: SimLoop,
  ) {}

  /** A store answers one request, if there is one that may be answered now. */
  reply(): boolean {
    const { random, config, core } = this.state;
    const ready = this.state.jobs.filter(
      (job) =>
        job.kind === layout.REQUEST_READ_SOURCE ||
        job.kind === layout.REQUEST_READ_STORE ||
        !this.state.jobs.some(
          (other) =>
            other.order < job.order &&
            other.region === job.region &&
            other.page === job.page &&
            (other.kind === layout.REQUEST_WRITE || other.kind === layout.REQUEST_DISCARD),
        ),
    );
    if (ready.length === 0) return false;
    const job = random.pick(ready);
    const home = this.state.regions.find(
      ({ region, open, closedAt }) => region === job.region && (open || closedAt > job.order),
    );
    const closed = home?.open !== true;
    const perPage = core.pageSize / BASE_BYTES;
    const fails =
      (job.kind === layout.REQUEST_WRITE && this.state.dead) ||
      (!this.state.calm &&
        (closed || random.chance(job.kind === layout.REQUEST_WRITE ? config.writeFails : config.readFails)));
    // A transient failure: the lane tries again.
    if (fails && !closed && random.chance(0.7)) return true;
    this.state.jobs.splice(this.state.jobs.indexOf(job), 1);
    this.state.say(
      () =>
        `store answers ${job.kind} region ${job.region} page ${job.page} frame ${job.frame}${fails ? ': fails' : ''}`,
    );
    switch (job.kind) {
      case layout.REQUEST_DISCARD:
        for (let i = 0; i < perPage; i++)
          if (!fails && home !== undefined) home.storeTokens.tokens.delete(job.page * perPage + i);
        return true;
      case layout.REQUEST_WRITE: {
        if (fails || home === undefined) {
          if (!closed) this.state.writeFailed();
          core.exports.storeWriteFailed(job.frame, job.generation, EIO);
          break;
        }
        const now = this.state.tokensOf(job.frame).join();
        demand(
          now === job.held,
          () => `frame ${job.frame} changed while the store was reading it: ${job.held} → ${now}`,
        );
        home.storeTokens.save(job.page * perPage, this.state.frameBytes(job.frame));
        if (!this.state.calm && random.chance(config.torn)) {
          home.storeTokens.tokens.set(job.page * perPage, TORN_TOKEN);
          home.mayFail.add(job.page);
        }
        core.exports.storeWritten(job.frame, job.generation);
        break;
      }
      default: {
        if (fails || home === undefined) {
          core.exports.release(job.frame, job.generation);
          if (!closed && home !== undefined) {
            home.mayFail.add(job.page);
            this.loop.giveUp(job.region, job.page, layout.CAUSE_READ);
          }
          break;
        }
        const tokens = job.kind === layout.REQUEST_READ_SOURCE ? home.sourceTokens : home.storeTokens;
        tokens.load(job.page * perPage, this.state.frameBytes(job.frame));
        core.exports.arrive(job.frame, job.generation);
      }
    }
    this.loop.execute();
    this.loop.run();
    return true;
  }
}
