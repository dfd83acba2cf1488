// Controls the source's QEMU: stops the guest and has it send the devices' state, without memory.
import { PagerError } from '../errors.js';
import { Qmp } from './qmp.js';

/** Capabilities: skip shared memory, report each step, and pause once the guest is stopped. QEMU 4.0 or newer. */
const CAPABILITIES = ['x-ignore-shared', 'events', 'pause-before-switchover'];

export interface Departure {
  /** Resolves when the devices' state is sent. @throws (rejects) PagerError 'PROTOCOL' with QEMU's message: the guest keeps running here */
  gone: Promise<void>;
}

export class Machine {
  readonly #qmp: Qmp;

  /**
   * @param path of its QMP socket
   * @throws PagerError 'OPTION', 'PROTOCOL'
   */
  static async connect(path: string): Promise<Machine> {
    const qmp = await Qmp.open(path);
    const machine = new Machine(qmp);
    try {
      await machine.#allow(true);
      return machine;
    } catch (error) {
      machine.close();
      throw error;
    }
  }

  private constructor(qmp: Qmp) {
    this.#qmp = qmp;
  }

  /**
   * Stops the guest, and has its devices' state sent to the other QEMU's `-incoming`. Once this resolves its memory is not
   * written to any more: QEMU has finished disk requests under way, and would send memory itself from here on.
   * @param uri QEMU's: tcp:host:port, unix:path
   * @throws PagerError 'PROTOCOL' with QEMU's message: the guest keeps running here
   */
  async leave(uri: string): Promise<Departure> {
    const gone = this.#until('completed', uri);
    gone.catch(() => {});
    const still = this.#until('pre-switchover', uri);
    still.catch(() => {});
    await this.#qmp.execute('migrate', { uri });
    await still;
    // No caller awaits the answer: `gone` reports the outcome.
    this.#qmp.execute('migrate-continue', { state: 'pre-switchover' }).catch(() => {});
    return { gone };
  }

  /** Undoes the preparations of the move; the guest keeps running. */
  async stay(): Promise<void> {
    await this.#allow(false);
  }

  close(): void {
    this.#qmp.close();
  }

  async #until(wanted: 'pre-switchover' | 'completed', uri: string): Promise<void> {
    const status = await this.#qmp.until((event, data) => {
      const { status } = (data ?? {}) as { status?: unknown };
      if (event !== 'MIGRATION') return undefined;
      return status === wanted || status === 'failed' || status === 'cancelled' ? status : undefined;
    });
    if (status === wanted) return;
    const told = (await this.#qmp.execute('query-migrate')) as { 'error-desc'?: unknown } | null;
    const why = told?.['error-desc'];
    throw new PagerError('PROTOCOL', `QEMU’s migration has ${status}${typeof why === 'string' ? `: ${why}` : ''}`, {
      hint: `does the other QEMU listen at ${uri}, as the same machine, with the capability x-ignore-shared?`,
    });
  }

  async #allow(state: boolean): Promise<void> {
    const capabilities = CAPABILITIES.map((capability) => ({ capability, state }));
    await this.#qmp.execute('migrate-set-capabilities', { capabilities });
  }
}
