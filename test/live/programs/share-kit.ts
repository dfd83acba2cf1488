// Shared by the scenes of shared regions: which process writes where, and how the test talks to them.
import { readdirSync, readlinkSync } from 'node:fs';
import { wordAt } from './kit.js';

/** Words of each page that belong to one process. */
const OWN_WORDS = 16;
/** Where in a page the words are that one process writes and another reads. */
export const MAIL_AT = 256;
export const MAIL_WORDS = 8;

let heard = '';

/** The next line that the test writes. It keeps the process alive only while it is waited for. */
export async function told(): Promise<string> {
  while (!heard.includes('\n')) {
    process.stdin.resume();
    heard += await new Promise<string>((resolve, reject) => {
      process.stdin.once('data', (text: Buffer) => resolve(text.toString()));
      process.stdin.once('end', () => reject(new Error('the test says nothing more')));
    });
    process.stdin.pause();
  }
  const [line = '', ...rest] = heard.split('\n');
  heard = rest.join('\n');
  return line;
}

/** One process's words in every page of a region, of which it remembers what they should be. */
export class Party {
  readonly #words: Uint32Array;
  readonly #step: number;
  readonly #party: number;
  readonly #rounds: Uint32Array;
  #random: number;

  constructor(words: Uint32Array, step: number, party: number) {
    this.#words = words;
    this.#step = step;
    this.#party = party;
    this.#rounds = new Uint32Array(words.length / step);
    this.#random = party * 7919 + 1;
  }

  /** Visits pages at random: checks what is there, then writes something new. */
  play(visits: number): void {
    for (let visit = 0; visit < visits; visit++) {
      this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
      const page = (this.#random >>> 8) % this.#rounds.length;
      this.#check(page, this.#rounds[page] ?? 0);
      const round = (this.#rounds[page] ?? 0) + 1;
      this.#rounds[page] = round;
      for (let i = 0; i < OWN_WORDS; i++) this.#words[this.#at(page) + i] = this.#value(page, round, i);
    }
  }

  checkAll(): void {
    for (let page = 0; page < this.#rounds.length; page++) this.#check(page, this.#rounds[page] ?? 0);
  }

  /** How often each page was written: another process checks the words by it. */
  get rounds(): number[] {
    return [...this.#rounds];
  }

  checkRounds(rounds: readonly number[]): void {
    for (const [page, round] of rounds.entries()) this.#check(page, round);
  }

  #at(page: number): number {
    return page * this.#step + this.#party * OWN_WORDS;
  }

  #value(page: number, round: number, i: number): number {
    return round === 0 ? 0 : wordAt(page * OWN_WORDS + i, this.#party * 65537 + round);
  }

  #check(page: number, round: number): void {
    for (let i = 0; i < OWN_WORDS; i++) {
      const is = this.#words[this.#at(page) + i];
      if (is === this.#value(page, round, i)) continue;
      throw new Error(`page ${page}, word ${i} of party ${this.#party} is ${is} where round ${round} left another`);
    }
  }
}

/** Userfaultfds that this process has open. */
export function openUserfaultfds(): number {
  let count = 0;
  for (const fd of readdirSync('/proc/self/fd')) {
    try {
      if (readlinkSync(`/proc/self/fd/${fd}`) === 'anon_inode:[userfaultfd]') count++;
    } catch {
      // the descriptor that the folder was read by
    }
  }
  return count;
}
