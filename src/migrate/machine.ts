// The source's side of a guest's move: its QEMU stops it and sends the state of its devices, and no memory.
import { PagerError } from '../errors.js';
import { Qmp } from './qmp.js';

/** Leaves out memory that others share, and tells of each step: QEMU 4.0 or newer. */
const CAPABILITIES = ['x-ignore-shared', 'events'];

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
   * Stops the guest, and sends its devices' state where the other QEMU has `-incoming`. Its memory is not written to
   * any more once this resolves.
   * @param uri QEMU's: tcp:host:port, unix:path
   * @throws PagerError 'PROTOCOL' with QEMU's word: the guest goes on here then
   */
  async leave(uri: string): Promise<void> {
    const ended = this.#qmp.until((event, data) => {
      const { status } = (data ?? {}) as { status?: unknown };
      if (event !== 'MIGRATION') return undefined;
      return status === 'completed' || status === 'failed' || status === 'cancelled' ? status : undefined;
    });
    ended.catch(() => {});
    await this.#qmp.execute('migrate', { uri });
    const status = await ended;
    if (status === 'completed') return;
    const told = (await this.#qmp.execute('query-migrate')) as { 'error-desc'?: unknown } | null;
    const why = told?.['error-desc'];
    throw new PagerError('PROTOCOL', `QEMU’s migration has ${status}${typeof why === 'string' ? `: ${why}` : ''}`, {
      hint: `does the other QEMU listen at ${uri}, as the same machine, with the capability x-ignore-shared?`,
    });
  }

  /** Takes back what the move would have needed; the guest goes on. */
  async stay(): Promise<void> {
    await this.#allow(false);
  }

  close(): void {
    this.#qmp.close();
  }

  async #allow(state: boolean): Promise<void> {
    const capabilities = CAPABILITIES.map((capability) => ({ capability, state }));
    await this.#qmp.execute('migrate-set-capabilities', { capabilities });
  }
}
