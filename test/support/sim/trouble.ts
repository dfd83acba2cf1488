// The trouble of a run: what the kernel refuses, what files fail with, and what other threads do between two commands.
import * as layout from '../../../assembly/layout.js';
import { EAGAIN, EBUSY, EFAULT, EINVAL, EIO, ENOENT, ENOMEM } from '../kernel/errnos.js';
import type { Mischief } from '../kernel/mischief.js';
import type { Changes } from './changes.js';
import type { SimState } from './state.js';
import type { Touchers } from './threads.js';

export function mischiefOf(state: SimState, changes: Changes, touchers: Touchers): Mischief {
  const { config, random } = state;
  return {
    page: (op, staging) => {
      if (state.calm) return 0;
      // The shim tries a poisoning until it is done.
      if (op !== layout.OP_POISON && random.chance(config.changing)) return EAGAIN;
      const fills = op !== layout.OP_POISON && !staging;
      if (fills && random.chance(config.gone)) return ENOENT;
      if (op === (staging ? layout.OP_TAKE : layout.OP_MOVE) && random.chance(config.busy)) return EBUSY;
      if (op !== layout.OP_POISON && config.refused > 0 && state.refusals.chance(config.refused)) {
        return state.refusals.pick([ENOMEM, ENOMEM, EINVAL, EFAULT]);
      }
      return 0;
    },
    file: (fd, write, offset, length) => {
      if (state.calm && !(write && state.dead)) return 0;
      if (write) return state.dead || random.chance(config.writeFails) ? state.writeFailed() : 0;
      if (!random.chance(config.readFails)) return 0;
      const region = state.regions.find(({ region }) => state.fdOf(region, fd));
      if (region !== undefined && length === state.core.pageSize) region.mayFail.add(offset / length);
      return EIO;
    },
    time: () => random.below(20_000),
    between: () => {
      if (state.inline !== undefined && !state.calm && !state.closing) touchers.meanwhile();
      if (state.calm || config.amid === 0 || state.closing) return;
      // A thread that waited for its event to be read continues at once.
      if (random.chance(0.3) && !changes.goOnMoving()) changes.goOnRemoving();
      if (!random.chance(config.amid)) return;
      if (random.chance(config.moves)) changes.startMove(true);
      else if (random.chance(config.removals)) changes.startRemoval();
    },
    // Woken when the victim has gone; its message may be read long after that.
    victim: (address) => {
      if (state.calm || !random.chance(config.minors)) return;
      if (state.inline !== undefined) state.inline.meet(address);
      else state.kernel.leave(state.kernel.fault(address, true, layout.FAULT_WP), true);
    },
    protection: () => config.minors > 0 && random.chance(0.5),
    pass: () => (!state.calm && random.chance(config.changing) ? EAGAIN : 0),
  };
}
