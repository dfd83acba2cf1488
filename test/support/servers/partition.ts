// Hosts on one machine: network namespaces, each joined to the first by a wire that can be cut in either direction. Needs root.
import { execFileSync } from 'node:child_process';

export type Direction = 'both' | 'to the first' | 'from the first';

let networks = 0;

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'pipe' });
}

export class Partition {
  /** Commands that start a program at the first host, and at the others. */
  readonly first: readonly string[];
  readonly others: ReadonlyArray<readonly string[]>;
  /** The first host's address, as each other one reaches it. */
  static addresses(count: number): string[] {
    return Array.from({ length: count }, (_, n) => `10.99.${n}.1`);
  }
  readonly #name: string;
  readonly #count: number;

  /** Why there can be none here; undefined: there can. */
  static missing(): string | undefined {
    try {
      new Partition(1).close();
      return undefined;
    } catch (error) {
      return `no network namespaces: ${String((error as Error).message).split('\n')[1] ?? 'ip(8) failed'}`;
    }
  }

  constructor(count: number) {
    this.#name = `fp-${process.pid}-${networks++}`;
    this.#count = count;
    const enter = (name: string) => ['ip', 'netns', 'exec', name];
    this.first = enter(this.#host(null));
    this.others = Array.from({ length: count }, (_, n) => enter(this.#host(n)));
    try {
      this.#build();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** No packet of this direction arrives any more; neither end gets an error. */
  cut(other: number, direction: Direction): void {
    this.#route('add', other, direction);
  }

  heal(other: number, direction: Direction): void {
    this.#route('del', other, direction);
  }

  /** Interfaces and routes end with their namespaces. */
  close(): void {
    for (const host of [null, ...this.others.keys()]) {
      try {
        ip('netns', 'del', this.#host(host));
      } catch {
        // It was not made.
      }
    }
  }

  #host(n: number | null): string {
    return n === null ? this.#name : `${this.#name}-${n}`;
  }

  #build(): void {
    ip('netns', 'add', this.#host(null));
    for (let n = 0; n < this.#count; n++) {
      const [near, far] = [this.#host(null), this.#host(n)];
      ip('netns', 'add', far);
      ip('-n', near, 'link', 'add', `wire${n}`, 'type', 'veth', 'peer', 'name', 'wire', 'netns', far);
      ip('-n', near, 'addr', 'add', `10.99.${n}.1/24`, 'dev', `wire${n}`);
      ip('-n', far, 'addr', 'add', `10.99.${n}.2/24`, 'dev', 'wire');
      ip('-n', near, 'link', 'set', `wire${n}`, 'up');
      ip('-n', far, 'link', 'set', 'wire', 'up');
      ip('-n', far, 'link', 'set', 'lo', 'up');
    }
    ip('-n', this.#host(null), 'link', 'set', 'lo', 'up');
  }

  #route(what: 'add' | 'del', n: number, direction: Direction): void {
    if (direction !== 'to the first') ip('-n', this.#host(null), 'route', what, 'blackhole', `10.99.${n}.2/32`);
    if (direction !== 'from the first') ip('-n', this.#host(n), 'route', what, 'blackhole', `10.99.${n}.1/32`);
  }
}
