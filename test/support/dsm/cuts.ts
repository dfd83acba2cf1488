// What a world knows of a cut: the bytes of each page at its instant, and in the image of the node that takes it.
import * as dsm from '../../../assembly/dsm/layout.js';
import type { Operation } from '../../../src/dsm/machine.js';
import { type Flight, NOTHING, ROOM, WRITABLE } from './flights.js';
import { Machines } from './machines.js';

/** Pages on their way to the home at once. */
const WINDOW = 1;
const REQ = 1;
/** In an image: the page was lost, or its store gave nothing. */
const NO_COPY = -2;

export abstract class Cuts extends Machines {
  protected abstract runHome(arrived: Flight | null): void;

  /** The node whose cut it is; -1: there is none. */
  get cutNode(): number {
    return this.nodeOfCut - 1;
  }

  /** False: there is one already. */
  cut(node: number): boolean {
    if (this.core.exports.homeCut(this.home, node, REQ) === 0) return false;
    this.nodeOfCut = node + 1;
    this.runHome(null);
    return true;
  }

  /** The node asks for the page; false: the home has nothing to do for it. */
  want(page: number): boolean {
    if (this.cutNode < 0 || this.mark(page) !== dsm.CUT_LACKED) return false;
    this.core.exports.homeCutWant(this.home, this.cutNode, page, REQ);
    this.runHome(null);
    return true;
  }

  /** The node has what it needs, or is not there any more, or gives up. False: there is none. */
  endCut(): boolean {
    if (this.cutNode < 0) return false;
    this.core.exports.homeCutEnd(this.home);
    this.runHome(null);
    this.forgetCut();
    return true;
  }

  /** Nothing of it is under way any more. */
  protected forgetCut(): void {
    this.nodeOfCut = 0;
    this.flights = this.flights.filter(({ message }) => message !== ROOM);
    this.eachPage((page) => {
      this.setPage(page, 'instant', NOTHING);
      this.setPage(page, 'image', NOTHING);
    });
  }

  protected stepCut(): boolean {
    return this.cutNode >= 0 && this.core.exports.homeCutStep(this.home, WINDOW) !== 0;
  }

  protected atInstant(): void {
    this.eachPage((page) => {
      for (let node = 0; node < this.nodes; node++) {
        const canWrite = this.isUp(node) && this.get(node, page, 'mapped') === WRITABLE;
        this.demand(!canWrite, `node ${node} cannot write page ${page} at the instant`);
      }
      this.setPage(page, 'instant', this.page(page, 'latest'));
    });
  }

  /** What the node gets: over a connection that keeps order until it breaks, and then the cut is over. False: it is not of the cut. */
  protected takeOfCut({ message, node, page, flags, req }: Operation): boolean {
    if (message < dsm.MESSAGE_INSTANT || message > dsm.MESSAGE_NO_COPY) return false;
    this.demand(node === this.cutNode && req === REQ, 'the node of the cut gets its messages');
    if (message === dsm.MESSAGE_INSTANT) return true;
    this.demand(this.page(page, 'image') === NOTHING, `page ${page} is copied once`);
    if (message === dsm.MESSAGE_NO_COPY) {
      this.setPage(page, 'image', NO_COPY);
      return true;
    }
    this.demand((flags & dsm.FLAG_BYTES) !== 0, 'a page is copied with its bytes');
    const content = this.page(page, 'hand');
    this.demand(this.page(page, 'instant') === content, `page ${page} is copied as it was at the instant`);
    this.setPage(page, 'image', content);
    return true;
  }

  protected checkCut(): void {
    if (this.cutNode < 0) return;
    const isCopying = this.core.exports.cutPhase(this.home) === dsm.CUT_COPYING;
    this.eachPage((page) => {
      if (!isCopying || this.mark(page) === 0) return;
      const isSame = this.page(page, 'store') === this.page(page, 'instant');
      this.demand(isSame, `the store has page ${page} as it was at the instant until it is copied`);
    });
  }

  /** The instant has not come. */
  get gathers(): boolean {
    return this.cutNode >= 0 && this.core.exports.cutPhase(this.home) !== dsm.CUT_COPYING;
  }

  /** Nothing else happens: the node gets every page. */
  protected finishCut(resendAll: () => void): void {
    if (this.cutNode < 0) return;
    this.eachPage((page) => this.want(page));
    // A transaction that ends first may have lost its last message.
    resendAll();
    this.eachPage((page) => this.demand(this.page(page, 'image') !== NOTHING, `the node of the cut has page ${page}`));
    this.endCut();
    this.eachPage((page) => this.demand(this.mark(page) === 0, `page ${page} has no mark after the cut`));
  }

  protected mark(page: number): number {
    return this.core.view().getUint8(this.core.exports.homeEntry(this.home, page) + dsm.HOME_CUT_AT);
  }
}
