// The place that an image is written into, as an interface: a file or a store.
export interface ImageMedium {
  /** Pages from `first` on; many calls may be under way. The caller may reuse the bytes when it settles. */
  writePages(first: number, bytes: Uint8Array): Promise<void>;
  /** Where a reader of the image looks for its parent, the likeliest place first. */
  nameParent(parent: string): string[];
  /** Completes the image: flushes everything, then requests and writes the header, then puts the image in its place. */
  finish(index: readonly Uint8Array[], header: () => Promise<Buffer>, present: Uint8Array): Promise<void>;
  /** Removes all of it. */
  abort(): Promise<void>;
}
