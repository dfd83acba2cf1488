// The place that an image is written into, as an interface: a file or a store.
export interface ImageMedium {
  /**
   * Adjacent pages from `first` on, which have adjacent slots from `slot` on; many calls may be under way. The caller may reuse
   * the bytes when it settles.
   */
  writePages(first: number, slot: number, bytes: Uint8Array): Promise<void>;
  /** As `writePages`, of pages that need not be adjacent; absent where a page's place depends on its number. */
  writeSlots?(slot: number, bytes: Uint8Array): Promise<void>;
  /** Where a reader of the image looks for its parent, the likeliest place first. */
  nameParent(parent: string): string[];
  /** Completes the image: flushes everything, then requests and writes the header, then puts the image in its place. */
  finish(index: NewIndex, header: () => Promise<Buffer>): Promise<void>;
  /** Removes all of it. */
  abort(): Promise<void>;
}

export interface NewIndex {
  /** Where it begins, in bytes. */
  at: number;
  /** Bitmap of the pages that are in the image. */
  present: Uint8Array;
  parts: readonly Uint8Array[];
}
