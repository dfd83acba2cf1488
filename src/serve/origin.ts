// Chooses the image of a guest: what was at the path, as a whole, when the guest connected. Its guests keep that image, and
// guests that connect after another image was put there get the other.
import { type GuestImage, Image } from './image.js';
import type { CheckedServe } from './options.js';
import type { ImageCounts } from './shared-image.js';

/** Where guests' memory comes from. */
export interface Origin {
  readonly name: string;
  /** Takes the image for a guest that connects now; release it when the guest has ended. @throws PagerError of the image */
  take(): Promise<GuestImage>;
  release(image: GuestImage): Promise<void>;
  counts(): Promise<ImageCounts | null>;
  close(): Promise<void>;
}

export class ServedImage implements Origin {
  readonly #options: CheckedServe;
  readonly #say: (line: string) => void;
  /** Number of guests of each image, the present one included. */
  readonly #guests = new Map<GuestImage, { image: Image; guests: number }>();
  #now: Image;
  #ended: ImageCounts | null = null;
  /** Opens one at a time: two guests that connect together get one image. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws PagerError 'OPTION', 'STORE_READ', with a hint */
  static async open(options: CheckedServe, say: (line: string) => void): Promise<ServedImage> {
    return new ServedImage(options, await openImage(options), say);
  }

  private constructor(options: CheckedServe, image: Image, say: (line: string) => void) {
    this.#options = options;
    this.#now = image;
    this.#say = say;
    this.#guests.set(image, { image, guests: 0 });
  }

  get name(): string {
    return this.#now.name;
  }

  take(): Promise<GuestImage> {
    const taking = this.#turn.then(() => this.#take());
    this.#turn = taking.catch(() => {});
    return taking;
  }

  async release(image: GuestImage): Promise<void> {
    const found = this.#guests.get(image);
    if (found === undefined) return;
    found.guests--;
    if (found.image !== this.#now) await this.#endUnused(found);
  }

  async counts(): Promise<ImageCounts | null> {
    const all = await Promise.all([...this.#guests.values()].map(({ image }) => image.counts()));
    return all.reduce(added, this.#ended);
  }

  async close(): Promise<void> {
    await this.#turn;
    await Promise.all([...this.#guests.values()].map(({ image }) => image.close()));
  }

  async #take(): Promise<GuestImage> {
    if (this.#now.isReplaced) {
      const before = this.#now;
      this.#now = await openImage(this.#options);
      this.#guests.set(this.#now, { image: this.#now, guests: 0 });
      this.#say(`${this.name} has changed: guests that connect from now on get the new image`);
      const found = this.#guests.get(before);
      if (found !== undefined) await this.#endUnused(found);
    }
    const found = this.#guests.get(this.#now);
    if (found !== undefined) found.guests++;
    return this.#now;
  }

  async #endUnused({ image, guests }: { image: Image; guests: number }): Promise<void> {
    if (guests > 0) return;
    this.#guests.delete(image);
    this.#ended = added(this.#ended, await image.counts());
    await image.close();
  }
}

function openImage({ image, cacheBytes, ramBlock }: CheckedServe): Promise<Image> {
  return Image.open(image, cacheBytes, ramBlock);
}

function added(sum: ImageCounts | null, counts: ImageCounts | null): ImageCounts | null {
  if (sum === null || counts === null) return sum ?? counts;
  return {
    asked: sum.asked + counts.asked,
    shared: sum.shared + counts.shared,
    fetched: sum.fetched + counts.fetched,
    bytesFetched: sum.bytesFetched + counts.bytesFetched,
  };
}
