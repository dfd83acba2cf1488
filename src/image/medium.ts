/** What an image is written into. */
export interface ImageMedium {
  /** Pages from `first` on; many calls may be under way. The bytes are the caller's again when it settles. */
  writePages(first: number, bytes: Uint8Array): Promise<void>;
  /** Where the image shall look for its parent, the likeliest place first. */
  nameParent(parent: string): string[];
  /** Makes it whole: everything durable first, then the header, asked for only then, then in its place. */
  finish(index: readonly Uint8Array[], header: () => Promise<Buffer>, present: Uint8Array): Promise<void>;
  /** Leaves nothing of it. */
  abort(): Promise<void>;
}
