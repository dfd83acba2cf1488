// What a target of a snapshot is asked for, and what it answers.
import type { PageSink } from '../pass/pass.js';
import type { ImageMeta } from './layout.js';
import type { KnownImage } from './read.js';

export interface ImageShape {
  /** Bytes. */
  pageSize: number;
  pages: number;
  /** The parent image, a path or a URL. */
  parent: string | null;
  /** Perhaps the parent: its index need not be read then. */
  known?: KnownImage | undefined;
  meta?: ImageMeta;
}

export interface ImageReport {
  id: string;
  /** Of pages; not of the index. */
  bytesWritten: number;
  /** Pages with bytes in this image. */
  pages: number;
  /** Pages that were saved and are as in the parent. */
  samePages: number;
}

/** `whole`: every page that was not taken is zeros; else it is as in the parent. */
export type LastWords = Partial<ImageMeta> & { whole?: boolean };

export interface ImageTarget extends PageSink {
  readonly id: string;
  readonly parentId: string | null;
  /** Of a finished image, for an incremental image on top of it; none if there can be none. */
  readonly known?: KnownImage | undefined;
  /** The image is whole, durable, and in its place. */
  finish(more?: LastWords): Promise<ImageReport>;
  /** Nothing is left of it; what was in its place is. */
  abort(): Promise<void>;
}
