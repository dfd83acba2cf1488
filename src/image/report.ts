// The types between a snapshot and its target.
import type { PageSink } from '../pass/pass.js';
import type { ImageMeta } from './layout.js';
import type { KnownImage } from './read.js';

export interface ImageShape {
  /** Bytes. */
  pageSize: number;
  pages: number;
  /** The parent image, a path or a URL. */
  parent: string | null;
  /** An image that may be the parent: then its index need not be read. */
  known?: KnownImage | undefined;
  meta?: ImageMeta;
  /** The id of an image with the same content, if this one is to stand in for it. Default: a new one. */
  id?: string;
}

export interface ImageReport {
  id: string;
  /** Of pages; not of the index. */
  bytesWritten: number;
  /** Pages with bytes in this image. */
  pages: number;
  /** Pages that were saved and equal the parent's. */
  samePages: number;
}

/** `whole`: pages that were not taken are zeros; else they equal the parent's. */
export type LastWords = Partial<ImageMeta> & { whole?: boolean };

export interface ImageTarget extends PageSink {
  readonly id: string;
  readonly parentId: string | null;
  /** The digests of a finished image, for an incremental image on top of it; none if there can be none. */
  readonly known?: KnownImage | undefined;
  /** The image is whole, durable, and in its place. */
  finish(more?: LastWords): Promise<ImageReport>;
  /** Removes the image; earlier content of its place stays. */
  abort(): Promise<void>;
}
