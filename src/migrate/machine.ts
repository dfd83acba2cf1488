// The source's side of a guest's move: its QEMU stops it and sends the state of its devices, and no memory.
import { PagerError } from '../errors.js';
import { Qmp } from './qmp.js';

/** Leaves out memory that others share, tells of each step, and waits once the guest stands still: QEMU 4.0 or newer. */
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
   * Stops the guest, and has its devices' state sent where the other QEMU has `-incoming`. Its memory is not written to
   * any more once this resolves: QEMU has ended what disks had under way, and would send memory itself from here on.
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
    // Nobody waits for the answer: `gone` tells what became of it.
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
